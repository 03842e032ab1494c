"""Read definitions: the versions of what runs behind a service."""

from marra.people.rules.rights import Stamp
from marra.portal.models.catalogue import Service
from marra.portal.models.definitions import Definition
from marra.portal.queries.catalogue import visible_to, work_of
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


def readable(stamp: Stamp, code: str) -> Definition:
    """The version of that code: those that were published are open to all, drafts are not."""
    found: Definition = Definition.all().select_related("service").named(code)
    service = visible_to(stamp).named(found.service.code)
    if found.frozen_at is None:
        work_of(stamp).named(service.code)
    return found
