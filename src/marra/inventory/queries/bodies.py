"""Read state bodies: which there are, and the one of a code."""

from marra.inventory.models.bodies import StateBody
from marra.store import Named


def bodies() -> Named[StateBody]:
    """Every body that is open, in the order of the folded names: open to all."""
    return StateBody.all().filter(closed_at=None)


def named(code: str) -> StateBody:
    """The body of that code, closed ones too; refuses with `NothingNamed`."""
    return StateBody.all().named(code)
