"""Take many observations in at once: from a file, or from a ministry's own system.

All or nothing. What stands already is left as it is; another value of the same day and basis takes
the place of the one before, which stays in the history.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction

from marra.evidence.models.observations import Delivery, Observation, ReportingKey
from marra.evidence.queries.keys import visible_to
from marra.evidence.rules import keys, observation_files
from marra.evidence.rules.observation_files import Reported
from marra.evidence.rules.observations import checked
from marra.index.measurement import Measurement
from marra.journal.actions import record
from marra.kit.errors import Conflict
from marra.kit.text import gettext_noop
from marra.people.rules import Stamp, rights
from marra.store import fresh_code

Key = tuple[str, str, date, str]


class NotYours(Conflict):
    """A row would take the place of what somebody else reported."""

    sentence = gettext_noop(
        "{indicator} of {day} stands already, reported by somebody else. Leave the row out, or "
        "ask the secretary to correct the value."
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file or a delivery came to."""

    made: tuple[Observation, ...]
    corrected: int  # of those made, how many took the place of another value
    known: int  # stood already


@transaction.atomic
def import_file(
    stamp: Stamp,
    *,
    name: str,
    content: bytes,
    place: str,
    reporter: str = "",
    is_public: bool = True,
) -> Taken:
    """Take in every value of a file, or refuse it whole with all its faults."""
    stamp.require(*rights("evidence")["observation.imported"], of=reporter)
    found = observation_files.read(name[:255], content, place=place, known=stamp.at.date())
    taken = _take(stamp, found.rows, "file", reporter, is_public=is_public)
    record(
        stamp,
        "observation.imported",
        reporter or "file",
        count=len(taken.made),
        corrected=taken.corrected,
        known=taken.known,
    )
    return taken


@transaction.atomic
def deliver(
    stamp: Stamp, key_code: str, *, once: str, values: Sequence[Mapping[str, Any]]
) -> tuple[Delivery, bool]:
    """Take in what a body's system reports; the same delivery again is answered as before.

    Returns the delivery, and whether it is new. Refuses a second delivery of that name with other
    values, and a key that delivers too often.
    """
    key = visible_to(stamp).select_for_update(of=("self",)).named(key_code)
    stamp.require(*rights("evidence")["observation.reported"], of=key.body.code)
    if key.ended_at is not None:
        raise keys.KeyUnknown
    name, digest = keys.checked_once(once), keys.digest_of(_canonical(values))
    before = Delivery.objects.filter(key=key, once=name).first()
    if before is not None:
        if before.digest != digest:
            raise keys.OnceTaken(once=name)
        return before, False
    _not_too_often(stamp, key)
    keys.checked_size(len(values))
    rows = [_reported(stamp, key, each) for each in values]
    taken = _take(stamp, rows, "api", key.body.code, is_public=True)
    made = Delivery.objects.create(
        key=key, once=name, digest=digest, codes=[each.code for each in taken.made], at=stamp.at
    )
    record(stamp, "observation.reported", key.code, count=len(taken.made), known=taken.known)
    return made, True


def _canonical(values: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps(list(values), sort_keys=True, ensure_ascii=False, default=str)


def _not_too_often(stamp: Stamp, key: ReportingKey) -> None:
    since = stamp.at - timedelta(minutes=1)
    if Delivery.objects.filter(key=key, at__gt=since).count() >= keys.A_MINUTE:
        raise keys.TooOften(most=keys.A_MINUTE)


def _reported(stamp: Stamp, key: ReportingKey, given: Mapping[str, Any]) -> Reported:
    keys.allowed(given["indicator"], key.indicators)
    measured = checked(
        indicator_code=given["indicator"],
        place=given["place"],
        value=given["value"],
        day=given["day"],
        basis=given["basis"],
        source=given.get("source") or key.title,
        known=stamp.at.date(),
        unit=given.get("unit", ""),
        link=given.get("link", ""),
        kind=given.get("kind", ""),
    )
    return Reported(0, measured, given.get("link", ""), given.get("note", "")[:500])


LOOKED_UP: Final = 400
"""How many keys one question to the database names."""


def _take(
    stamp: Stamp, rows: Sequence[Reported], origin: str, reporter: str, *, is_public: bool
) -> Taken:
    standing = _standing(row.measured for row in rows)
    new, wrong = [], []
    for row in rows:
        before = standing.get(_key(row.measured))
        if before is not None and _same(before, row.measured):
            continue
        if before is not None:
            _may_replace(stamp, before, reporter)
            wrong.append(before)
        made = _observation(stamp, row, origin, reporter, is_public=is_public)
        made.corrects = before
        new.append(made)
    Observation.objects.filter(pk__in=[each.pk for each in wrong]).update(stands=False)
    kept = Observation.objects.bulk_create(new, batch_size=500)
    return Taken(tuple(kept), len(wrong), len(rows) - len(new))


def _key(measured: Measurement) -> Key:
    return measured.indicator, measured.place, measured.on, measured.basis


def _same(row: Observation, measured: Measurement) -> bool:
    return (row.value, row.source) == (measured.value, measured.source)


def _may_replace(stamp: Stamp, before: Observation, reporter: str) -> None:
    """Who corrects what others reported must hold that right everywhere, as in a correction."""
    corrects = rights("evidence")["observation.corrected"]
    if before.reporter != reporter and not any(stamp.holds(role) for role in corrects):
        raise NotYours(indicator=before.indicator, day=f"{before.day:%d.%m.%Y}")


def _standing(measured: Iterable[Measurement]) -> Mapping[Key, Observation]:
    """What stands of these indicators, places, days and bases."""
    wanted = {_key(each) for each in measured}
    days = sorted({key[2] for key in wanted})
    found: dict[Key, Observation] = {}
    for begin in range(0, len(days), LOOKED_UP):
        rows = Observation.objects.select_for_update().filter(
            indicator__in={key[0] for key in wanted},
            day__in=days[begin : begin + LOOKED_UP],
            stands=True,
        )
        for row in rows.order_by("id"):
            key = (row.indicator, row.place, row.day, row.basis)
            if key in wanted:
                found[key] = row
    return found


def _observation(
    stamp: Stamp, row: Reported, origin: str, reporter: str, *, is_public: bool
) -> Observation:
    measured = row.measured
    return Observation(
        code=fresh_code("observation"),
        indicator=measured.indicator,
        place=measured.place,
        value=measured.value,
        day=measured.on,
        basis=measured.basis,
        unit=measured.unit,
        source=measured.source,
        vintage=measured.vintage,
        origin=origin,
        link=row.link,
        note=row.note,
        reporter=reporter,
        is_public=is_public,
        entered_at=stamp.at,
        entered_by=stamp.by,
    )
