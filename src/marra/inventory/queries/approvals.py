"""Read approvals: the list of a body as it stands, as it was approved, and what changed since."""

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
    return {
        "functions": {
            row.code: {
                "title": row.title,
                "cofog": row.cofog,
                "legal_basis": row.legal_basis,
                "no_process": row.no_process,
                "shared_with": sorted(each.code for each in row.shared_with.all()),
            }
            for row in functions.prefetch_related("shared_with")
        },
        "processes": {
            row.code: {
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
            for row in processes.select_related("function", "merged_into")
        },
        "services": {row.code: _service(row) for row in services.prefetch_related("processes")},
    }


def _service(row: Service) -> dict[str, object]:
    return {
        "title": row.title,
        "processes": sorted(each.code for each in row.processes.all()),
        "category": row.category,
        "deadline": row.deadline.isoformat() if row.deadline else None,
        "volume": row.volume,
        "minutes": row.minutes,
        "minutes_after": row.minutes_after,
        "protected_share": row.protected_share,
        "channel": row.channel,
        "effort": row.effort,
    }
