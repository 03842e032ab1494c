"""Read functions: those that stand, of the bodies whose lists a person may read."""

from django.db.models import Q

from marra.inventory.models.bodies import StateBody
from marra.inventory.models.functions import Function
from marra.inventory.queries.reading import readable, reads_all
from marra.people.rules.rights import Stamp
from marra.store import Named


def visible_to(stamp: Stamp) -> Named[Function]:
    """The functions this person may know of, body by body in the order of their titles."""
    rows = Function.all().filter(removed_at=None).select_related("body")
    return rows if reads_all(stamp) else rows.filter(body__in=readable(stamp))


def locked(stamp: Stamp, code: str) -> Function:
    """The function of that code for a change, if this person may know of it."""
    return visible_to(stamp).select_for_update(of=("self",)).named(code)


def open_to(stamp: Stamp, body: StateBody) -> Named[Function]:
    """The functions that a process of a body may carry out: its own and those shared with it."""
    shared = Function.shared_with.through.objects.filter(statebody=body).values("function")
    return visible_to(stamp).filter(Q(body=body) | Q(pk__in=shared))
