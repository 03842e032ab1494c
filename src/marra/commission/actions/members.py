"""Enter who sits in a working group, or in the Commission itself, and end a membership.

A member with an account is appointed to the role that goes with the seat, and dismissed from it
when the membership ends. For a group the right to enter members is enough for that, since the role
reaches no further than the group. The seats of the Commission reach everywhere, so their roles are
given by an administrator alone.
"""

from contextlib import suppress
from datetime import date

from django.db import transaction

from marra.commission.models.groups import Group, Member
from marra.commission.queries import groups as queries
from marra.commission.rules.groups import (
    SINGLE,
    GroupClosed,
    MemberGone,
    MemberSits,
    Seat,
    SeatTaken,
    checked_seat,
    checked_term,
    role_of,
)
from marra.inventory.queries import bodies
from marra.journal.actions import record
from marra.kit.titles import checked_title
from marra.people import actions as people
from marra.people import queries as accounts
from marra.people.rules.appointments import AlreadyAppointed, NotAppointed
from marra.people.rules.rights import Role, Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def add_member(
    stamp: Stamp,
    code: str,
    *,
    full_name: str,
    seat: str,
    since: date,
    position: str = "",
    body: str = "",
    document: str = "",
    account: str = "",
) -> Member:
    """Enter a member of a group, or of the `commission`; `account` is a name to sign in with."""
    group = queries.named(stamp, code)
    stamp.require(*rights("commission")["member.added"], of=queries.scope(group))
    if group is not None and group.closed_at is not None:
        raise GroupClosed(name=group.name)
    name = checked_title(full_name)
    taken = checked_seat(seat, in_commission=group is None)
    checked_term(since, None, stamp.at.date())
    _check_seat(group, name, taken)
    holder = accounts.by_name(_elevated(stamp, group), account).code if account else ""
    member = Member.objects.create(
        code=fresh_code("member"),
        group=group,
        full_name=name,
        position=position.strip()[:200],
        role=taken.name.lower(),
        body=bodies.named(body) if body else None,
        account=holder,
        document=document.strip()[:300],
        since=since,
    )
    _appoint(stamp, member, taken)
    record(stamp, "member.added", member.code, group=code, seat=member.role)
    return member


@transaction.atomic
def end_member(stamp: Stamp, code: str, *, until: date) -> Member:
    """End a membership on a day; it stays in the history."""
    member = queries.members_for(stamp).select_for_update(of=("self",)).named(code)
    stamp.require(*rights("commission")["member.ended"], of=queries.scope(member.group))
    if member.until is not None:
        raise MemberGone(name=member.full_name)
    checked_term(member.since, until, stamp.at.date())
    member.until = until
    member.save(update_fields=["until"])
    _dismiss(stamp, member)
    record(stamp, "member.ended", code, group=queries.scope(member.group) or "commission")
    return member


def _check_seat(group: Group | None, name: str, seat: Seat) -> None:
    """Nobody sits twice in one place, and some seats are for one person."""
    sitting = Member.objects.filter(group=group, until=None)
    if same := sitting.filter(full_name=name).first():
        raise MemberSits(name=same.full_name)
    if seat in SINGLE and (other := sitting.filter(role=seat.name.lower()).first()):
        raise SeatTaken(name=other.full_name)


def _appoint(stamp: Stamp, member: Member, seat: Seat) -> None:
    role = role_of(seat, in_commission=member.group is None)
    if not member.account or role is None:
        return
    scope = queries.scope(member.group)
    with suppress(AlreadyAppointed):  # it was given before, and the seat is its reason from now on
        people.appoint(_elevated(stamp, member.group), member.account, role=role, body=scope)


def _dismiss(stamp: Stamp, member: Member) -> None:
    role = role_of(Seat[member.role.upper()], in_commission=member.group is None)
    if not member.account or role is None:
        return
    others = Member.objects.filter(group=member.group, account=member.account, until=None)
    if others.filter(role=member.role).exists():
        return
    scope = queries.scope(member.group)
    with suppress(NotAppointed):  # an administrator took it before
        people.dismiss(_elevated(stamp, member.group), member.account, role=role, body=scope)


def _elevated(stamp: Stamp, group: Group | None) -> Stamp:
    """The stamp with which a role of a group is given: whoever enters members may give it there.

    For the Commission it stays the stamp itself: only an administrator gives roles everywhere.
    """
    if group is None:
        return stamp
    return Stamp(stamp.by, stamp.at, stamp.roles | {(Role.ADMINISTRATOR, "")})
