"""Read approvals: the list of a body as it stands, as it was approved, and what changed since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from marra.inventory.models.bodies import StateBody
from marra.inventory.models.functions import Function, ListApproval, Process, Service
from marra.inventory.queries.reading import readable
from marra.inventory.rules.approvals import Change, Document, changes
from marra.people.rules.rights import Stamp
from marra.store import Named


def visible_to(stamp: Stamp) -> Named[ListApproval]:
    """The approvals of the lists this person reads, the newest first."""
    return ListApproval.all().filter(body__in=readable(stamp)).select_related("body")


def newest(body: StateBody) -> ListApproval | None:
    """The last approval of the list of a body, if there is one."""
    return ListApproval.objects.filter(body=body).first()


def changed_since(body: StateBody) -> list[Change]:
    """What is otherwise than it was approved last; nothing where it was not approved."""
    last = newest(body)
    return changes(last.document, document(body)) if last else []


def document(body: StateBody) -> Document:
    """The list of a body as it stands: what it says, without what reports progress."""
    functions = Function.objects.filter(body=body, removed_at=None)
    processes = Process.objects.filter(body=body, removed_at=None)
    services = Service.objects.filter(owner=body, removed_at=None)
    shared = _joined(
        Function.shared_with.through.objects.filter(function__body=body).values_list(
            "function_id", "statebody__code"
        )
    )
    carried = _joined(
        Service.processes.through.objects.filter(service__owner=body).values_list(
            "service_id", "process__code"
        )
    )
    return {
        "functions": {
            row.code: {
                "title": row.title,
                "cofog": row.cofog,
                "legal_basis": row.legal_basis,
                "no_process": row.no_process,
                "shared_with": sorted(shared[row.pk]),
            }
            for row in functions
        },
        "processes": {
            row.code: _process(row) for row in processes.select_related("function", "merged_into")
        },
        "services": {row.code: _service(row, carried[row.pk]) for row in services},
    }


def _joined(pairs: Iterable[tuple[int, str]]) -> Mapping[int, list[str]]:
    """The codes on the other side of a relation; a list may have thousands of either."""
    found: dict[int, list[str]] = defaultdict(list)
    for pk, code in pairs:
        found[pk].append(code)
    return found


def _process(row: Process) -> dict[str, object]:
    return {
        "title": row.title,
        "function": row.function.code if row.function else "",
        "decision": row.decision,
        "reason": row.reason,
        "merged_into": row.merged_into.code if row.merged_into else "",
        "volume": row.volume,
        "minutes": row.minutes,
        "steps": row.steps,
        "documents": row.documents,
    }


def _service(row: Service, processes: Iterable[str]) -> dict[str, object]:
    return {
        "title": row.title,
        "processes": sorted(processes),
        "category": row.category,
        "deadline": row.deadline.isoformat() if row.deadline else None,
        "volume": row.volume,
        "minutes": row.minutes,
        "minutes_after": row.minutes_after,
        "protected_share": row.protected_share,
        "channel": row.channel,
        "effort": row.effort,
    }
