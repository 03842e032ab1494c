"""Read the journal."""

from typing import TYPE_CHECKING, Final

from django.db.models import Q, QuerySet

from marra.journal.models import Entry

if TYPE_CHECKING:
    from marra.people.rules import Stamp

OPEN_TO_ALL: Final = "release."
"""Deeds that anybody may read of: where the published figures come from."""


def visible_to(stamp: "Stamp") -> QuerySet[Entry]:
    """The entries this person may read, newest first.

    Administrators read everything; others read their own deeds and what was done to the
    published figures.
    """
    entries = Entry.objects.all()
    if stamp.is_administrator:
        return entries
    return entries.filter(Q(deed__startswith=OPEN_TO_ALL) | Q(by=stamp.by) & ~Q(by="visitor"))


def about(stamp: "Stamp", thing: str) -> QuerySet[Entry]:
    """The history of one thing, as far as this person may read it, newest first."""
    return visible_to(stamp).filter(thing=thing)
