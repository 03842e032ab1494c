"""Changes: what differs between two versions of a portfolio, initiative by initiative.

Source: ours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final

from marra.index.plan.portfolio import Initiative, Portfolio
from marra.kit.text import gettext_noop


class What(StrEnum):
    """What happened to a thing between two versions."""

    ADDED = gettext_noop("added")
    REMOVED = gettext_noop("removed")
    CHANGED = gettext_noop("changed")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; a value that was or is not there is None."""

    table: str  # "initiatives", "budgets", "capacities", "portfolio"
    code: str  # of the initiative, the source or the group
    what: What
    field: str = ""
    before: Any = None
    after: Any = None
    year: int = 0


ABOUT: Final = ("title", "place", "prices", "note")


def changes(before: Portfolio, after: Portfolio) -> tuple[Change, ...]:
    """Every difference, the initiatives first.

    >>> one = Initiative("a", "A", (), (5.0,), (2026,), 1, 0, 0.5)
    >>> dearer = Initiative("a", "A", (), (7.0,), (2026,), 1, 0, 0.5)
    >>> found = changes(Portfolio("p", "P", "UZB", (one,)), Portfolio("p", "P", "UZB", (dearer,)))
    >>> [(each.code, each.what.value, each.field, each.before, each.after) for each in found]
    [('a', 'changed', 'costs', (5.0,), (7.0,))]
    """
    return (
        *_initiatives(before, after),
        *_amounts("budgets", _budgets(before), _budgets(after)),
        *_amounts("capacities", _capacities(before), _capacities(after)),
        *(
            Change(
                "portfolio", "", What.CHANGED, name, getattr(before, name), getattr(after, name)
            )
            for name in ABOUT
            if getattr(before, name) != getattr(after, name)
        ),
    )


def _initiatives(before: Portfolio, after: Portfolio) -> Iterator[Change]:
    then = {each.code: each for each in before.initiatives}
    now = {each.code: each for each in after.initiatives}
    for code, one in now.items():
        if code not in then:
            yield Change("initiatives", code, What.ADDED)
        else:
            yield from _fields(then[code], one)
    yield from (Change("initiatives", code, What.REMOVED) for code in then if code not in now)


def _fields(then: Initiative, now: Initiative) -> Iterator[Change]:
    for field in fields(Initiative):
        old, new = getattr(then, field.name), getattr(now, field.name)
        if old != new:
            yield Change("initiatives", now.code, What.CHANGED, field.name, old, new)


Amounts = Mapping[tuple[str, int], float]


def _budgets(portfolio: Portfolio) -> Amounts:
    return {(each.source, each.year): each.amount for each in portfolio.budgets}


def _capacities(portfolio: Portfolio) -> Amounts:
    return {(each.group, each.year): each.amount for each in portfolio.capacities}


def _amounts(table: str, then: Amounts, now: Amounts) -> Iterator[Change]:
    for code, year in sorted({*then, *now}):
        old, new = then.get((code, year)), now.get((code, year))
        if old != new:
            what = What.ADDED if old is None else What.REMOVED if new is None else What.CHANGED
            yield Change(table, code, what, "amount", old, new, year)
