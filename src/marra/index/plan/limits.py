"""Limits: the numbers of a portfolio lie where such numbers can lie.

Source: ours; a chance is a probability, and an initiative takes whole years because budgets do.
"""

import math
import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Final

from marra.index.plan.indicators import LARGEST, less_is_better, units
from marra.index.plan.portfolio import Budget, Capacity, Effect, Initiative, Portfolio
from marra.index.plan.spots import Found, Spot
from marra.kit.errors import Invalid, Refusal
from marra.kit.text import gettext_noop

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
LONGEST: Final = 30
LATEST: Final = 10
DEAREST: Final = 1e17
"""UZS; more than a thousand times what the State spends in a year."""

CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


class WrongCode(Invalid):
    """Something that cannot be a code."""

    sentence = gettext_noop(
        "“{code}” cannot be a code. Write up to 40 Latin letters, digits, dots and hyphens."
    )


class WrongDuration(Invalid):
    """An initiative takes no time, or too long."""

    sentence = gettext_noop(
        "{code}: a duration is 1 to {most} whole years, not {given}. "
        "Write how many years the work takes."
    )


class WrongLag(Invalid):
    """The survey cannot see an effect before it is there, nor a generation later."""

    sentence = gettext_noop(
        "{code}: a lag is 0 to {most} whole years, not {given}. Write how many years "
        "pass after the work until the survey sees its effect."
    )


class WrongChance(Invalid):
    """A chance that is no probability."""

    sentence = gettext_noop(
        "{code}: a chance lies between 0 and 1, and {given} does not. Write 0.8 for 80 %."
    )


class WrongCost(Invalid):
    """A cost below nothing, or more than there is."""

    sentence = gettext_noop(
        "{code}: {given} cannot be a cost. Write what the year costs in soʻm, 0 or more."
    )


class WrongLoad(Invalid):
    """A load below nothing."""

    sentence = gettext_noop("{code}: {given} cannot be a load. Write 0 or more; 1 is usual.")


class NoStart(Invalid):
    """No year in which it may start."""

    sentence = gettext_noop("{code}: no year is given in which it may start. Write at least one.")


class WrongYear(Invalid):
    """A year that no plan is about."""

    sentence = gettext_noop(
        "{code}: {given} is not a year of a plan. Write four digits, from {least} to {most}."
    )


class YearTwice(Invalid):
    """A year stands twice among those in which it may start."""

    sentence = gettext_noop("{code}: the year {given} is listed twice. Leave it once.")


class UnknownIndicator(Invalid):
    """An effect on something the survey does not measure."""

    sentence = gettext_noop("{code}: “{indicator}” is not an indicator. The nearest are: {near}.")


class WrongOrder(Invalid):
    """The range of an effect is not in order."""

    sentence = gettext_noop(
        "{code}, {indicator}: low, likely and high must not fall, but are {low}, {likely} and "
        "{high}. Put them in order; a price that sinks has negative numbers, the lowest first."
    )


class WrongWay(Invalid):
    """The effect makes the indicator worse."""

    sentence = gettext_noop(
        "{code}, {indicator}: this effect makes the indicator worse. Where less is better, "
        "as with prices, write a gain as a negative number."
    )


class TooStrong(Invalid):
    """More than the indicator can move."""

    sentence = gettext_noop(
        "{code}, {indicator}: {given} is more than {most} {unit} and cannot be meant. "
        "Check the number and its unit."
    )


class EffectTwice(Invalid):
    """The same effect counted twice."""

    sentence = gettext_noop(
        "{code}: {indicator} is listed twice. Add the two up, or give them an overlap word each."
    )


class WrongAmount(Invalid):
    """A budget or a capacity below nothing."""

    sentence = gettext_noop("{code}: {given} cannot be an amount. Write 0 or more.")


class PrivateName(Invalid):
    """A name that files pass over."""

    sentence = gettext_noop(
        "“{code}” begins with #, and files pass over such rows. Write it without #."
    )


class AmountTwice(Invalid):
    """Two amounts for one year."""

    sentence = gettext_noop("{code}: the year {year} is listed twice. Add the two up.")


