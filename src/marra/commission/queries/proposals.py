"""Read proposals: those a person may know of, and the gap that a new one is about."""

from django.db.models import Q

from marra.commission.models.plans import PlanVersion
from marra.commission.models.proposals import Proposal
from marra.commission.queries.assignments import ALL, OF_A_GROUP
from marra.commission.rules.proposals import Found, State, found
from marra.evidence.queries import releases
from marra.index import explain
from marra.people.rules.rights import Role, Stamp
from marra.store import Named


def visible_to(stamp: Stamp) -> Named[Proposal]:
    """The proposals this person may know of, newest first.

    Those who read everything see all but the drafts of others; groups and bodies see their own.
    """
    rows = Proposal.all().select_related("group", "body", "obligation", "decision", "plan")
    own = Q(made_by=stamp.by) & ~Q(made_by="visitor")
    if any(stamp.holds(role) for role in ALL):
        return rows.filter(own | ~Q(state=State.DRAFT))
    groups = Q(group__code__in=stamp.scopes(*OF_A_GROUP) - {""})
    bodies = Q(body__code__in=stamp.scopes(Role.EXECUTOR) - {""})
    return rows.filter(own | ((groups | bodies) & ~Q(state=State.DRAFT)))


def carried_by(stamp: Stamp, plan: PlanVersion) -> list[Proposal]:
    """The proposals that a plan carries out, as far as this person may know of them."""
    over = (State.REJECTED, State.WITHDRAWN)
    return list(visible_to(stamp).filter(plan=plan).exclude(state__in=over).order_by("pk"))


def gap(place: str, pillar: str, goal: int, edition: int | None = None) -> Found:
    """The gap of one pillar in an edition, by default the latest; refuses with `NoSuchPillar`."""
    survey = releases.survey(edition or releases.latest())
    told = explain(survey, place, to_rank=goal)
    return found(survey, place, pillar, told)


def scopes(row: Proposal) -> tuple[str, ...]:
    """The codes of the group and the body that a proposal is of."""
    codes = (row.group.code if row.group else "", row.body.code if row.body else "")
    return tuple(code for code in codes if code) or ("",)
