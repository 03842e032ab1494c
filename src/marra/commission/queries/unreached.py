"""Bodies that owe something and for which nobody acts: reminders reach nobody there."""

from typing import TYPE_CHECKING

from django.db.models import Count

from marra.commission.models.assignments import Assignment
from marra.commission.rules.assignments import OWED
from marra.inventory.queries.bodies import known
from marra.people.queries import everybody_holding
from marra.people.rules.rights import Role

if TYPE_CHECKING:
    from marra.inventory.models.bodies import StateBody


def unreached() -> "list[tuple[StateBody, int]]":
    """The bodies with how many assignments each owes, the most first."""
    reached = {scope for _role, scope in everybody_holding(Role.EXECUTOR)}
    rows = Assignment.objects.filter(state__in=OWED).order_by().values("lead__code")
    owed = {row["lead__code"]: row["n"] for row in rows.annotate(n=Count("pk"))}
    bodies = known(owed.keys() - reached)
    return sorted(((each, owed[each.code]) for each in bodies), key=lambda each: -each[1])
