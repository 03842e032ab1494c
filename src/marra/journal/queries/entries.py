"""Read the journal."""

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import Max, Q, QuerySet, Subquery

from marra.journal.models import Entry, Leaf

if TYPE_CHECKING:
    from marra.people.rules import Stamp

OPEN_TO_ALL: Final = (
    "release.", "forecast.", "reading.", "act.", "acts.", "obligation.", "group.",
)  # fmt: skip
"""Deeds that anybody may read of: where figures come from, what was forecast, how we read an act,
what it asks for and what of it is met, and which groups answer for it."""


def visible_to(stamp: "Stamp") -> QuerySet[Entry]:
    """The entries this person may read, newest first.

    Administrators and auditors read everything; others read their own deeds, and those open to
    all.
    """
    entries = Entry.objects.all()
    if stamp.reads_everything:
        return entries
    readable = Q(by=stamp.by) & ~Q(by="visitor")
    for beginning in OPEN_TO_ALL:
        readable |= Q(deed__startswith=beginning)
    return entries.filter(readable)


QUIET: Final = (
    r"^(sign-in|code|passkey|factors?|spare-codes|sessions|files?|notices?|delivery|deliveries"
    r"|contacts)\."
)
"""Deeds that change nothing on a page for everybody."""


def newest_change() -> str:
    """What becomes another with every deed that may change a page for everybody.

    Each kept page asks for it, so its question is put together once and not each time. On
    PostgreSQL an older deed may show later than a newer one; the journal's next seal tells.
    """
    with connection.cursor() as cursor:
        cursor.execute(*_newest_loud())
        return "/".join(map(str, cursor.fetchone() or ()))


@cache
def _newest_loud() -> tuple[str, tuple[str, ...]]:
    rows = Entry.objects.exclude(deed__regex=QUIET).order_by("-id")
    loud: QuerySet[Entry, Any] = rows.values_list("id", "thing")
    if connection.vendor == "postgresql":
        sealed = Leaf.objects.order_by("-position").values("position")[:1]
        loud = rows.annotate(sealed=Subquery(sealed)).values_list("id", "thing", "sealed")
    sql, parameters = loud[:1].query.sql_with_params()
    return sql, tuple(map(str, parameters))


def newest_of(deeds: Collection[str]) -> int:
    """A number that grows with every deed of these kinds."""
    return Entry.objects.filter(deed__in=deeds).aggregate(newest=Max("id"))["newest"] or 0


def of(thing: str) -> QuerySet[Entry]:
    """The history of one thing, newest first, for a room that has let the reader know of it."""
    return Entry.objects.filter(thing=thing)


def about(stamp: "Stamp", thing: str) -> QuerySet[Entry]:
    """The history of one thing, as far as this person may read it, newest first."""
    return visible_to(stamp).filter(thing=thing)
