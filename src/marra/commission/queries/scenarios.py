"""Read scenarios: the own ones, and those whose address was shared."""

from django.db.models import Q

from marra.commission.models.plans import Scenario
from marra.commission.rules.scenarios import comparable
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


def compared(stamp: Stamp, codes: list[str]) -> list[Scenario]:
    """Scenarios to be shown side by side, as they were asked for; refuses unknown ones."""
    wanted = comparable(codes)
    found = {each.code: each for each in visible_to(stamp).filter(code__in=wanted)}
    return [found[code] if code in found else visible_to(stamp).named(code) for code in wanted]


def _own(stamp: Stamp) -> Q:
    return Q(owner=stamp.by) & ~Q(owner=VISITOR)
