"""What the inventory can tell the index: services on the portal, automation, the app first, stock.

What is counted of services is counted only once the list of every open body is approved: a part of
the list is no count of the country's services, and would stand below what the portal announces.
What is not known of a service counts against it, and the source says of how many it is not known.

Of the survey's features a share is told only once each of them is known: else it would grow by
finding out and not by having more. What is partly there counts as not there, as in the survey.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from django.conf import settings
from django.db.models import Q, QuerySet

from marra.index.measurement import Measurement
from marra.inventory.models.functions import Service
from marra.inventory.queries import features
from marra.inventory.queries.work import tallies
from marra.inventory.rules.app_first import Launch, share
from marra.inventory.rules.features import OSI, Module
from marra.inventory.rules.sub_indices import Part, parts

COUNTED = "counted"
REGISTER: Final = "register"
LISTS: Final = "Inventory of functions and services"
FEATURES: Final = "Register of the survey's features"
SUB_INDICES: Final = tuple(module for module in Module if module is not Module.LITERACY)


def services(on: date) -> Measurement | None:
    """How many services are on the portal on a day."""
    count = _on_portal(on).count()
    if not count or not _is_whole():
        return None
    return _measured("portal.services", count, "services", COUNTED, on, f"{count} services")


def automated_share(on: date) -> Measurement | None:
    """The share of services on the portal that are automated in full."""
    count = _on_portal(on).count()
    if not count or not _is_whole():
        return None
    full = _on_portal(on).filter(is_automated=True).count()
    told = f"{full} of {count} services in full{_unknown(on)}"
    return _measured("portal.automated-share", 100 * full / count, "%", "fully", on, told)


def mean_automation(on: date) -> Measurement | None:
    """The mean automation over the services on the portal."""
    count = _on_portal(on).count()
    if not count or not _is_whole():
        return None
    known = _on_portal(on).exclude(automation=None).values_list("automation", flat=True)
    total = sum(share or 0.0 for share in known)
    told = f"mean over {count} services{_unknown(on)}"
    return _measured("portal.automated-share", 100 * total / count, "%", "mean", on, told)


def app_first_share(on: date, since: date) -> Measurement | None:
    """The share of services launched since a day, the act's, that came to the app first."""
    if not _is_whole():
        return None
    rows = Service.objects.filter(removed_at=None)
    told = rows.values_list("on_portal_since", "in_app_since", "exception_reason")
    found = share(
        (Launch(portal, app, bool(why)) for portal, app, why in told if _begun(portal, app, on)),
        since,
    )
    if found.value is None:
        return None
    counted = f"{found.first} of {found.first + found.later} services, {found.excepted} excepted"
    return _measured("portal.app-first-share", found.value, "%", COUNTED, on, counted)


def functions_share(on: date) -> Measurement | None:
    """The share of bodies whose functions are inventoried: approved, and exact to this day."""
    found = tallies().values()
    approved = sum(each.is_approved for each in found)
    if not approved:
        return None
    told = f"lists of {approved} of {len(found)} bodies approved"
    value = 100 * approved / len(found)
    return _measured("inventory.functions-share", value, "%", COUNTED, on, told)


def features_share(on: date) -> Measurement | None:
    """The share of the survey's features that are there, once all of them are known."""
    found = _parts()
    there = sum(part.there for part in found)
    size = sum(part.size for part in found)
    if not all(part.is_known for part in found):
        return None
    told = f"{there} of {size} features"
    return _measured("osi.features", 100 * there / size, "%", REGISTER, on, told, FEATURES)


def sub_index(module: Module) -> Callable[[date], Measurement | None]:
    """The measure of one sub-index: its features that are there, once all of them are known."""

    def measure(on: date) -> Measurement | None:
        part = next(each for each in _parts() if each.module is module)
        if not part.is_known:
            return None
        told = f"{part.there} of {part.size} features, not stretched over all countries"
        value, unit = part.share.low, "index from 0 to 1"
        return _measured(f"osi.{module}", value, unit, REGISTER, on, told, FEATURES)

    return measure


def _parts() -> tuple[Part, ...]:
    return parts((each.module, state) for each, state in features.states(OSI).items())


def _is_whole() -> bool:
    """Whether the list of every open body is approved and exact."""
    found = tallies().values()
    return bool(found) and all(each.is_approved for each in found)


def _on_portal(on: date) -> QuerySet[Service]:
    return Service.objects.filter(removed_at=None, on_portal_since__lte=on)


def _unknown(on: date) -> str:
    count = _on_portal(on).filter(Q(automation=None)).count()
    return f", not known of {count}" if count else ""


def _begun(portal: date | None, app: date | None, on: date) -> bool:
    return any(day is not None and day <= on for day in (portal, app))


def _measured(
    indicator: str, value: float, unit: str, basis: str, on: date, told: str, of: str = LISTS
) -> Measurement:
    return Measurement(
        indicator=indicator,
        place=settings.COUNTRY,
        value=float(value),
        unit=unit,
        basis=basis,
        on=on,
        vintage=on,
        source=f"{of}: {told}",
    )
