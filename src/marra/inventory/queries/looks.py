"""Read the looks of the machine at pages of services: what waits, what was found, and when."""

from collections import Counter
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from marra.inventory.models.checks import CheckRun
from marra.inventory.models.functions import Service
from marra.inventory.queries import services
from marra.inventory.rules.looks import A_DAY, COUNTS_FOR, Room, Since, State, again, since
from marra.inventory.rules.page_checks.facts import Found
from marra.inventory.rules.page_checks.judging import passed
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


def due(at: datetime) -> list[CheckRun]:
    """The last looks at pages to be looked at again, the oldest first, as many as there may be.

    A page that could not be looked at all the while that its last look counts is left alone.
    """
    known = Service.all().filter(removed_at=None).order_by().values("code")
    every = CheckRun.objects.filter(subject__in=known).order_by()
    pages = every.values("subject", "address").annotate(
        last=Max("id"),
        asked=Max("asked_at"),
        seen=Max("ended_at", filter=Q(state=State.DONE)),
        waits=Max("id", filter=Q(state__in=OPEN)),
    )
    rows = pages.filter(asked__lte=at - again().after, seen__gt=at - COUNTS_FOR, waits=None)
    last = CheckRun.objects.filter(id__in=rows.values_list("last", flat=True))
    room = _room(at)
    return [row for row in last.order_by("asked_at", "id") if room.takes(row.host, row.subject)]


def _room(at: datetime) -> Room:
    day = CheckRun.objects.filter(asked_at__gt=at - A_DAY).order_by()
    told = list(day.values_list("host", "subject"))
    waiting = CheckRun.objects.filter(state=State.WAITING).count()
    of_host, of_service = Counter(host for host, _ in told), Counter(code for _, code in told)
    return Room(waiting, of_host, again().share, of_service)


def before(run: CheckRun) -> CheckRun | None:
    """The look at the same page of the same service that came to its end before this one."""
    rows = CheckRun.objects.filter(subject=run.subject, address=run.address, state=State.DONE)
    return rows.filter(id__lt=run.id).order_by("-id").first()


def changes(old: CheckRun, new: CheckRun) -> Since:
    """What is better and what is worse at a page than at the look before."""
    return since(_passed(old), _passed(new))


def _passed(run: CheckRun) -> dict[str, bool | None]:
    rows = run.findings.values_list("rule", "passed")
    return passed(Found(rule, said, "") for rule, said in rows)
