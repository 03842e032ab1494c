"""What changed between two versions of a portfolio, in words.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from marra.commission.rules.changes import Change, What
from marra.index.edition import Basis
from marra.index.plan.portfolio import Effect, Portfolio
from marra.kit.text import Text
from marra.web.charts.money import money, said
from marra.web.charts.planned import percent
from marra.web.formats import NOTHING, number
from marra.web.plan.words import moved, span_of

FIELDS: Final[Mapping[str, str]] = {
    "title": gettext_noop("Title"),
    "effects": gettext_noop("Effects"),
    "costs": gettext_noop("Costs by year"),
    "starts": gettext_noop("May start"),
    "duration": gettext_noop("Years of work"),
    "lag": gettext_noop("Years until the survey sees it"),
    "chance": gettext_noop("Chance of success"),
    "needs": gettext_noop("Needs"),
    "excludes": gettext_noop("Never together with"),
    "group": gettext_noop("Working group"),
    "body": gettext_noop("State body"),
    "source": gettext_noop("Source of money"),
    "load": gettext_noop("Load of the working group"),
    "basis": gettext_noop("How well it is known"),
    "reasoning": gettext_noop("Reasoning"),
    "amount": gettext_noop("Limit"),
    "place": gettext_noop("Country"),
    "prices": gettext_noop("Prices"),
    "note": gettext_noop("Note"),
}
"""The fields of a portfolio, in words."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference for reading."""

    subject: str
    what: What
    field: str
    before: str
    after: str


def told(change: Change, before: Portfolio, after: Portfolio, language: str) -> Difference:
    """A change in words; titles are those of the version that has the thing."""
    return Difference(
        subject=_subject(change, before, after, language),
        what=change.what,
        field=_(FIELDS[change.field]) if change.field else "",
        before=_value(change, change.before, before, language),
        after=_value(change, change.after, after, language),
    )


def _subject(change: Change, before: Portfolio, after: Portfolio, language: str) -> str:
    if change.table == "portfolio":
        return _("The portfolio as a whole")
    portfolio = before if change.what is What.REMOVED else after
    if change.table == "initiatives":
        return said(portfolio.named(change.code).title, language)
    return f"{said(portfolio.called(change.code), language)}, {change.year}"


def _value(change: Change, value: Any, portfolio: Portfolio, language: str) -> str:
    if value is None or value in ("", ()):
        return NOTHING
    if change.field in ("costs", "amount"):
        return _amounts(change, value)
    if change.field in ("group", "body", "source"):
        return said(portfolio.called(value), language)
    if change.field in ("needs", "excludes"):
        titles = {each.code: said(each.title, language) for each in portfolio.initiatives}
        return "; ".join(titles.get(code, code) for code in value)
    if change.field == "chance":
        return percent(value) if value < 1 else _("certain")
    return _plain(change.field, value, language)


def _amounts(change: Change, value: Any) -> str:
    if change.table == "capacities":
        return number(value, 1)
    return "; ".join(money(each) for each in value) if isinstance(value, tuple) else money(value)


def _plain(field: str, value: Any, language: str) -> str:
    match value:
        case Text() | str() if not isinstance(value, Basis):
            return said(value, language)
        case Basis():
            return _(value.value)
        case tuple() if field == "starts":
            return span_of(value)
        case tuple():
            return "; ".join(_effect(each) for each in value)
        case float():
            return number(value, 1)
        case _:
            return str(value)


def _effect(effect: Effect) -> str:
    found = moved(effect)
    return f"{found.indicator} {found.likely} ({found.span} {found.unit})"
