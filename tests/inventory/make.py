"""Make functions, processes, services and approvals, through actions."""

from datetime import date

from marra.inventory.actions import approving, functions, processes, services
from marra.inventory.models.functions import Function, ListApproval, Process, Service
from marra.people.rules.rights import Stamp

TITLE = "Nikohni qayd etish"
DUE = date(2026, 12, 31)


def function(stamp: Stamp, body: str = "justice", title: str = TITLE, **told: object) -> Function:
    return functions.enter_function(stamp, body, title=title, **told)


def process(
    stamp: Stamp, of: Function | None = None, title: str = "Ariza qabul qilish", **told: object
) -> Process:
    """A process of a function, in the function's body."""
    body = str(told.pop("body", of.body.code if of else "justice"))
    told = {"function": of.code if of else "", **told}
    return processes.enter_process(stamp, body, title=title, **told)


def service(
    stamp: Stamp, of: Process | None = None, title: str = "Nikoh guvohnomasi", **told: object
) -> Service:
    """A service of a process, in the process's body."""
    owner = str(told.pop("owner", of.body.code if of else "justice"))
    codes = [of.code] if of else []
    return services.enter_service(stamp, owner, title=title, processes=codes, **told)


def exact(stamp: Stamp, body: str = "justice") -> Service:
    """An exact list of a body: one function, one process, one service."""
    made = process(stamp, function(stamp, body))
    return service(stamp, made, category="registration", deadline=DUE)


def approval(stamp: Stamp, body: str = "justice") -> ListApproval:
    exact(stamp, body)
    return approving.approve_list(stamp, body)
