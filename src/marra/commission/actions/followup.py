"""Carry an adopted plan out: open its assignments, and hold each new edition against it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from django.db import transaction

from marra.commission.actions.assignments import make
from marra.commission.models.assignments import Assignment
from marra.commission.models.followup import Review
from marra.commission.models.groups import Group
from marra.commission.models.plans import PlanVersion
from marra.commission.queries import followup as queries
from marra.commission.queries.plans import visible_to
from marra.commission.rules.followup import (
    AssignedBefore,
    BodiesMissing,
    NotAdopted,
    kept,
    values_of,
)
from marra.commission.rules.plans import State
from marra.evidence.queries import releases
from marra.index.parted import parted
from marra.journal.actions import record
from marra.kit.text import Text
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def open_assignments(
    stamp: Stamp, code: str, *, leads: Mapping[str, str] | None = None
) -> tuple[Assignment, ...]:
    """Open an assignment for each initiative of an adopted plan, all under the plan's code.

    `leads` gives the body of an initiative whose own is not known here; refuses with
    `BodiesMissing`, naming them all, and opens none.
    """
    plan = _in_force(stamp, code)
    stamp.require(*rights("commission")["plan.assigned"])
    waiting = queries.unassigned(plan)
    if not waiting:
        raise AssignedBefore(title=plan.title)
    bodies = queries.leads(plan, leads or {})
    if lacking := [each for each, _ in waiting if bodies[each.code] is None]:
        raise BodiesMissing(titles="; ".join(_said(each.title) for each in lacking))
    carried = queries.carried(plan)
    groups = set(Group.objects.filter(closed_at=None).values_list("code", flat=True))
    made = tuple(
        make(
            stamp,
            title=_said(initiative.title),
            lead=body.code,
            deadline=max(date(start + initiative.duration - 1, 12, 31), stamp.at.date()),
            group=initiative.group if initiative.group in groups else "",
            plan=plan.code,
            proposal=carried.get(initiative.code, ""),
            initiative=initiative.code,
            indicator=initiative.effects[0].indicator if initiative.effects else "",
            give=True,
        )
        for initiative, start in waiting
        if (body := bodies[initiative.code]) is not None
    )
    record(stamp, "plan.assigned", code, count=len(made))
    return made


@transaction.atomic
def review(stamp: Stamp, code: str, *, edition: int | None = None) -> Review:
    """Hold a plan against an edition, by default the latest: the change of rank, parted."""
    plan = _in_force(stamp, code)
    stamp.require(*rights("commission")["review.made"])
    years = releases.years()
    after = edition or max(years)
    before = max((year for year in years if year < after), default=after)
    told = parted(releases.survey(before), releases.survey(after), plan.place)
    held = kept(queries.promises(plan), values_of(releases.survey(after), plan.place), after)
    missed = any(each.missed for each in held)
    made, _ = Review.objects.update_or_create(
        plan=plan,
        cause=f"edition-{after}",
        defaults={
            "code": fresh_code("review"),
            "before": str(before),
            "after": str(after),
            "parts": {"rank": asdict(told), "promises": [asdict(each) for each in held]},
            "missed": missed,
            "reopened": missed,
            "made_at": stamp.at,
        },
    )
    record(stamp, "review.made", made.code, plan=code, edition=after, missed=missed)
    return made


def _in_force(stamp: Stamp, code: str) -> PlanVersion:
    plan = visible_to(stamp).select_for_update(of=("self",)).named(code)
    if plan.state != State.ADOPTED:
        raise NotAdopted(title=plan.title)
    return plan


def _said(words: Text | str) -> str:
    return words.uz if isinstance(words, Text) else words
