"""Read what adopted plans promised, what came of it, and which initiatives wait for a body."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from marra.commission.models.assignments import Assignment
from marra.commission.models.followup import Promise, Review
from marra.commission.models.plans import PlanVersion
from marra.commission.models.proposals import Proposal
from marra.commission.rules.followup import Promised
from marra.commission.rules.plans import State
from marra.commission.rules.proposals import State as ProposalState
from marra.evidence.queries import releases
from marra.index.plan import document
from marra.index.plan.portfolio import Initiative
from marra.inventory.queries.bodies import by_name
from marra.kit.text import Text

if TYPE_CHECKING:
    from marra.inventory.models.bodies import StateBody


def promises(plan: PlanVersion) -> tuple[Promised, ...]:
    """What the plan promised when it was adopted."""
    return tuple(
        Promised(
            initiative=row.initiative,
            title=Text(**row.title) if isinstance(row.title, dict) else row.title,
            indicator=row.indicator,
            unit=row.unit,
            start=row.start,
            seen_from=row.seen_from,
            base=row.base,
            low=row.low,
            likely=row.likely,
            high=row.high,
        )
        for row in Promise.objects.filter(plan=plan)
    )


def reviews(plan: PlanVersion) -> list[Review]:
    """How the plan did after each new edition, the newest first."""
    return list(Review.objects.filter(plan=plan))


def unassigned(plan: PlanVersion) -> list[tuple[Initiative, int]]:
    """The chosen initiatives that have no assignment yet, with their starts."""
    has = set(Assignment.objects.filter(plan=plan).values_list("initiative", flat=True))
    portfolio = document.read(plan.version.document)
    return [
        (portfolio.named(each["initiative"]), each["start"])
        for each in plan.chosen
        if each["initiative"] not in has
    ]


def leads(plan: PlanVersion, given: Mapping[str, str]) -> "dict[str, StateBody | None]":
    """The body of each initiative without an assignment: as given, else as the portfolio names."""
    portfolio = document.read(plan.version.document)
    found = {}
    for initiative, _start in unassigned(plan):
        called = portfolio.called(initiative.body) if initiative.body else ""
        name = called.uz if isinstance(called, Text) else called
        found[initiative.code] = by_name(given.get(initiative.code) or name)
    return found


def carried(plan: PlanVersion) -> dict[str, str]:
    """The accepted proposal that each initiative carries, by its code; the first where several."""
    rows = Proposal.objects.filter(plan=plan, state=ProposalState.ACCEPTED).order_by("-pk")
    return dict(rows.values_list("initiative", "code"))


def unreviewed() -> list[str]:
    """The codes of plans in force that no review has held against the latest edition."""
    done = Review.objects.filter(cause=f"edition-{releases.latest()}").values("plan")
    plans = PlanVersion.objects.filter(state=State.ADOPTED).exclude(pk__in=done)
    return list(plans.values_list("code", flat=True))
