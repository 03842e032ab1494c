"""Read scenarios: the own ones, and those whose address was shared."""

from django.db.models import Q

from marra.commission.models import Scenario
from marra.people.rules import VISITOR, Stamp
from marra.store import Named


def visible_to(stamp: Stamp) -> Named[Scenario]:
    """What this person may read: the own ones, and the shared ones.

    For a page of one scenario, by `.named(code)`; a list of it would tell addresses that were not
    told to this person, so lists show `own`.
    """
    return Scenario.all().filter(_own(stamp) | Q(is_public=True, archived_at=None))


def own(stamp: Stamp, *, archived: bool = False) -> Named[Scenario]:
    """The person's own scenarios, newest first; those in use, or those put away."""
    return Scenario.all().filter(_own(stamp), archived_at__isnull=not archived)


def _own(stamp: Stamp) -> Q:
    return Q(owner=stamp.by) & ~Q(owner=VISITOR)
