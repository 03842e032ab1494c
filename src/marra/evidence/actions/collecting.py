"""Take in what the rooms measure, and what came along with the program.

To feed one more number: write a measure in the room, add a line to `WITNESSES`.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from django.db import transaction

from marra.evidence import measures
from marra.evidence.models.observations import Observation
from marra.evidence.rules.national import national
from marra.index.measurement import Measurement
from marra.inventory import measures as inventory
from marra.journal.actions import record
from marra.people.rules import Stamp, rights
from marra.store import fresh_code

Witness = Callable[[date], Measurement | None]

WITNESSES: Final[Mapping[str, Witness]] = {
    "egdi.rank": measures.rank,
    "egdi": measures.egdi,
    "osi": measures.osi,
    "tii": measures.tii,
    "hci": measures.hci,
    "epi": measures.epi,
    "portal.services": inventory.services,
    "portal.automated-share": inventory.automated_share,
    "inventory.functions-share": inventory.functions_share,
    "osi.features": inventory.features_share,
    **{f"osi.{module}": inventory.sub_index(module) for module in inventory.SUB_INDICES},
}
"""Who measures what: an indicator, and the room's own measure of it."""

ALSO: Final[tuple[Witness, ...]] = (inventory.mean_automation,)
"""Who measures one of these on a further basis."""

SINCE: Final[Mapping[str, Callable[[date, date], Measurement | None]]] = {
    "portal.app-first-share": inventory.app_first_share,
}
"""Who measures what has been so since a day, which is the act's."""


@transaction.atomic
def collect(
    stamp: Stamp, *, starts: Mapping[str, date] = MappingProxyType({})
) -> tuple[Observation, ...]:
    """Ask every witness, and keep what has changed since it was asked last.

    `starts` says from when on a rule is in force, by the indicator that it is measured by.
    """
    stamp.require(*rights("evidence")["measures.taken"])
    made = []
    for said in _said(stamp.at.date(), starts):
        is_new, before = _changed(said)
        if is_new:
            made.append(_keep(stamp, said, before, "room"))
    if made:
        record(stamp, "measures.taken", "witnesses", count=len(made))
    return tuple(made)


@transaction.atomic
def adopt(stamp: Stamp) -> tuple[Observation, ...]:
    """Take in the national figures that came along; those taken in before stay as they are.

    One that was corrected or withdrawn here since stays so: it is known already.
    """
    stamp.require(*rights("evidence")["measures.taken"])
    last = {_of(row): row for row in Observation.objects.filter(origin="packaged").order_by("id")}
    made = []
    for each in national():
        seen = each.measured
        before = last.get((seen.indicator, seen.place, seen.on, seen.basis))
        if before is not None and (before.value == seen.value or not before.stands):
            continue
        if seen.on > stamp.at.date():  # a clock that is behind would make it a projection
            continue
        made.append(_keep(stamp, seen, before, "packaged", link=each.link, note=each.remark))
    if made:
        record(stamp, "measures.taken", "packaged", count=len(made))
    return tuple(made)


def _of(row: Observation) -> tuple[str, str, date, str]:
    return row.indicator, row.place, row.day, row.basis


def _said(on: date, starts: Mapping[str, date]) -> Iterator[Measurement]:
    """What each witness says today, and of each earlier edition what was published."""
    for witness in (*WITNESSES.values(), *ALSO):
        asked = measures.days(on) if witness.__module__ == measures.__name__ else (on,)
        for day in asked:
            said = witness(day)
            if said is not None:
                yield said
    for code, counting in SINCE.items():
        if code in starts and (said := counting(on, starts[code])) is not None:
            yield said


def _changed(said: Measurement) -> tuple[bool, Observation | None]:
    """Whether that is news, and the value of the same day that it takes the place of, if any."""
    rows = Observation.objects.filter(
        indicator=said.indicator,
        place=said.place,
        basis=said.basis,
        origin="room",
        stands=True,
        day__lte=said.on,
    )
    last = rows.order_by("-day", "-id").first()
    if last is None:
        return True, None
    if (last.value, last.source) == (said.value, said.source):
        return False, None
    return True, last if last.day == said.on else None


def _keep(
    stamp: Stamp,
    measured: Measurement,
    before: Observation | None,
    origin: str,
    *,
    link: str = "",
    note: str = "",
) -> Observation:
    if before is not None:
        before.stands = False
        before.save(update_fields=["stands"])
    return Observation.objects.create(
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
        link=link,
        note=note[:500],
        entered_at=stamp.at,
        entered_by=stamp.by,
        corrects=before,
    )
