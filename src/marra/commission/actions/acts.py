"""Take acts in: the packaged ones, and files that somebody imports.

A new version of an act stands in place of the one before. Rows of clauses and obligations go on
under their own numbers, so that proofs, days, assignments and groups stay with them; what the old
version said stays in its own document.
"""

from dataclasses import asdict

from django.db import transaction

from marra.commission.models.acts import Act, Clause, Obligation
from marra.commission.queries import acts as queries
from marra.commission.rules.acts import act as rules
from marra.commission.rules.acts.act import digest, written
from marra.commission.rules.acts.packaged import packaged
from marra.commission.rules.acts.reader import read
from marra.commission.rules.taking import IMPORTED, PACKAGED, ActKnown, ObligationTaken
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights


@transaction.atomic
def adopt_acts(stamp: Stamp) -> tuple[Act, ...]:
    """Take the packaged acts in; those known already, and those imported over, are left."""
    stamp.require(*rights("commission")["acts.adopted"])
    known = set(Act.objects.values_list("digest", flat=True))
    imported = set(Act.objects.filter(origin=IMPORTED).values_list("code", flat=True))
    new = [
        each
        for each in packaged()
        if digest(written(each)) not in known and each.code not in imported
    ]
    made = tuple(_take(stamp, each, PACKAGED) for each in new)
    if made:
        record(stamp, "acts.adopted", "packaged", count=len(made))
    return made


@transaction.atomic
def import_act(stamp: Stamp, *, name: str, content: bytes) -> Act:
    """Take an act in from a file, whole, or refuse it with all its faults."""
    stamp.require(*rights("commission")["act.imported"])
    made = _take(stamp, read(name[:255], content), IMPORTED)
    record(stamp, "act.imported", made.code, version=made.version, digest=made.digest)
    return made


def _take(stamp: Stamp, found: rules.Act, origin: str) -> Act:
    document = written(found)
    if same := Act.objects.filter(digest=digest(document)).first():
        raise ActKnown(number=same.number, version=same.version)
    before = queries.lineage(found.code).select_for_update().filter(code=found.code).first()
    if before is not None:
        before.code = f"{found.code}-v{before.version}"
        before.save(update_fields=["code"])
    made = _row(stamp, found, document, origin, before.version + 1 if before else 1)
    if before is not None:
        before.replaced_by = made
        before.save(update_fields=["replaced_by"])
    clauses = _clauses(made, found)
    _obligations(made, found, clauses)
    return made


def _row(stamp: Stamp, found: rules.Act, document: str, origin: str, version: int) -> Act:
    return Act.objects.create(
        code=found.code,
        kind=found.kind,
        number=found.number.uz,
        numbers=asdict(found.number),
        titles=asdict(found.title),
        signed_on=found.signed_on,
        published_on=found.published_on,
        in_force_from=found.in_force_from,
        address=found.address,
        language=found.language,
        basis=found.basis,
        note=found.note.en if found.note else "",
        version=version,
        origin=origin,
        document=document,
        digest=digest(document),
        taken_at=stamp.at,
        taken_by=stamp.by,
    )


def _clauses(made: Act, found: rules.Act) -> dict[str, Clause]:
    """The rows of the clauses: those there are go on, new ones come; those that went stay."""
    ours = queries.lineage(found.code)
    rows = {each.number: each for each in Clause.objects.filter(act__in=ours).order_by("act_id")}
    for order, clause in enumerate(found.clauses, start=1):
        row = rows.setdefault(clause.number, Clause(number=clause.number))
        row.act, row.order = made, order
        row.parent, row.original, row.texts = clause.parent, clause.original, asdict(clause.text)
        row.save()
    return rows


def _obligations(made: Act, found: rules.Act, clauses: dict[str, Clause]) -> None:
    codes = [each.code for each in found.obligations]
    rows = {each.code: each for each in Obligation.objects.filter(code__in=codes)}
    ours = set(queries.lineage(found.code).values_list("pk", flat=True))
    for order, each in enumerate(found.obligations, start=1):
        row = rows.get(each.code) or Obligation(code=each.code)
        if row.pk is not None and row.act_id not in ours:
            raise ObligationTaken(code=each.code, act=row.act.number)
        row.act, row.clause, row.order = made, clauses[each.clause], order
        _fill(row, each)
        row.save()


def _fill(row: Obligation, each: rules.Obligation) -> None:
    row.what, row.who, row.who_basis = asdict(each.what), asdict(each.who), each.who_basis
    row.aim = asdict(each.aim) if each.aim else {}
    row.note = asdict(each.note) if each.note else {}
    row.starts, row.due = each.starts, each.due
    row.measure, row.relation = each.measure, each.relation
    row.target, row.unit, row.proof = each.target, each.unit, each.proof
    row.reading = each.reading
    row.by_answer = {
        meaning.answer: {
            "due": meaning.due.isoformat() if meaning.due else None,
            "target": meaning.target,
            "basis": meaning.basis,
        }
        for meaning in each.meanings
    }
