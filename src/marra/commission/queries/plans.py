"""Read plans."""

from marra.commission.models.plans import PlanVersion
from marra.commission.queries.portfolios import reads
from marra.commission.rules.plans import DEEDS, Goal, Made, State, open_moves
from marra.people.rules.rights import Stamp, rights
from marra.store import Named


def visible_to(stamp: Stamp) -> Named[PlanVersion]:
    """The plans this person may read, newest first.

    All for those who make, decide or audit them; else those of public portfolios, no drafts.
    """
    plans = PlanVersion.all().select_related("version__portfolio")
    plans = plans.defer("version__content", "version__document")
    if reads(stamp):
        return plans
    return plans.filter(version__portfolio__is_public=True).exclude(state=State.DRAFT)


def in_force(stamp: Stamp, place: str) -> PlanVersion | None:
    """The adopted plan of a country, if this person may read it."""
    return visible_to(stamp).filter(place=place, state=State.ADOPTED).first()


def moves_for(stamp: Stamp, plan: PlanVersion) -> tuple[str, ...]:
    """The steps this person may take with a plan now."""
    return tuple(
        move
        for move in open_moves(State(plan.state))
        if any(stamp.holds(role) for role in rights("commission")[DEEDS[move]])
    )


def made(plan: PlanVersion) -> Made:
    """A plan as it was computed, for the planner to judge anew."""
    return Made(
        goal=Goal(plan.place, plan.k, plan.edition, plan.odds_asked, plan.budget_asked),
        chosen=tuple((each["initiative"], each["start"]) for each in plan.chosen),
        odds=plan.odds,
        odds_check=plan.odds_check,
        seed=plan.seed,
        futures=plan.futures,
        data_version=plan.data_version,
        edition_version=plan.edition_version,
        method_version=plan.method_version,
        seed_check=plan.seed_check,
    )
