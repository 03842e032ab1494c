"""Editions: the method of one survey, read from one TOML file.

A change of method is a new file, never an `if`. Each statement carries how well it is known:
*proved* (reproduced from published figures), *quoted* (read in a text), *recalled* (from memory of
the printed survey, no text at hand) or *assumed* (ours, until the method is known).

Source: ours; the statements name theirs in the files beside this module.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from marra.kit.text import gettext_noop

PILLARS: Final = ("osi", "tii", "hci")
"""The three parts of the EGDI, in the order of every array's last axis."""


class Basis(StrEnum):
    """How well a statement is known."""

    PROVED = gettext_noop("proved")
    QUOTED = gettext_noop("quoted")
    RECALLED = gettext_noop("recalled")
    ASSUMED = gettext_noop("assumed")


class Scaling(StrEnum):
    """What turns a pillar's composite into its published value."""

    MIN_MAX = "min-max"  # 0 for the lowest, 1 for the highest member state
    RATIO_TO_MAX = "ratio-to-max"  # divided by the highest, 0 stays 0
    RAW = "raw"  # as computed, no scaling


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing the file says about the method, with how it is known and from where."""

    says: str
    basis: Basis
    source: str


@dataclass(frozen=True, slots=True)
class Input:
    """An indicator that enters a pillar: `tii.internet`, share in percent of individuals.

    `cap` cuts the raw value from above before standardising; `direction` is -1 where less is
    better (a price). `of` names the raw series it is the mean of, itself when there is one.
    """

    name: str
    weight: Fraction
    unit: str
    cap: float | None
    direction: int
    of: tuple[str, ...]
    data_year: int | None
    basis: Basis
    source: str


@dataclass(frozen=True, slots=True)
class Pillar:
    """OSI, TII or HCI in one edition: its weight in the EGDI and how it is made."""

    name: str
    weight: Fraction
    scaling: Scaling
    standardised: bool  # inputs become z-scores (population sd) before they are weighted
    inputs: tuple[Input, ...]
    statements: tuple[Statement, ...]
    basis: Basis
    source: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition's method: a frozen reading of its file."""

    year: int
    version: str  # digest of the file, printed in every output
    title: str
    members: int  # rows the edition has
    digits: int  # decimals of the published EGDI
    tolerance: float  # how far a recomputed EGDI may lie from the published one
    ties_apart: bool  # equal printed scores were ranked apart (2020)
    data_year: int | None
    provisional: bool  # the method is not known yet: pillars only, weights assumed
    breaks: tuple[str, ...]  # what changed against the edition before, one sentence each
    pillars: tuple[Pillar, Pillar, Pillar]
    statements: tuple[Statement, ...]

    def pillar(self, name: str) -> Pillar:
        """The pillar of that name: `osi`, `tii` or `hci`."""
        return self.pillars[PILLARS.index(name)]
