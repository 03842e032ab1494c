"""Follow-up: what an adopted plan promised, and what each new edition says of it.

A promise is frozen when the plan is adopted: what one initiative is to add to one indicator, from
the first edition that can see it. What was delivered is how far the indicator has moved since. If
several initiatives promise the same indicator, the move is shared out among those that are due, in
proportion to what each promised. A promise is missed when less than its low end was delivered.

Source: ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marra.index.edition import PILLARS
from marra.index.plan.indicators import units
from marra.index.plan.portfolio import Portfolio, Words
from marra.index.survey import Survey
from marra.kit.errors import Conflict
from marra.kit.text import gettext_noop


class BodiesMissing(Conflict):
    """Initiatives whose body the inventory does not know."""

    sentence = gettext_noop(
        "These initiatives name no body that the house knows: {titles}. Choose a body for each."
    )


class NotAdopted(Conflict):
    """Only a plan in force is carried out."""

    sentence = gettext_noop("The plan “{title}” is not adopted, so nothing follows from it yet.")


class AssignedBefore(Conflict):
    """The assignments of a plan are opened once."""

    sentence = gettext_noop("Every initiative of the plan “{title}” has its assignment already.")


@dataclass(frozen=True, slots=True)
class Promised:
    """What one initiative is to add to one indicator."""

    initiative: str
    title: Words
    indicator: str
    unit: str
    start: int
    seen_from: int  # the first year in whose survey it is seen
    base: float | None  # the indicator when it was promised; None where it was not known
    low: float
    likely: float
    high: float

    def by(self, year: int) -> float:
        """What is promised to be seen in a year: the likely gain once it can be seen, else 0.

        >>> each = Promised("a", "A", "osi", "", 2026, 2028, 0.76, 0.01, 0.02, 0.03)
        >>> each.by(2026), each.by(2028)
        (0.0, 0.02)
        """
        return self.likely if year >= self.seen_from else 0.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise held against what was seen in one edition."""

    initiative: str
    indicator: str
    promised: float
    delivered: float | None  # None where the indicator is not known in that edition
    missed: bool


def promised(
    portfolio: Portfolio, chosen: Sequence[tuple[str, int]], survey: Survey, place: str
) -> tuple[Promised, ...]:
    """What a choice promises, seen from the edition that is the latest when it is adopted."""
    values = values_of(survey, place)
    known = units()
    chosen_ones = [(portfolio.named(code), start) for code, start in chosen]
    return tuple(
        Promised(
            initiative=initiative.code,
            title=initiative.title,
            indicator=effect.indicator,
            unit=str(known[effect.indicator].value) if effect.indicator in known else "",
            start=start,
            seen_from=initiative.ready(start),
            base=values.get(effect.indicator),
            low=effect.low,
            likely=effect.likely,
            high=effect.high,
        )
        for initiative, start in chosen_ones
        for effect in initiative.effects
    )


def values_of(survey: Survey, place: str) -> dict[str, float]:
    """Pillars and inputs of a country in an edition, as far as they are known.

    >>> from marra.index.load import load
    >>> round(values_of(load(2024), "UZB")["osi"], 4)
    0.7648
    """
    row = survey.at(place)
    pairs = [*zip(PILLARS, survey.pillars[row], strict=True)]
    pairs += zip(survey.input_names, survey.inputs[row], strict=True)
    return {name: float(value) for name, value in pairs if value == value}


def kept(promises: Sequence[Promised], values: Mapping[str, float], year: int) -> tuple[Kept, ...]:
    """Each promise that is due in an edition, against what the indicator did.

    >>> each = Promised("a", "A", "osi", "", 2026, 2028, 0.76, 0.01, 0.02, 0.03)
    >>> [(k.promised, round(k.delivered, 4), k.missed) for k in kept([each], {"osi": 0.765}, 2028)]
    [(0.02, 0.005, True)]
    >>> kept([each], {"osi": 0.765}, 2026)
    ()
    """
    due = [each for each in promises if year >= each.seen_from]
    totals: dict[str, float] = {}
    for each in due:
        totals[each.indicator] = totals.get(each.indicator, 0.0) + each.likely
    return tuple(_kept(each, values.get(each.indicator), totals[each.indicator]) for each in due)


def _kept(each: Promised, value: float | None, total: float) -> Kept:
    if value is None or each.base is None:
        return Kept(each.initiative, each.indicator, each.likely, None, missed=False)
    share = each.likely / total if total else 0.0
    delivered = (value - each.base) * share
    nearest = min(each.low, each.high, key=abs)  # of a price that is to fall, the gain is negative
    missed = delivered < nearest if each.likely >= 0 else delivered > nearest
    return Kept(each.initiative, each.indicator, each.likely, delivered, missed=missed)
