"""Call sessions, change and cancel them, open them, and close their minutes.

What a session decided takes effect when its minutes are closed, in the same transaction: the
proposals are decided, the assignments are given, the minutes get their number and are frozen.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marra.commission.actions import assignments, proposals
from marra.commission.models.groups import Group
from marra.commission.models.sessions import AgendaItem, Attendance, Session
from marra.commission.queries import minutes as minuted
from marra.commission.queries import sessions as queries
from marra.commission.queries.groups import roster
from marra.commission.rules import minutes as frozen
from marra.commission.rules import sessions as rules
from marra.commission.rules.assignments import State as TaskState
from marra.commission.rules.proposals import State as ProposalState
from marra.commission.rules.sessions import DECIDES, Outcome, State
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def call_session(
    stamp: Stamp,
    *,
    title: str,
    starts_at: datetime,
    group: str = "",
    venue: str = "",
    chaired_by: str = "",
    kept_by: str = "",
) -> Session:
    """Call a session of the Commission, or of a group; those who sit there are asked to come.

    Who chairs and who keeps the minutes are those who hold the seats, unless others are named.
    """
    stamp.require(*rights("commission")["session.called"], of=group)
    of = Group.all().named(group) if group else None
    seats = {each.role: each.full_name for each in roster(stamp, of) if each.until is None}
    chair = seats.get("head" if of else "chair", "")
    made = Session.objects.create(
        code=fresh_code("session"),
        group=of,
        title=rules.checked_line(title)[:200],
        year=timezone.localtime(starts_at).year,
        starts_at=starts_at,
        venue=" ".join(venue.split())[:200],
        state=State.PLANNED,
        chaired_by=_name(chaired_by) or chair,
        kept_by=_name(kept_by) or seats.get("secretary", ""),
        called_by=stamp.by,
    )
    _invite(stamp, made)
    record(stamp, "session.called", made.code, group=group, year=made.year)
    return made


@transaction.atomic
def change_session(
    stamp: Stamp,
    code: str,
    *,
    version: int,
    title: str,
    starts_at: datetime,
    venue: str = "",
    chaired_by: str = "",
    kept_by: str = "",
) -> Session:
    """Change day, place and people until the minutes are closed.

    Refuses with `SessionChanged`, naming the fields, if somebody was quicker.
    """
    row = queries.locked(stamp, code)
    stamp.require(*rights("commission")["session.changed"], of=queries.scope(row))
    rules.agenda_open(State(row.state), title=row.title)
    if row.version != version:
        raise rules.SessionChanged(
            fields=queries.changed_since(code, version, ["session.changed"])
        )
    told = {
        "title": rules.checked_line(title)[:200],
        "starts_at": starts_at,
        "venue": " ".join(venue.split())[:200],
        "chaired_by": _name(chaired_by),
        "kept_by": _name(kept_by),
    }
    changed = [name for name, value in told.items() if getattr(row, name) != value]
    for name, value in told.items():
        setattr(row, name, value)
    row.year, row.version = timezone.localtime(starts_at).year, version + 1
    row.save()
    record(stamp, "session.changed", code, version=row.version, fields=",".join(changed))
    return row


@transaction.atomic
def cancel_session(stamp: Stamp, code: str) -> Session:
    """Cancel a planned session; the proposals on its agenda wait for another one."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("commission")["session.cancelled"], of=queries.scope(row))
    _move(row, "cancel")
    for item in queries.items(row):
        _leave(stamp, item)
    record(stamp, "session.cancelled", code)
    return row


@transaction.atomic
def open_session(stamp: Stamp, code: str) -> Session:
    """Open a session on its day: from now on minutes and decisions are written."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("commission")["session.opened"], of=queries.scope(row))
    rules.on_its_day(timezone.localtime(row.starts_at).date(), stamp.at.date())
    row.opened_at = stamp.at
    _move(row, "open")
    _invite(stamp, row)
    record(stamp, "session.opened", code)
    return row


@transaction.atomic
def close_session(stamp: Stamp, code: str) -> Session:
    """Close the minutes: what was decided takes effect, and the minutes are numbered and frozen.

    Refuses with `NotReady`, naming what is missing.
    """
    row = queries.locked_with_others(stamp, code)
    stamp.require(*rights("commission")["session.closed"], of=queries.scope(row))
    rules.step(State(row.state), "close", title=row.title)
    rules.ready(minuted.draft(row))
    given = _carry_out(stamp, row)
    row.number, row.closed_at = queries.next_number(row), stamp.at
    row.document = frozen.written(minuted.minutes(row))
    row.digest = frozen.digest(row.document)
    _move(row, "close")
    record(stamp, "session.closed", code, number=row.number, digest=row.digest, given=given)
    return row


def _carry_out(stamp: Stamp, row: Session) -> int:
    """Decide the proposals and give the assignments; how many were given."""
    given = 0
    for decision in queries.decisions(row):
        outcome, proposal = Outcome(decision.outcome), decision.item.proposal
        if proposal is not None and outcome in DECIDES:
            proposals.decide(
                stamp,
                proposal.code,
                accepted=DECIDES[outcome],
                reason=decision.text[:1000],
                decision=decision.code,
            )
        for task in decision.assignments.all():
            if task.state == TaskState.DRAFT:
                assignments.give(stamp, task.code)
                given += 1
    for item in queries.items(row):
        _leave(stamp, item)
    return given


def _leave(stamp: Stamp, item: AgendaItem) -> None:
    """Let the proposal of an item wait for another session, if this one did not decide it."""
    if item.proposal is not None and item.proposal.state == ProposalState.ON_AGENDA:
        proposals.leave(stamp, item.proposal.code)


def _move(row: Session, move: str) -> None:
    row.state = rules.step(State(row.state), move, title=row.title)
    row.version += 1
    row.save()


def _invite(stamp: Stamp, row: Session) -> None:
    """Put those who sit there now on the list of who is asked to come."""
    sitting = [each for each in roster(stamp, row.group) if each.until is None]
    known = {each.full_name for each in queries.attendances(row)}
    Attendance.objects.bulk_create(
        Attendance(session=row, member=each, full_name=each.full_name, position=each.position)
        for each in sitting
        if each.full_name not in known
    )


def _name(told: str) -> str:
    return " ".join(told.split())[:120]
