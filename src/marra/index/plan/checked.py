"""Checked: what a portfolio says makes sense, wherever it came from.

The reader of files asks for every fault, to tell each with its line; whoever plans asks for a
portfolio without any, and is refused with the first.

Source: ours.
"""

from collections.abc import Iterator

from marra.index.plan import limits, references
from marra.index.plan.portfolio import Portfolio
from marra.index.plan.spots import Found, Spot
from marra.kit.errors import Invalid
from marra.kit.places import NoSuchPlace, place
from marra.kit.text import gettext_noop


class NoInitiatives(Invalid):
    """There is nothing to choose from."""

    sentence = gettext_noop("The portfolio has no initiative. Add at least one.")


def checked(portfolio: Portfolio) -> Portfolio:
    """The same portfolio, or the refusal of its first fault.

    >>> from marra.index.plan.portfolio import Effect, Initiative
    >>> late = Initiative("a", "A", (), (1.0,), (2026,), 0, 0, 0.5)
    >>> checked(Portfolio("p", "P", "UZB", (late,)))
    Traceback (most recent call last):
    marra.index.plan.limits.WrongDuration: a: a duration is 1 to 30 whole years, not 0. ...
    """
    for _, refusal in faults(portfolio):
        raise refusal
    return portfolio


def faults(portfolio: Portfolio, also: frozenset[str] = frozenset()) -> Iterator[Found]:
    """Every fault, with the place where it stands; `also` are codes known from elsewhere."""
    try:
        place(portfolio.place)
    except NoSuchPlace as refusal:
        yield Spot("portfolio", 0, "place"), refusal
    if not portfolio.initiatives and not also:
        yield Spot("portfolio", 0, ""), NoInitiatives()
    yield from limits.faults(portfolio)
    yield from references.faults(portfolio, also)


__all__ = ["Found", "NoInitiatives", "Spot", "checked", "faults"]
