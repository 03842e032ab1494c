"""Read definitions: the versions of what runs behind a service."""

from django.db import connection

from marra.people.rules.rights import Stamp
from marra.portal.models.catalogue import Service
from marra.portal.models.definitions import Definition
from marra.portal.queries.catalogue import visible_to, work_of
from marra.portal.rules.services import PUBLIC
from marra.store import Named


def versions(service: Service) -> Named[Definition]:
    """The versions of a service's definition, the newest first."""
    return Definition.all().filter(service=service).order_by("-number")


def newest(service: Service) -> Definition | None:
    """The newest version, frozen or not."""
    return versions(service).first()


def standing(service: Service) -> Definition | None:
    """The version that runs: the newest of those that were published."""
    return versions(service).exclude(frozen_at=None).defer("bundle").first()


STANDING = """
SELECT d.id, d.number, d.digest, s.id, s.code, s.number, s.body_id, s.term, s.state
FROM portal_definition d JOIN portal_service s ON s.id = d.service_id
WHERE s.code = %s AND s.state IN (%s, %s) AND d.frozen_at IS NOT NULL
ORDER BY d.number DESC LIMIT 1
"""
"""Every application asks this, so its question is put together once and not each time."""


def standing_of(code: str) -> Definition | None:
    """The version that runs behind the public service of that code, with the service.

    What an application needs is there; the rest is fetched where it is asked for.
    """
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [code, *PUBLIC])
        found = cursor.fetchone()
    if found is None:
        return None
    service = ["id", "code", "number", "body_id", "term", "state"]  # in the order of the table
    row: Definition = Definition.from_db("default", ["id", "number", "digest"], found[:3])
    row.service = Service.from_db("default", service, found[3:])
    return row


def readable(stamp: Stamp, code: str) -> Definition:
    """The version of that code: those that were published are open to all, drafts are not."""
    found: Definition = Definition.all().select_related("service").named(code)
    service = visible_to(stamp).named(found.service.code)
    if found.frozen_at is None:
        work_of(stamp).named(service.code)
    return found
