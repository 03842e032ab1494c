"""Read what is on its way outside: what is due to be sent, one message, and how it stands."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q, QuerySet

from marra.commission.models.notices import Delivery, Notice
from marra.commission.rules.posting import State
from marra.people.queries import reach
from marra.people.rules.contacts import Reach, Way

if TYPE_CHECKING:
    from marra.people.rules.rights import Stamp

OLD = timedelta(days=7)
"""After that nobody is helped by a reminder that comes."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Some notices that go to one person by one way as one message."""

    code: str
    way: Way
    account: str
    address: str  # empty if it was taken back meanwhile
    language: str
    notices: tuple[Notice, ...]


def due(way: Way, at: datetime) -> QuerySet[Delivery]:
    """What is to be sent by a way at a moment, the oldest first."""
    states = (State.WAITING, State.SENDING)  # the latter when whoever took it up is gone
    rows = Delivery.objects.filter(way=way, state__in=states, next_at__lte=at)
    return rows.select_related("notice").order_by("id")


def parcelled(rows: Iterable[Delivery]) -> list[list[Delivery]]:
    """The rows by message: those tried before as they were, the others by person."""
    found: dict[tuple[str, str], list[Delivery]] = defaultdict(list)
    for row in rows:
        found[row.parcel, row.notice.account].append(row)
    return list(found.values())


def parcel(code: str) -> Parcel | None:
    """A message that was taken up, with where it goes now; None if nobody waits for it."""
    sending = Delivery.objects.filter(parcel=code, state=State.SENDING)
    rows = list(sending.select_related("notice").order_by("id"))
    if not rows:
        return None
    account, way = rows[0].notice.account, Way(rows[0].way)
    person = reach([account]).get(account, Reach())
    notices = tuple(row.notice for row in rows)
    return Parcel(code, way, account, person.ways.get(way, ""), person.language, notices)


def of_assignments(thing: str) -> list[Delivery]:
    """How the notices about a thing went outside."""
    rows = Delivery.objects.filter(notice__thing=thing).select_related("notice")
    return list(rows.order_by("id"))


def visible_to(_stamp: "Stamp") -> QuerySet[Delivery]:
    """Every delivery: whether messages arrive is looked after for all alike."""
    return Delivery.objects.select_related("notice").order_by("-id")


def tally(stamp: "Stamp") -> dict[tuple[str, str], int]:
    """How many deliveries stand in each state, by way and state."""
    rows = visible_to(stamp).order_by().values("way", "state").annotate(n=Count("pk"))
    return {(row["way"], row["state"]): row["n"] for row in rows}


def last_sent(stamp: "Stamp") -> dict[str, datetime]:
    """When something last went out by each way."""
    rows = visible_to(stamp).filter(state=State.SENT).order_by().values("way")
    return {row["way"]: row["last"] for row in rows.annotate(last=Max("sent_at"))}


def to_retry(at: datetime) -> QuerySet[Delivery]:
    """What failed not long ago, and may be tried again."""
    failed = Q(state=State.FAILED, notice__made_at__gte=at - OLD, notice__read_at=None)
    return Delivery.objects.filter(failed)
