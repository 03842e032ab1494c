"""Take in passports: each becomes a draft with a first definition, whole or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction

from marra.journal.actions import record
from marra.language.fold import fold
from marra.people.rules.rights import Stamp, rights
from marra.portal.models.catalogue import Fee, Service
from marra.portal.models.definitions import Definition
from marra.portal.queries.importing import Fate, Planned, planned, prepare
from marra.portal.rules.bundles import digest
from marra.portal.rules.packaged import packaged
from marra.portal.rules.services import texts
from marra.store import fresh_code

AT_ONCE = 500
WRITTEN = (
    "names", "key", "body", "body_named", "audience", "term", "term_told", "fee_told",
    "documents", "steps", "declared_automatic", "uses", "rating", "lacks", "taken", "changed_at",
    "version",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file came to."""

    new: int
    changed: int
    same: int
    kept: int
    empty: int


@transaction.atomic
def import_passports(stamp: Stamp, name: str, *, content: bytes) -> Taken:
    """Take in the passports of a file; refuses it whole with all its faults.

    A draft that people have written since is left as it is, and so is whatever is published.
    """
    stamp.require(*rights("portal")["catalogue.imported"])
    found = prepare(name, content)
    taken = _taken(stamp, found.plan)
    record(
        stamp,
        "catalogue.imported",
        "passports",
        new=taken.new,
        changed=taken.changed,
        kept=taken.kept,
        digest=sha256(content).hexdigest(),
    )
    return taken


@transaction.atomic
def adopt_passports(stamp: Stamp) -> Taken:
    """Take in the packaged passports where the catalogue is empty, as drafts to begin with."""
    stamp.require(*rights("portal")["catalogue.adopted"])
    told = () if Service.objects.exists() else packaged()
    taken = _taken(stamp, planned(told).plan)
    if taken.new:
        record(stamp, "catalogue.adopted", "packaged", count=taken.new)
    return taken


def _taken(stamp: Stamp, plan: Sequence[Planned]) -> Taken:
    new = [each for each in plan if each.fate is Fate.NEW]
    changed = [each for each in plan if each.fate is Fate.CHANGED]
    made = [_row(stamp, each, Service(code=each.code)) for each in new]
    Service.objects.bulk_create(made, AT_ONCE)
    codes = [each.code for each in changed]
    there = {row.code: row for row in Service.objects.select_for_update().filter(code__in=codes)}
    again = [_row(stamp, each, there[each.code]) for each in changed]
    Service.objects.bulk_update(again, WRITTEN, AT_ONCE)
    _beside(stamp, [*zip(new, made, strict=True), *zip(changed, again, strict=True)])
    fates = [each.fate for each in plan]
    return Taken(
        new=len(new),
        changed=len(changed),
        same=fates.count(Fate.SAME),
        kept=fates.count(Fate.KEPT),
        empty=sum(each.passport.is_empty for each in plan),
    )


def _row(stamp: Stamp, each: Planned, row: Service) -> Service:
    told = dict(each.draft.told)
    told.pop("fees")
    told["names"] = texts(told["names"], 500, lines=False)
    for name, value in told.items():
        setattr(row, name, value)
    row.number = each.passport.number
    row.key = fold(row.names.get("uz", ""))[:500]
    row.body_id = each.body
    row.lacks, row.taken = list(each.lacks), each.digest
    row.version = row.version + 1 if row.pk else 1
    row.changed_at = stamp.at
    if not row.pk:
        row.entered_at, row.entered_by = stamp.at, stamp.by
    return row


def _beside(stamp: Stamp, pairs: Iterable[tuple[Planned, Service]]) -> None:
    """Fees and definitions, written anew: nobody has touched them since the last file."""
    told = list(pairs)
    rows = [row.pk for _, row in told]
    Fee.objects.filter(service__in=rows).delete()
    Definition.objects.filter(service__in=rows).delete()
    Fee.objects.bulk_create(
        [
            Fee(service=row, least=fee.least, most=fee.most, what=fee.what, per=fee.per)
            for each, row in told
            for fee in each.draft.told["fees"]
        ],
        AT_ONCE,
    )
    Definition.objects.bulk_create(
        [
            Definition(
                code=fresh_code("definition"),
                service=row,
                number=1,
                bundle=each.draft.bundle,
                digest=digest(each.draft.bundle),
                is_generated=True,
                made_at=stamp.at,
                made_by=stamp.by,
            )
            for each, row in told
            if each.draft.bundle is not None
        ],
        AT_ONCE,
    )
