"""Read the looks of the machine at pages of services: what waits, what was found, and when."""

from datetime import datetime

from django.db.models import Q, QuerySet

from marra.inventory.models.checks import CheckRun
from marra.inventory.queries import services
from marra.inventory.rules.looks import A_DAY, COUNTS_FOR, State
from marra.people.rules.rights import Stamp
from marra.store import Named

OPEN = (State.WAITING, State.RUNNING)


def visible_to(stamp: Stamp) -> Named[CheckRun]:
    """The looks at pages of services this person may know of, the newest first."""
    known = services.visible_to(stamp).order_by().values("code")
    return CheckRun.all().filter(subject__in=known)


def of_service(stamp: Stamp, code: str) -> Named[CheckRun]:
    """The looks at pages of one service."""
    return visible_to(stamp).filter(subject=code)


def waiting() -> Named[CheckRun]:
    """Everything that waits or is being looked at, the oldest first."""
    return CheckRun.all().filter(state__in=OPEN).order_by("asked_at", "id")


def counts(service: str, host: str, address: str, at: datetime) -> dict[str, int]:
    """How many looks there are already, for the limits."""
    day = CheckRun.objects.filter(asked_at__gt=at - A_DAY)
    return {
        "same": CheckRun.objects.filter(subject=service, address=address, state__in=OPEN).count(),
        "of_service": day.filter(subject=service).count(),
        "of_host": day.filter(host=host).count(),
        "waiting": CheckRun.objects.filter(state=State.WAITING).count(),
    }


def free(at: datetime) -> QuerySet[CheckRun]:
    """What may be taken up: what waits, and what somebody took up who is gone."""
    lost = Q(state=State.RUNNING, lost_at__lte=at)
    return CheckRun.objects.filter(Q(state=State.WAITING) | lost).order_by("asked_at", "id")


def running(at: datetime) -> QuerySet[CheckRun]:
    """What is being looked at."""
    return CheckRun.objects.filter(state=State.RUNNING, lost_at__gt=at)


def counted(code: str, at: datetime) -> dict[str, CheckRun]:
    """The last look at each page of a service that came to its end, by address."""
    rows = CheckRun.objects.filter(
        subject=code, state=State.DONE, ended_at__gt=at - COUNTS_FOR
    ).order_by("ended_at", "id")
    return {row.address: row for row in rows}
