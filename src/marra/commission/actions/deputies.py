"""Appoint deputies, end what ran out, and give and take the role that goes with it."""

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from marra.commission.models.assignments import Deputy
from marra.commission.queries import deputies as queries
from marra.commission.rules import deputies as rules
from marra.commission.rules.removals import DocumentMissing
from marra.journal.actions import record
from marra.people import actions as people
from marra.people import queries as accounts
from marra.people.rules.appointments import AlreadyAppointed, NotAppointed, as_fact
from marra.people.rules.rights import Role, Stamp, rights
from marra.store import fresh_code

if TYPE_CHECKING:
    from marra.people.models import Account


@transaction.atomic
def appoint_deputy(
    stamp: Stamp,
    *,
    body: str,
    role: str,
    account: str,
    for_account: str,
    document: str,
    since: date,
    until: date,
) -> Deputy:
    """Let somebody act for somebody else in a body or group; both by the names they sign in with.

    The role is given at once, or by `settle_deputies` on the day it begins.
    """
    stamp.require(*rights("commission")["deputy.appointed"])
    kind = rules.checked_role(role, body)
    rules.checked_period(since, until, stamp.at.date())
    who, behalf = (accounts.by_name(_elevated(stamp), name) for name in (account, for_account))
    _check(kind, body, who, behalf, since, until)
    if not document.strip():
        raise DocumentMissing
    made = Deputy.objects.create(
        code=fresh_code("deputy"),
        body=body,
        role=kind,
        account=who.code,
        for_account=behalf.code,
        document=" ".join(document.split())[:300],
        since=since,
        until=until,
        made_at=stamp.at,
        made_by=stamp.by,
    )
    if since <= stamp.at.date():
        _give(stamp, made)
    record(stamp, "deputy.appointed", made.code, body=body, role=as_fact(kind), account=who.code)
    return made


@transaction.atomic
def end_deputy(stamp: Stamp, code: str) -> Deputy:
    """End a deputyship now; the role goes if it came with it."""
    made = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("commission")["deputy.ended"])
    if made.ended_at is not None:
        raise rules.DeputyshipOver
    _end(stamp, made)
    record(stamp, "deputy.ended", code, body=made.body, account=made.account)
    return made


@transaction.atomic
def settle_deputies(stamp: Stamp) -> int:
    """Give the role to those whose deputyship begins today, end those that ran out; how many."""
    stamp.require(*rights("commission")["deputies.settled"])
    today = stamp.at.date()
    open_ones = queries.visible_to(stamp).select_for_update().filter(ended_at=None)
    over = list(open_ones.filter(until__lt=today))
    begun = [
        each
        for each in open_ones.filter(since__lte=today, until__gte=today, gave_role=False)
        if not _holds(each)
    ]
    for each in over:
        _end(stamp, each)
    for each in begun:
        _give(stamp, each)
    if over or begun:
        record(stamp, "deputies.settled", "deputies", begun=len(begun), ended=len(over))
    return len(over) + len(begun)


def _check(
    role: Role, body: str, who: "Account", behalf: "Account", since: date, until: date
) -> None:
    if who == behalf:
        raise rules.OwnDeputy
    if not accounts.holding(role, body).filter(pk=behalf.pk).exists():
        raise rules.NobodyToActFor(name=behalf.name, role=role)
    same = Q(body=body, role=role, account=who.code, since__lte=until, until__gte=since)
    if Deputy.objects.filter(same, ended_at=None).exists():
        raise rules.ActsAlready(name=who.name)


def _holds(made: Deputy) -> bool:
    return accounts.holding(Role(made.role), made.body).filter(code=made.account).exists()


def _give(stamp: Stamp, made: Deputy) -> None:
    with suppress(AlreadyAppointed):  # held before, so it stays when the deputyship ends
        people.appoint(_elevated(stamp), made.account, role=made.role, body=made.body)
        made.gave_role = True
        made.save(update_fields=["gave_role"])


def _end(stamp: Stamp, made: Deputy) -> None:
    made.ended_at = stamp.at
    made.save(update_fields=["ended_at"])
    if made.gave_role:
        with suppress(NotAppointed):  # an administrator took it before
            people.dismiss(_elevated(stamp), made.account, role=made.role, body=made.body)


def _elevated(stamp: Stamp) -> Stamp:
    """The stamp with which the role is given: whoever appoints deputies may give it there."""
    return Stamp(stamp.by, stamp.at, stamp.roles | {(Role.ADMINISTRATOR, "")})
