"""The inventory as plain documents, for the terminal and the API."""

from collections.abc import Mapping
from typing import Any

from marra.inventory.models.functions import Service
from marra.inventory.queries import services as service_queries
from marra.inventory.queries.bodies import bodies
from marra.inventory.queries.services import Asked
from marra.inventory.queries.work import Tally, problems_left, tallies
from marra.inventory.rules.checks import Check, Problem
from marra.inventory.rules.priority import Priority, places, priority
from marra.people.rules.rights import Stamp


def check(body: str = "") -> dict[str, Any]:
    """Whether the lists of all bodies, or of one, are exact, and what is left."""
    rows = bodies().filter(code=body) if body else bodies()
    found = tallies()
    own = [found[row.pk] for row in rows if row.pk in found]
    return {
        "complete": bool(own) and all(each.is_exact for each in own),
        "bodies": {
            "all": len(own),
            "begun": sum(bool(t.functions or t.processes or t.services) for t in own),
            "exact": sum(each.is_exact for each in own),
            "approved": sum(each.is_approved for each in own),
        },
        "checks": {check.value: sum(each.left[check] for each in own) for check in Check},
        "not_begun": sorted(row.code for row in rows if _is_empty(found[row.pk])),
        "problems": [_problem(each) for each in problems_left(body)],
    }


def _is_empty(tally: Tally) -> bool:
    return not (tally.functions or tally.processes or tally.services)


def _problem(each: Problem) -> dict[str, Any]:
    return {
        "body": each.body,
        "check": each.check.value,
        "thing": each.thing,
        "title": each.title,
        "others": list(each.others),
        "lacks": list(each.lacks),
    }


def body_documents() -> list[dict[str, Any]]:
    """Every open body with its place in the tree and how far its list is."""
    found = tallies()
    parents = {row.pk: row.code for row in bodies()}
    return [
        {
            "code": row.code,
            "names": _texts(row.names),
            "kind": row.kind,
            "parent": parents.get(row.parent_id) if row.parent_id else None,
            "region": row.region or None,
            "basis": row.basis,
            **_progress(found[row.pk]),
        }
        for row in bodies()
    ]


def _texts(names: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): text for name, text in names.items()}


def _progress(tally: Tally) -> dict[str, Any]:
    return {
        "functions": tally.functions,
        "processes": tally.processes,
        "decided": tally.decided,
        "services": tally.services,
        "left": {check.value: tally.left[check] for check in Check},
        "exact": tally.is_exact,
        "approved_at": tally.approved_at and tally.approved_at.isoformat(),
        "changed_since_approval": tally.has_changed,
    }


def service_documents(stamp: Stamp, asked: Asked, weight: float) -> list[dict[str, Any]]:
    """The services asked for, by priority, each with every factor of it."""
    rows = service_queries.asked_for(service_queries.visible_to(stamp), asked, stamp.at.date())
    found = {c: priority(f, weight) for c, f in service_queries.factors(rows).items()}
    coming = set(service_queries.to_come(rows).order_by().values_list("code", flat=True))
    place = places({c: p.value for c, p in found.items() if p.value is not None and c in coming})
    ordered = sorted(rows, key=lambda row: (place.get(row.code, len(found) + 1), row.code))
    return [_service(row, found[row.code], place.get(row.code)) for row in ordered]


def _service(row: Service, found: Priority, place: int | None) -> dict[str, Any]:
    return {
        "code": row.code,
        "title": row.title,
        "owner": row.owner.code,
        "category": row.category or None,
        "deadline": row.deadline and row.deadline.isoformat(),
        "channel": row.channel or None,
        "volume": row.volume,
        "minutes": row.minutes,
        "minutes_after": row.minutes_after,
        "protected_share": row.protected_share,
        "effort": row.effort,
        "address": row.address or None,
        "on_portal_since": row.on_portal_since and row.on_portal_since.isoformat(),
        "in_app_since": row.in_app_since and row.in_app_since.isoformat(),
        "automation": row.automation,
        "exception_reason": row.exception_reason or None,
        "place": place,
        "priority": found.value,
        "hours_saved": found.saved,
        "protected_hours_saved": found.protected,
        "missing": [each.name.lower() for each in found.missing],
    }
