"""Take observations in, correct and withdraw them. None is ever changed or removed."""

from datetime import date

from django.db import transaction

from marra.archive.actions import keep_file
from marra.evidence.models.observations import Observation
from marra.evidence.queries.observations import visible_to
from marra.evidence.rules.observations import (
    KnownAlready,
    NothingCorrected,
    NotStanding,
    checked,
    checked_reason,
)
from marra.index.measurement import Measurement
from marra.journal.actions import record
from marra.people.rules import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def enter(
    stamp: Stamp,
    *,
    indicator: str,
    place: str,
    value: float,
    day: date,
    basis: str,
    source: str,
    unit: str = "",
    link: str = "",
    note: str = "",
    reporter: str = "",
    kind: str = "",
    is_public: bool = True,
    file: tuple[str, bytes] | None = None,
) -> Observation:
    """Take one value in, reported by a state body or by nobody in particular.

    `file` is the name and the bytes of what proves the value. Refuses whatever the checks refuse,
    and with `KnownAlready` what stands already.
    """
    stamp.require(*rights("evidence")["observation.entered"], of=reporter)
    known, text = stamp.at.date(), {"source": source, "unit": unit, "link": link, "kind": kind}
    measured = checked(
        indicator_code=indicator,
        place=place,
        value=value,
        day=day,
        basis=basis,
        known=known,
        **text,
    )
    _new(measured)
    made = Observation.objects.create(
        **_columns(stamp, measured, "manual"),
        code=fresh_code("observation"),
        link=link,
        note=note.strip()[:500],
        reporter=reporter,
        is_public=is_public,
        file=keep_file(stamp, name=file[0], content=file[1]) if file else None,
    )
    record(stamp, "observation.entered", made.code, **_facts(made))
    return made


@transaction.atomic
def correct(
    stamp: Stamp,
    code: str,
    *,
    value: float,
    day: date,
    basis: str,
    source: str,
    reason: str,
    link: str = "",
) -> Observation:
    """Put a new value in the place of one that is wrong; the wrong one stays in the history."""
    wrong = visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("evidence")["observation.corrected"], of=wrong.reporter)
    if not wrong.stands:
        raise NotStanding(code=code)
    what = {"indicator_code": wrong.indicator, "place": wrong.place, "source": source}
    known = stamp.at.date()
    measured = checked(value=value, day=day, basis=basis, known=known, link=link, **what)
    why = checked_reason(reason)
    said = (measured.value, measured.on, measured.basis, measured.source, link)
    if said == (wrong.value, wrong.day, wrong.basis, wrong.source, wrong.link):
        raise NothingCorrected
    wrong.stands = False
    wrong.save(update_fields=["stands"])
    made = Observation.objects.create(
        **_columns(stamp, measured, "manual"),
        code=fresh_code("observation"),
        link=link,
        note=why,
        reporter=wrong.reporter,
        is_public=wrong.is_public,
        file=wrong.file,
        corrects=wrong,
    )
    record(stamp, "observation.corrected", made.code, instead_of=wrong.code, **_facts(made))
    return made


@transaction.atomic
def withdraw(stamp: Stamp, code: str, *, reason: str) -> Observation:
    """Take a value back that should not have been entered at all; it stays in the history."""
    row = visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("evidence")["observation.withdrawn"], of=row.reporter)
    if not row.stands:
        raise NotStanding(code=code)
    row.stands = False
    row.withdrawn_at, row.withdrawn_by = stamp.at, stamp.by
    row.withdrawn_why = checked_reason(reason)
    row.save(update_fields=["stands", "withdrawn_at", "withdrawn_by", "withdrawn_why"])
    record(stamp, "observation.withdrawn", code, indicator=row.indicator, place=row.place)
    return row


def _new(measured: Measurement) -> None:
    same = Observation.objects.filter(
        indicator=measured.indicator,
        place=measured.place,
        day=measured.on,
        basis=measured.basis,
        source=measured.source,
        value=measured.value,
        stands=True,
    ).first()
    if same is not None:
        raise KnownAlready(code=same.code)


def _columns(stamp: Stamp, measured: Measurement, origin: str) -> dict[str, object]:
    """The columns that a measurement fills."""
    return {
        "indicator": measured.indicator,
        "place": measured.place,
        "value": measured.value,
        "day": measured.on,
        "basis": measured.basis,
        "unit": measured.unit,
        "source": measured.source,
        "vintage": measured.vintage,
        "origin": origin,
        "entered_at": stamp.at,
        "entered_by": stamp.by,
    }


def _facts(row: Observation) -> dict[str, str | float]:
    """What the journal keeps of an observation."""
    return {
        "indicator": row.indicator,
        "place": row.place,
        "value": row.value,
        "day": row.day.isoformat(),
        "basis": row.basis,
    }
