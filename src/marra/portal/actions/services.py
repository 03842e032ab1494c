"""Enter services of the portal, and write what the catalogue says of them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from marra.inventory.queries import bodies
from marra.inventory.queries import services as listed
from marra.journal.actions import record
from marra.language.fold import fold
from marra.people.rules.rights import Stamp, rights
from marra.portal.models.catalogue import Fee, Occasion, Opening, Service
from marra.portal.queries import catalogue as queries
from marra.portal.queries.known import known
from marra.portal.rules import told as rules
from marra.portal.rules.lacks import checked as checked_lacks
from marra.portal.rules.lacks import lacking
from marra.portal.rules.services import PUBLIC, Kind, PartOfItself, ServiceChanged, checked_code
from marra.store import fresh_code


@transaction.atomic
def enter(stamp: Stamp, body: str, *, code: str = "", **told: Any) -> Service:
    """Enter a service of a body as a draft; `told` has what the catalogue says of it.

    `code` stands in its address; one is made where none is given.
    """
    owner = bodies.bodies().named(body)
    stamp.require(*rights("portal")["catalogue.entered"], of=body)
    given = rules.checked(told)
    made = Service(
        code=checked_code(code) if code else fresh_code("service"),
        body=owner,
        entered_at=stamp.at,
        entered_by=stamp.by,
        changed_at=stamp.at,
    )
    _write(stamp, made, given)
    made.save()
    _write_beside(stamp, made, given)
    _settle(made)
    record(stamp, "catalogue.entered", made.code, body=body)
    return made


@transaction.atomic
def describe(stamp: Stamp, code: str, *, version: int, **told: Any) -> Service:
    """Write what the catalogue says of a service; what is not told stays.

    Refuses with `ServiceChanged` if somebody was quicker. What is published must stay complete.
    """
    row = queries.locked(stamp, code)
    stamp.require(*rights("portal")["catalogue.described"], of=row.body.code if row.body else "")
    given = rules.checked(told)
    if row.version != version:
        raise ServiceChanged(fields=", ".join(sorted(_otherwise(row, given))) or "—")
    _write(stamp, row, given)
    row.version += 1
    row.changed_at = stamp.at
    row.taken = ""
    row.save()
    _write_beside(stamp, row, given)
    _settle(row)
    if row.state in PUBLIC:
        checked_lacks(row.lacks, row.name)
    record(stamp, "catalogue.described", code, version=row.version, fields=",".join(given))
    return row


def _write(stamp: Stamp, row: Service, given: Mapping[str, Any]) -> None:
    """What stands in the row itself."""
    for name, value in given.items():
        if name not in rules.BESIDE:
            setattr(row, name, value)
    if "body" in given:
        row.body = bodies.bodies().named(given["body"]) if given["body"] else None
    if "row" in given:
        code = given["row"]
        row.row = listed.visible_to(stamp).named(code) if code else None
    row.key = fold(row.names.get("uz", ""))[:500]
    if given.get("uses") is not None:
        row.uses = int(given["uses"])


def _write_beside(stamp: Stamp, row: Service, given: Mapping[str, Any]) -> None:
    """What is kept beside the row, and what it points to; what is not given stays."""
    if "fees" in given:
        row.fees.all().delete()
        Fee.objects.bulk_create(
            Fee(service=row, **{name: getattr(each, name) for name in FEE})
            for each in given["fees"]
        )
    if "openings" in given:
        row.openings.all().delete()
        Opening.objects.bulk_create(
            Opening(service=row, channel=each.channel, since=each.since, address=each.address)
            for each in given["openings"]
        )
    if "events" in given:
        row.occasions.all().delete()
        Occasion.objects.bulk_create(Occasion(service=row, event=code) for code in given["events"])
    if "parts" in given:
        row.parts.set(_parts(stamp, row, given["parts"]))


def _parts(stamp: Stamp, row: Service, codes: tuple[str, ...]) -> list[Service]:
    """The services it consists of; refuses with `PartOfItself`."""
    found = [queries.visible_to(stamp).named(code) for code in codes]
    if any(each.pk == row.pk or each.kind == Kind.COMPOSITE for each in found):
        raise PartOfItself
    return found


def _settle(row: Service) -> None:
    """Write down what it lacks now."""
    row.lacks = list(lacking(known(row)))
    row.save(update_fields=["lacks"])


FEE = ("least", "most", "since", "what", "per")


def _otherwise(row: Service, given: Mapping[str, Any]) -> set[str]:
    """What somebody else wrote that is not what is given."""
    return {
        name
        for name, value in given.items()
        if name not in rules.BESIDE and getattr(row, name) != value
    }
