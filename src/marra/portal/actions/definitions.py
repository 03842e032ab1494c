"""Keep the definition of a service: a new version, or the draft of one."""

from typing import Any

from django.db import transaction

from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.portal.models.definitions import Definition
from marra.portal.queries import catalogue, definitions
from marra.portal.queries.known import known
from marra.portal.rules import bundles, readable
from marra.portal.rules.lacks import lacking
from marra.store import fresh_code


@transaction.atomic
def keep_definition(stamp: Stamp, code: str, *, bundle: Any) -> Definition:
    """Keep a bundle as the draft of the next version of a service's definition.

    A draft is written over; what was published stays, and the draft gets the next number.
    """
    row = catalogue.locked(stamp, code)
    stamp.require(*rights("portal")["definition.kept"], of=row.body.code if row.body else "")
    told = bundles.checked(bundle)
    readable.checked(told)
    found = definitions.newest(row)
    if found is None or found.frozen_at is not None:
        number = found.number + 1 if found else 1
        found = Definition(code=fresh_code("definition"), service=row, number=number)
    found.bundle, found.digest = told, bundles.digest(told)
    found.is_generated = False
    found.made_at, found.made_by = stamp.at, stamp.by
    found.save()
    row.lacks = list(lacking(known(row)))
    row.version += 1
    row.changed_at = stamp.at
    row.taken = ""
    row.save(update_fields=["lacks", "version", "changed_at", "taken"])
    record(stamp, "definition.kept", code, number=found.number, digest=found.digest)
    return found
