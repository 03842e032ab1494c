"""Read the looks of the machine at addresses of features: what was seen, and what is due."""

from collections import Counter
from datetime import datetime, timedelta

from django.db.models import Max, Q

from marra.inventory.models.checks import CheckRun
from marra.inventory.models.features import FeatureState
from marra.inventory.queries.looks import OPEN
from marra.inventory.rules.looks import A_DAY, OF_HOST, WAITING, State
from marra.inventory.rules.page_checks.safety import host_of
from marra.store import Named


def of_feature(row: FeatureState) -> Named[CheckRun]:
    """The looks at what a feature's address is now or was when it was asked, newest first.

    Several features may stand at one address: a look for one of them is a look for all, but what
    another machine noted of one of them says nothing of the others.
    """
    if not row.address:
        return CheckRun.all().filter(subject=row.code)
    at_address = Q(address=row.address) & ~Q(facts__has_key="opens")
    return CheckRun.all().filter(Q(subject=row.code) | at_address)


def waits(row: FeatureState) -> bool:
    """Whether a machine was asked and has not looked yet."""
    return of_feature(row).filter(state__in=OPEN).exists()


def due(at: datetime) -> list[FeatureState]:
    """The features whose address is to be looked at again: one of each address.

    No host is asked for more than a day's share, and nothing again within a day.
    """
    waiting = CheckRun.objects.filter(state=State.WAITING).count()
    today = Q(asked_at__gt=at - A_DAY)
    hosts = Counter(CheckRun.objects.filter(today).values_list("host", flat=True))
    open_or_new = CheckRun.objects.filter(today | Q(state__in=OPEN))
    done = set(open_or_new.values_list("address", flat=True))
    rows = FeatureState.objects.exclude(address="").exclude(every_days=None)
    asked = dict(
        CheckRun.objects.filter(address__in=rows.order_by().values("address"))
        .values_list("address")
        .annotate(last=Max("asked_at"))
        .order_by()
    )
    found: list[FeatureState] = []
    for row in rows.order_by("looked_at", "id"):
        host = host_of(row.address)
        if row.address in done or hosts[host] >= OF_HOST or not _is_due(row, asked, at):
            continue
        if waiting + len(found) >= WAITING:
            break
        hosts[host] += 1
        done.add(row.address)
        found.append(row)
    return found


def _is_due(row: FeatureState, asked: dict[str, datetime], at: datetime) -> bool:
    last = asked.get(row.address)
    return last is None or last + timedelta(days=row.every_days or 0) <= at
