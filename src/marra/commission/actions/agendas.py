"""Put items on the agenda of a session, change their order and words, and take them off."""

from django.db import transaction

from marra.commission.actions import proposals
from marra.commission.models.plans import PlanVersion
from marra.commission.models.proposals import Proposal
from marra.commission.models.sessions import AgendaItem, Session
from marra.commission.queries import plans
from marra.commission.queries import proposals as known
from marra.commission.queries import sessions as queries
from marra.commission.rules import sessions as rules
from marra.commission.rules.proposals import State as ProposalState
from marra.commission.rules.sessions import State
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def add_item(
    stamp: Stamp,
    session: str,
    *,
    title: str = "",
    speaker: str = "",
    proposal: str = "",
    plan: str = "",
) -> AgendaItem:
    """Put an item at the end of an agenda; it may be about a proposal or a plan.

    Without a title it is called like the proposal or the plan.
    """
    row = queries.locked(stamp, session)
    stamp.require(*rights("commission")["item.added"], of=queries.scope(row))
    rules.agenda_open(State(row.state), title=row.title)
    taken = _taken(stamp, row, proposal) if proposal else None
    planned = plans.visible_to(stamp).named(plan) if plan else None
    made = AgendaItem.objects.create(
        code=fresh_code("item"),
        session=row,
        number=len(queries.items(row)) + 1,
        title=rules.checked_line(title or _called(taken, planned)),
        speaker=" ".join(speaker.split())[:200],
        proposal=taken,
        plan=planned,
    )
    record(stamp, "item.added", made.code, session=session, proposal=proposal, plan=plan)
    return made


@transaction.atomic
def change_item(
    stamp: Stamp, code: str, *, version: int, title: str, speaker: str = "", number: int = 0
) -> AgendaItem:
    """Change the words of an item, and its place in the agenda if a number is given.

    Refuses with `ItemChanged`, naming the fields, if somebody was quicker.
    """
    found = queries.items_for(stamp).named(code)
    row = queries.locked(stamp, found.session.code)
    stamp.require(*rights("commission")["item.changed"], of=queries.scope(row))
    rules.agenda_open(State(row.state), title=row.title)
    item = queries.item_as_seen(code, version)
    told = {
        "title": rules.checked_line(title),
        "speaker": " ".join(speaker.split())[:200],
        "number": number or item.number,
    }
    changed = [name for name, value in told.items() if getattr(item, name) != value]
    item.title, item.speaker, item.version = str(told["title"]), str(told["speaker"]), version + 1
    item.save(update_fields=["title", "speaker", "version"])
    if "number" in changed:
        _place(row, code, number)
    item.refresh_from_db()
    record(stamp, "item.changed", code, version=item.version, fields=",".join(changed))
    return item


@transaction.atomic
def remove_item(stamp: Stamp, code: str) -> AgendaItem:
    """Take an item off the agenda, if nothing was written about it yet."""
    found = queries.items_for(stamp).named(code)
    row = queries.locked(stamp, found.session.code)
    stamp.require(*rights("commission")["item.removed"], of=queries.scope(row))
    rules.agenda_open(State(row.state), title=row.title)
    item = AgendaItem.all().select_related("proposal").named(code)
    if item.minutes or item.decisions.filter(removed_at=None).exists():
        raise rules.ItemWritten(number=item.number)
    item.removed_at = stamp.at
    item.save(update_fields=["removed_at"])
    if item.proposal is not None and item.proposal.state == ProposalState.ON_AGENDA:
        proposals.leave(stamp, item.proposal.code)
    _place(row)
    record(stamp, "item.removed", code, session=row.code)
    return item


def _taken(stamp: Stamp, row: Session, code: str) -> Proposal:
    """The proposal, from now on on an agenda."""
    proposal = known.visible_to(stamp).named(code)
    if row.group is not None and proposal.group != row.group:
        raise rules.ForeignProposal(title=proposal.title)
    return proposals.take(stamp, code)


def _called(proposal: Proposal | None, plan: PlanVersion | None) -> str:
    if proposal is not None:
        return proposal.title
    return plan.title if plan is not None else ""


def _place(row: Session, moved: str = "", to: int = 0) -> None:
    """Number the items anew, with one of them moved to its place."""
    there = {each.code: each for each in queries.items(row)}
    codes = rules.order(list(there), moved, to) if moved else list(there)
    for number, code in enumerate(codes, start=1):
        if there[code].number != number:
            AgendaItem.objects.filter(code=code).update(number=number)
