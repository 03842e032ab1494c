"""Spots: where in a portfolio a fault stands, so that a file can say its line.

Source: ours.
"""

from dataclasses import dataclass

from marra.kit.errors import Refusal


@dataclass(frozen=True, slots=True)
class Spot:
    """A table of the portfolio, the row in it, and the column; effects are counted through."""

    table: str
    row: int
    column: str


Found = tuple[Spot, Refusal]
"""A fault and where it stands."""
