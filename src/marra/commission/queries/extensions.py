"""Read questions for more time."""

from marra.commission.models.assignments import Extension
from marra.commission.queries.assignments import visible_to
from marra.commission.rules.assignments import OPEN
from marra.people.rules.rights import Stamp
from marra.store import Named


def open_for(stamp: Stamp) -> Named[Extension]:
    """Questions for more time that wait for an answer, the oldest first."""
    rows = Extension.all().select_related("assignment__lead", "assignment__group")
    known = visible_to(stamp).filter(state__in=OPEN).values("pk")
    return rows.filter(granted=None, assignment__in=known).order_by("asked_at", "pk")
