"""Read obligations with how each stands: open to all, as the acts they are from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from marra.commission.models.acts import Obligation, ObligationDay, ObligationProof
from marra.commission.queries.readings import readings
from marra.commission.queries.seen import seen
from marra.commission.rules.acts.act import Meaning
from marra.commission.rules.obligations import (
    Accepted,
    Asked,
    Seen,
    Standing,
    read_as,
    set_by_commission,
    standing,
)
from marra.people.rules.rights import Stamp
from marra.store import Named, NothingNamed

if TYPE_CHECKING:
    from marra.archive.models import StoredFile


@dataclass(frozen=True, slots=True)
class Line:
    """An obligation with what it asks for, as it is read now, and how it stands."""

    row: Obligation
    asked: Asked
    standing: Standing


@dataclass(frozen=True, slots=True)
class Whole:
    """One obligation with everything that was set, proved and seen."""

    line: Line
    days: list[ObligationDay]  # the Commission's own, the newest first
    proofs: list[ObligationProof]  # withdrawn ones too, the newest first
    seen: tuple[Seen, ...]  # every value, the oldest first
    others: Mapping[str, Asked]  # what it asks for by the other answers of its reading


def visible_to(_stamp: Stamp) -> Named[Obligation]:
    """Every obligation of the acts that stand, in the order of acts and clauses."""
    rows = Obligation.all().filter(act__replaced_by=None).select_related("act", "clause")
    return rows.order_by("-act__signed_on", "-act__published_on", "act_id", "order")


def starts(stamp: Stamp) -> dict[str, date]:
    """From when on each rule holds, by the indicator that it is measured by."""
    rows = visible_to(stamp).exclude(measure="").exclude(starts=None)
    return {row.measure: row.starts for row in rows if row.starts}


def proofs_for(_stamp: Stamp) -> Named[ObligationProof]:
    """Every proof, with its obligation."""
    return ObligationProof.all().select_related("obligation__act", "file")


def file_of(stamp: Stamp, code: str) -> "StoredFile":
    """The file of a proof; refuses with `NothingNamed` where there is none."""
    found = proofs_for(stamp).named(code).file
    if found is None:
        raise NothingNamed(kind="file", code=code)
    return found


def board(stamp: Stamp, group: str = "", *, on: date | None = None) -> list[Line]:
    """Every obligation, or those of a group, with how it stands today, or stood on a day.

    Read as it is read now: for an earlier day only what was seen and proved by then counts.
    """
    by = on or stamp.at.date()
    own = ObligationDay.objects.filter(obligation=OuterRef("pk")).order_by("-id")
    found = visible_to(stamp).annotate(own_due=Subquery(own.values("due")[:1]))
    rows = list(found.filter(groups__code=group) if group else found)
    proofs = _proofs(rows)
    answers = {each.question: each.answer for each in readings()}
    values = seen({row.measure for row in rows if row.measure}, stamp)
    if on is not None:
        proofs = {pk: [each for each in found if each.day <= on] for pk, found in proofs.items()}
        values = {
            name: tuple(each for each in found if each.day <= on) for name, found in values.items()
        }
    return [
        _line(row, answers, row.own_due, proofs.get(row.pk, ()), values.get(row.measure, ()), by)
        for row in rows
    ]


def one(stamp: Stamp, code: str) -> Whole:
    """One obligation, whole; refuses with `NothingNamed`."""
    row = visible_to(stamp).named(code)
    answers = {each.question: each.answer for each in readings()}
    values = seen({row.measure} if row.measure else set(), stamp)
    found = values.get(row.measure, ())
    days = list(ObligationDay.objects.filter(obligation=row))
    proofs = list(ObligationProof.objects.filter(obligation=row).select_related("file"))
    accepted = [_accepted(each) for each in proofs if each.withdrawn_at is None]
    own = days[0].due if days else None
    line = _line(row, answers, own, accepted, found, stamp.at.date())
    others = {each.answer: _asked(row, {row.reading: each.answer}, None) for each in meanings(row)}
    return Whole(line, days, proofs, found, others)


def asked(row: Obligation) -> Asked:
    """What an obligation asks for, as it is read now."""
    day = ObligationDay.objects.filter(obligation=row).first()
    answers = {each.question: each.answer for each in readings()}
    return _asked(row, answers, day.due if day else None)


def wanted(stamp: Stamp) -> list[tuple[Obligation, Asked]]:
    """The obligations that ask for a measure, each as it is read now."""
    own = ObligationDay.objects.filter(obligation=OuterRef("pk")).order_by("-id")
    rows = visible_to(stamp).exclude(measure="").annotate(own_due=Subquery(own.values("due")[:1]))
    answers = {each.question: each.answer for each in readings()}
    return [(row, _asked(row, answers, row.own_due)) for row in rows]


def meanings(row: Obligation) -> tuple[Meaning, ...]:
    """What each answer to its question of reading makes of an obligation."""
    return tuple(
        Meaning(
            answer=answer,
            due=date.fromisoformat(told["due"]) if told["due"] else None,
            target=told["target"],
            basis=told["basis"],
        )
        for answer, told in row.by_answer.items()
    )


def _line(
    row: Obligation,
    answers: Mapping[str, str],
    day: date | None,
    proofs: Iterable[Accepted],
    values: Iterable[Seen],
    by: date,
) -> Line:
    found = _asked(row, answers, day)
    return Line(row, found, standing(found, tuple(values), tuple(proofs), by))


def _asked(row: Obligation, answers: Mapping[str, str], day: date | None) -> Asked:
    plain = Asked(
        code=row.code,
        proof=row.proof,
        due=row.due,
        measure=row.measure,
        relation=row.relation,
        target=row.target,
    )
    return set_by_commission(read_as(plain, row.reading, meanings(row), answers), day)


def _proofs(rows: Iterable[Obligation]) -> Mapping[int, list[Accepted]]:
    """The proofs that stand, by obligation."""
    found: dict[int, list[Accepted]] = defaultdict(list)
    kept = ObligationProof.objects.filter(
        obligation__in=[row.pk for row in rows], withdrawn_at=None
    )
    for each in kept:
        found[each.obligation_id].append(_accepted(each))
    return found


def _accepted(row: ObligationProof) -> Accepted:
    return Accepted(
        met=row.met,
        day=row.day,
        made_at=row.made_at,
        code=row.code,
        value=row.value,
        text=row.text,
        link=row.link,
    )
