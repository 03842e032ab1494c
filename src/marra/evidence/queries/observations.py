"""Read observations: what stands of an indicator, its whole history, and who may see it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from marra.evidence.models.observations import Observation
from marra.evidence.rules.indicators import feeding, indicator
from marra.evidence.rules.observations import Odd, flags
from marra.index.measurement import Measurement
from marra.people.rules import APPOINTED, Stamp
from marra.store import Named


def visible_to(stamp: Stamp) -> Named[Observation]:
    """The observations this person may read: all for those who hold a role, else public ones."""
    return Observation.all() if sees_all(stamp) else Observation.all().filter(is_public=True)


def sees_all(stamp: Stamp) -> bool:
    """Whether this person reads figures that are not public yet."""
    return any(role in APPOINTED for role, _ in stamp.roles)


def latest(indicator_code: str, place: str, stamp: Stamp | None = None) -> Observation | None:
    """The newest value that stands; of the public ones where nobody is named."""
    return _standing(stamp, place).filter(indicator=indicator_code).order_by("-day", "-id").first()


def series(indicator_code: str, place: str, stamp: Stamp | None = None) -> list[Observation]:
    """Every value that stands, oldest first; of the public ones where nobody is named."""
    return list(
        _standing(stamp, place).filter(indicator=indicator_code).order_by("day", "vintage", "id")
    )


def newest(indicator_code: str, place: str, stamp: Stamp, most: int) -> list[Observation]:
    """The newest values that stand of an indicator and of those that feed it."""
    rows = _standing(stamp, place).filter(indicator__in=feeding(indicator_code))
    return list(rows.order_by("-day", "-id")[:most])


def flagged(rows: Iterable[Observation], on: date) -> list[tuple[Observation, tuple[Odd, ...]]]:
    """The values of one series, oldest first, each with what is odd about it; only the last ages.

    What is older than the last value is history, and history is not stale.
    """
    days: dict[date, list[Observation]] = defaultdict(list)
    for row in rows:
        days[row.day].append(row)
    found: list[tuple[Observation, tuple[Odd, ...]]] = []
    last: dict[str, Observation] = {}  # by basis
    before: list[Observation] = []
    for number, (day, those) in enumerate(sorted(days.items())):
        near = [*last.values(), *before, *those]
        age_on = on if number == len(days) - 1 else day
        found += [(row, flags(indicator(row.indicator), row, near, age_on)) for row in those]
        last |= {row.basis: row for row in those}
        before = those
    return found


Key = tuple[str, str, date, str]
"""Indicator, place, day and basis: what names a value."""


def beside(measured: Sequence[Measurement]) -> dict[Key, Observation]:
    """What stands now under the same indicator, place, day and basis."""
    wanted = {(each.indicator, each.place, each.on, each.basis) for each in measured}
    rows = Observation.objects.filter(
        indicator__in={key[0] for key in wanted},
        day__range=(min(key[2] for key in wanted), max(key[2] for key in wanted)),
        stands=True,
    )
    found = {(row.indicator, row.place, row.day, row.basis): row for row in rows.order_by("id")}
    return {key: row for key, row in found.items() if key in wanted}


def history(observation: Observation) -> list[Observation]:
    """The value with those that it corrects and those that correct it, the newest first."""
    chain = [observation]
    while chain[0].corrects_id is not None:
        chain.insert(0, Observation.objects.get(pk=chain[0].corrects_id))
    while after := Observation.objects.filter(corrects=chain[-1]).order_by("-id").first():
        chain.append(after)
    return chain[::-1]


def _standing(stamp: Stamp | None, place: str) -> Named[Observation]:
    rows = Observation.all().filter(is_public=True) if stamp is None else visible_to(stamp)
    return rows.filter(place=place, stands=True)
