"""Initiatives in words: who answers for one, what it moves, when it may start.

Source: ours.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from marra.index.plan.indicators import units
from marra.index.plan.portfolio import Effect, Initiative, Portfolio
from marra.web.charts.money import said
from marra.web.charts.words import SHORT_NAMES, measure
from marra.web.formats import signed


@dataclass(frozen=True, slots=True)
class Moved:
    """An effect in words: what it moves, by how much, in which unit."""

    indicator: str
    likely: str
    span: str
    unit: str


def owner(portfolio: Portfolio, initiative: Initiative, language: str) -> str:
    """Who does it and who answers for it."""
    codes = [code for code in (initiative.group, initiative.body) if code]
    return "; ".join(said(portfolio.called(code), language) for code in codes)


def moved(effect: Effect) -> Moved:
    """An effect in words."""
    unit = units()[effect.indicator]
    digits = 3 if effect.indicator in SHORT_NAMES else 1
    low, high = sorted((effect.low, effect.high), key=abs)
    return Moved(
        indicator=SHORT_NAMES.get(effect.indicator) or measure(effect.indicator),
        likely=signed(effect.likely, digits),
        span=_("{low} to {high}").format(low=signed(low, digits), high=signed(high, digits)),
        unit=_(unit.value),
    )


def span_of(years: tuple[int, ...]) -> str:
    """Years in a row as a span, others one by one.

    >>> span_of((2026, 2027, 2028)), span_of((2026, 2028)), span_of((2027,))
    ('2026–2028', '2026, 2028', '2027')
    """
    found = sorted(years)
    if len(found) > 1 and found == list(range(found[0], found[-1] + 1)):
        return f"{found[0]}–{found[-1]}"
    return ", ".join(map(str, found))
