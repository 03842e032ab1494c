"""Keep scenarios, name, share and archive them."""

from django.db import transaction

from marra.commission.models.plans import Scenario
from marra.commission.queries import scenarios as queries
from marra.commission.rules.scenarios import ScenarioArchived, changes, room_for_one
from marra.index.projection.record import written
from marra.index.projection.scenario import Scenario as Found
from marra.journal.actions import record
from marra.kit.titles import checked_title
from marra.people import queries as people
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def keep_scenario(stamp: Stamp, *, title: str, found: Found) -> Scenario:
    """Keep a scenario that was worked out, under a code that nobody can guess, for oneself."""
    stamp.require(*rights("commission")["scenario.kept"], of=stamp.by)
    _one_at_a_time(stamp)
    own = Scenario.objects.filter(owner=stamp.by)
    room_for_one(own.filter(archived_at=None).count(), own.count())
    scenario = Scenario.objects.create(
        code=fresh_code("scenario", size=16),
        title=checked_title(title),
        place=found.place,
        by=found.by,
        k=found.k,
        changes=changes(found),
        result=written(found),
        owner=stamp.by,
        kept_at=stamp.at,
    )
    record(stamp, "scenario.kept", scenario.code)
    return scenario


@transaction.atomic
def rename_scenario(stamp: Stamp, code: str, *, title: str) -> Scenario:
    """Give an own scenario another title."""
    scenario = _open(stamp, code)
    stamp.require(*rights("commission")["scenario.renamed"], of=scenario.owner)
    scenario.title = checked_title(title)
    scenario.save(update_fields=["title"])
    record(stamp, "scenario.renamed", code)
    return scenario


@transaction.atomic
def share_scenario(stamp: Stamp, code: str, *, is_public: bool) -> Scenario:
    """Let everybody who has its address read an own scenario, or nobody else."""
    scenario = _open(stamp, code)
    stamp.require(*rights("commission")["scenario.shared"], of=scenario.owner)
    scenario.is_public = is_public
    scenario.save(update_fields=["is_public"])
    record(stamp, "scenario.shared", code, public=is_public)
    return scenario


@transaction.atomic
def archive_scenario(stamp: Stamp, code: str) -> Scenario:
    """Put a scenario out of the way: its owner keeps it, its address is closed to others."""
    scenario = _open(stamp, code)
    stamp.require(*rights("commission")["scenario.archived"], of=scenario.owner)
    scenario.archived_at, scenario.is_public = stamp.at, False
    scenario.save(update_fields=["archived_at", "is_public"])
    record(stamp, "scenario.archived", code)
    return scenario


def _one_at_a_time(stamp: Stamp) -> None:
    """Wait for other scenarios of the same account, so that none slips past the limit."""
    people.visible_to(stamp).select_for_update().named(stamp.by)


def _open(stamp: Stamp, code: str) -> Scenario:
    known = Scenario.all() if stamp.is_administrator else queries.visible_to(stamp)
    scenario = known.select_for_update().named(code)
    if scenario.archived_at is not None and scenario.owner == stamp.by:
        raise ScenarioArchived(title=scenario.title)
    return scenario
