"""Values, bases and oddities in words, as every page of evidence writes them.

Source: ours.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from marra.evidence.rules.indicators import Indicator, Unit, indicator
from marra.evidence.rules.observations import Flag, Odd
from marra.web import formats, layout

DIGITS: Final[Mapping[Unit, int]] = {
    Unit.INDEX: 4,
    Unit.PER_100: 1,
    Unit.PERCENT: 1,
    Unit.OF_INCOME: 2,
    Unit.YEARS: 2,
    Unit.POINTS: 1,
}
"""Decimals of a value on a page; whole numbers elsewhere."""

ORIGINS: Final = {
    "manual": gettext_noop("entered by hand"),
    "file": gettext_noop("from a file"),
    "api": gettext_noop("reported by a system"),
    "room": gettext_noop("measured here"),
    "packaged": gettext_noop("came with the program"),
}
"""How a value came here, in words."""

MILLION: Final = 1_000_000


def value(measured: Indicator, given: float | None) -> str:
    """A value without its unit; millions are written as such."""
    if given is None:
        return formats.NOTHING
    if measured.unit is Unit.YES_OR_NO:
        return _("yes") if given else _("no")
    if abs(given) >= MILLION:
        return _("{n} million").format(n=formats.number(given / MILLION, 1))
    return formats.number(given, DIGITS.get(measured.unit, 0))


def unit(measured: Indicator) -> str:
    """The unit as it stands behind a value; nothing where the value says it."""
    return "" if measured.unit is Unit.YES_OR_NO else _(measured.unit.value)


def with_unit(measured: Indicator, given: float | None) -> str:
    """A value with its unit."""
    told = value(measured, given)
    if given is None or measured.unit is Unit.INDEX:
        return told
    return f"{told} {unit(measured)}".strip()


def known(code: str) -> Indicator:
    """The indicator of a code that a row keeps."""
    return indicator(code)


def change(measured: Indicator, given: float) -> str:
    """A change with its sign and unit."""
    sign = "+" if given > 0 else formats.MINUS if given < 0 else ""
    return f"{sign}{with_unit(measured, abs(given))}"


def name(measured: Indicator) -> str:
    """The indicator's name in the reader's language."""
    return measured.name.into(layout.language())


def basis(measured: Indicator, code: str) -> str:
    """The basis in the reader's language; its code where the list no longer has it."""
    found = next((each for each in measured.bases if each.code == code), None)
    return found.name.into(layout.language()) if found else code


def body(names: Mapping[str, str]) -> str:
    """A state body's name in the reader's language, as the table keeps it."""
    return names.get(layout.language().replace("-", "_")) or next(iter(names.values()), "")


def odd(measured: Indicator, found: Odd) -> str:
    """An oddity with what it rests on."""
    told = _(found.flag.value)
    if found.before is None or found.before_day is None:
        return told if found.bound is None else f"{told} ({_bound(measured, found)})"
    before = _("before, on {day}: {value}").format(
        day=formats.day(found.before_day), value=value(measured, found.before)
    )
    if found.flag is Flag.BASIS:
        before = f"{before}, {basis(measured, found.before_basis)}"
    return f"{told} ({before})"


def _bound(measured: Indicator, found: Odd) -> str:
    if found.flag is Flag.STALE:
        return _("more than {n} days old").format(n=formats.number(found.bound))
    return _("the bound is {value}").format(value=value(measured, found.bound))
