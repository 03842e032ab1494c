"""Adopt a version of the standard."""

from datetime import date
from hashlib import sha256

from django.db import transaction

from marra.inventory.models.standard import Standard
from marra.inventory.queries import standards as queries
from marra.inventory.rules import standard as rules
from marra.inventory.rules.judgements import StandardKnown
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights


@transaction.atomic
def adopt_standard(
    stamp: Stamp,
    *,
    content: bytes | None = None,
    name: str = "standard.toml",
    in_force_from: date | None = None,
    group: str = "",
) -> Standard:
    """Put a version of the standard into force, the packaged one or that of a file.

    `group` is the working group that reviews services by it.
    """
    stamp.require(*rights("inventory")["standard.adopted"])
    file = rules.packaged_file() if content is None else content
    found = rules.read(name, file)
    latest = queries.latest_number()
    if found.number <= latest:
        raise StandardKnown(number=found.number, next=latest + 1)
    made = Standard.objects.create(
        code=f"standard-{found.number}",
        number=found.number,
        title=found.title.uz,
        document=file.decode("utf-8-sig"),
        digest=sha256(file).hexdigest(),
        in_force_from=in_force_from or stamp.at.date(),
        group=group,
        adopted_at=stamp.at,
        adopted_by=stamp.by,
    )
    record(stamp, "standard.adopted", made.code, number=made.number, group=group)
    return made
