"""Read definitions: the versions of what runs behind a service."""

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


def standing_of(code: str) -> Definition | None:
    """The version that runs behind the public service of that code, with the service."""
    rows = Definition.all().filter(service__code=code, service__state__in=PUBLIC)
    rows = rows.filter(frozen_at__isnull=False).select_related("service__body").only(*NEEDED)
    return rows.order_by("-number").first()


NEEDED = ("number", "digest", "service__code", "service__names", "service__number",
          "service__state", "service__term", "service__body__code")  # fmt: skip
"""What an application needs to know of its service; the rest is fetched where it is asked for."""


def readable(stamp: Stamp, code: str) -> Definition:
    """The version of that code: those that were published are open to all, drafts are not."""
    found: Definition = Definition.all().select_related("service").named(code)
    service = visible_to(stamp).named(found.service.code)
    if found.frozen_at is None:
        work_of(stamp).named(service.code)
    return found
