"""Make proposals, put them forward, and decide them in a session."""

from django.db import transaction

from marra.commission.models.acts import Obligation
from marra.commission.models.groups import Group
from marra.commission.models.proposals import Proposal
from marra.commission.models.sessions import Decision
from marra.commission.queries import plans
from marra.commission.queries import proposals as queries
from marra.commission.rules import proposals as rules
from marra.commission.rules.proposals import Found, NobodyToCarry, ProposalChanged, State
from marra.inventory.queries.bodies import named
from marra.journal.actions import record
from marra.kit.titles import checked_title
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def make(
    stamp: Stamp,
    *,
    title: str,
    problem: str,
    remedy: str = "",
    place: str,
    group: str = "",
    body: str = "",
    obligation: str = "",
    gap: Found | None = None,
) -> Proposal:
    """Make a proposal as a draft; a gap of the index is kept with the figures it was seen by."""
    scopes = tuple(code for code in (group, body) if code) or ("",)
    stamp.require(*rights("commission")["proposal.made"], of=scopes)
    if not (group or body) and not stamp.scopes(*rights("commission")["proposal.made"]) & {""}:
        raise NobodyToCarry
    made = Proposal.objects.create(
        code=fresh_code("proposal"),
        title=checked_title(title),
        problem=rules.checked_problem(problem),
        remedy=rules.checked_text(remedy),
        place=place,
        group=Group.all().named(group) if group else None,
        body=named(body) if body else None,
        obligation=Obligation.all().named(obligation) if obligation else None,
        indicator=gap.indicator if gap else "",
        edition=gap.edition if gap else None,
        value=gap.value if gap else None,
        goal_value=gap.goal_value if gap else None,
        gap=gap.gap if gap else None,
        state=State.DRAFT,
        made_at=stamp.at,
        made_by=stamp.by,
        moved_at=stamp.at,
    )
    record(stamp, "proposal.made", made.code, indicator=made.indicator, edition=made.edition)
    return made


@transaction.atomic
def change(
    stamp: Stamp, code: str, *, version: int, title: str, problem: str, remedy: str = ""
) -> Proposal:
    """Change a draft; refuses with `ProposalChanged`, naming fields, if somebody was quicker."""
    row = _locked(stamp, code)
    stamp.require(*rights("commission")["proposal.changed"], of=queries.scopes(row))
    rules.still_draft(State(row.state), title=row.title)
    told = {
        "title": checked_title(title),
        "problem": rules.checked_problem(problem),
        "remedy": rules.checked_text(remedy),
    }
    if row.version != version:
        differ = [name for name, value in told.items() if getattr(row, name) != value]
        raise ProposalChanged(fields=", ".join(differ) or "–")
    for name, value in told.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    record(stamp, "proposal.changed", code, version=row.version)
    return row


@transaction.atomic
def put_forward(stamp: Stamp, code: str) -> Proposal:
    """Put a draft forward: it waits for a session, and what it says stays."""
    row = _locked(stamp, code)
    stamp.require(*rights("commission")["proposal.put-forward"], of=queries.scopes(row))
    if not row.remedy:
        raise rules.RemedyMissing
    _move(stamp, row, "put-forward")
    record(stamp, "proposal.put-forward", code)
    return row


@transaction.atomic
def withdraw(stamp: Stamp, code: str) -> Proposal:
    """Take a proposal back before a session decides it."""
    row = _locked(stamp, code)
    stamp.require(*rights("commission")["proposal.withdrawn"], of=queries.scopes(row))
    _move(stamp, row, "withdraw")
    record(stamp, "proposal.withdrawn", code)
    return row


@transaction.atomic
def put_into_plan(stamp: Stamp, code: str, *, plan: str, initiative: str) -> Proposal:
    """Say which initiative of a plan on record carries a proposal out."""
    row = _locked(stamp, code)
    stamp.require(*rights("commission")["proposal.planned"])
    carrier = plans.visible_to(stamp).named(plan)
    row.initiative = rules.checked_plan(
        State(row.state),
        title=row.title,
        plan=carrier.title,
        chosen=[each["initiative"] for each in carrier.chosen],
        initiative=initiative,
    )
    row.plan, row.version = carrier, row.version + 1
    row.save(update_fields=["plan", "initiative", "version"])
    record(stamp, "proposal.planned", code, plan=plan, initiative=initiative)
    return row


@transaction.atomic
def take(stamp: Stamp, code: str) -> Proposal:
    """Take what was put forward on the agenda of a session."""
    row = _locked(stamp, code)
    of = row.group.code if row.group else ""
    stamp.require(*rights("commission")["proposal.taken"], of=of)
    _move(stamp, row, "take")
    record(stamp, "proposal.taken", code)
    return row


@transaction.atomic
def leave(stamp: Stamp, code: str) -> Proposal:
    """Let a proposal wait again that a session had on its agenda and did not decide."""
    row = _locked(stamp, code)
    of = row.group.code if row.group else ""
    stamp.require(*rights("commission")["proposal.left"], of=of)
    _move(stamp, row, "leave")
    record(stamp, "proposal.left", code)
    return row


@transaction.atomic
def decide(
    stamp: Stamp, code: str, *, accepted: bool, reason: str, decision: str = ""
) -> Proposal:
    """Accept or reject what was put forward, with a reason and the decision of a session."""
    row = _locked(stamp, code)
    of = row.group.code if row.group else ""
    stamp.require(*rights("commission")["proposal.decided"], of=of)
    row.reason = rules.checked_problem(reason)[:1000]
    row.decision = Decision.all().named(decision) if decision else None
    _move(stamp, row, "accept" if accepted else "reject")
    record(stamp, "proposal.decided", code, accepted=accepted, decision=decision)
    return row


def _locked(stamp: Stamp, code: str) -> Proposal:
    return queries.visible_to(stamp).select_for_update(of=("self",)).named(code)


def _move(stamp: Stamp, row: Proposal, move: str) -> None:
    row.state = rules.step(State(row.state), move, title=row.title)
    row.moved_at, row.version = stamp.at, row.version + 1
    row.save()