def faults(portfolio: Portfolio) -> Iterator[Found]:
    """Every number and code that cannot be."""
    if not CODE.fullmatch(portfolio.code):
        yield Spot("portfolio", 0, "code"), WrongCode(code=portfolio.code)
    at = 0
    for row, each in enumerate(portfolio.initiatives):
        yield from ((Spot("initiatives", row, c), no) for c, no in _of_initiative(each))
        for effect in each.effects:
            yield from ((Spot("effects", at, c), no) for c, no in _of_effect(each.code, effect))
            at += 1
        yield from _twice(each, at - len(each.effects))
    yield from _private(portfolio)
    yield from _amounts("budgets", "source", [(b.source, b) for b in portfolio.budgets])
    yield from _amounts("capacities", "group", [(c.group, c) for c in portfolio.capacities])


def _of_initiative(each: Initiative) -> Iterator[tuple[str, Refusal]]:
    code = each.code
    if not CODE.fullmatch(code):
        yield "code", WrongCode(code=code)
    if not 1 <= each.duration <= LONGEST:
        yield "duration", WrongDuration(code=code, given=each.duration, most=LONGEST)
    if not 0 <= each.lag <= LATEST:
        yield "lag", WrongLag(code=code, given=each.lag, most=LATEST)
    if not 0 <= each.chance <= 1:
        yield "chance", WrongChance(code=code, given=f"{each.chance:.15g}")
    if not (each.load >= 0 and math.isfinite(each.load)):
        yield "load", WrongLoad(code=code, given=f"{each.load:.15g}")
    for number, cost in enumerate(each.costs, start=1):
        if not 0 <= cost <= DEAREST:
            yield f"cost_{number}", WrongCost(code=code, given=f"{cost:.15g}")
    yield from (("starts", no) for no in _of_starts(code, each.starts))


def _of_starts(code: str, starts: tuple[int, ...]) -> Iterator[Refusal]:
    if not starts:
        yield NoStart(code=code)
    for at, year in enumerate(starts):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            yield WrongYear(code=code, given=year, least=FIRST_YEAR, most=LAST_YEAR)
        elif year in starts[:at]:
            yield YearTwice(code=code, given=year)


def _of_effect(code: str, effect: Effect) -> Iterator[tuple[str, Refusal]]:
    name, facts = effect.indicator, {"code": code, "indicator": effect.indicator}
    if name not in units():
        yield "indicator", UnknownIndicator(**facts, near=", ".join(_near(name)))
        return
    unit, numbers = units()[name], (effect.low, effect.likely, effect.high)
    if not effect.low <= effect.likely <= effect.high:
        low, likely, high = (f"{number:.15g}" for number in numbers)
        yield "low", WrongOrder(**facts, low=low, likely=likely, high=high)
        return
    for column, number in zip(("low", "likely", "high"), numbers, strict=True):
        if abs(number) > LARGEST[unit]:
            yield (
                column,
                TooStrong(**facts, given=f"{number:.15g}", most=LARGEST[unit], unit=unit.value),
            )
            return
    if (-effect.mean if name in less_is_better() else effect.mean) < 0:
        yield "likely", WrongWay(**facts)


def _near(name: str) -> list[str]:
    return get_close_matches(name, units(), n=3, cutoff=0.3) or list(units())[:3]


def _twice(each: Initiative, first: int) -> Iterator[Found]:
    keys = [(effect.indicator, effect.overlap) for effect in each.effects]
    for at, key in enumerate(keys):
        if key in keys[:at]:
            refusal = EffectTwice(code=each.code, indicator=key[0])
            yield Spot("effects", first + at, "indicator"), refusal


def _amounts(
    table: str, column: str, rows: Sequence[tuple[str, Budget | Capacity]]
) -> Iterator[Found]:
    seen: set[tuple[str, int]] = set()
    for row, (code, each) in enumerate(rows):
        if not FIRST_YEAR <= each.year <= LAST_YEAR:
            wrong = WrongYear(code=code, given=each.year, least=FIRST_YEAR, most=LAST_YEAR)
            yield Spot(table, row, "year"), wrong
        if not 0 <= each.amount <= DEAREST:
            yield Spot(table, row, "amount"), WrongAmount(code=code, given=f"{each.amount:.15g}")
        if (code, each.year) in seen:
            yield Spot(table, row, column), AmountTwice(code=code, year=each.year)
        seen.add((code, each.year))


def _private(portfolio: Portfolio) -> Iterator[Found]:
    firsts = {
        ("budgets", "source"): [each.source for each in portfolio.budgets],
        ("capacities", "group"): [each.group for each in portfolio.capacities],
        ("names", "code"): [each.code for each in portfolio.names],
    }
    for (table, column), names in firsts.items():
        for row, name in enumerate(names):
            if name.startswith("#"):
                yield Spot(table, row, column), PrivateName(code=name)
