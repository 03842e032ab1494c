"""Working groups: what each answers for, and who sits in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from marra.commission.queries import assignments, obligations, proposals, sessions
from marra.commission.queries import groups as queries
from marra.commission.queries.obligations import Line
from marra.commission.rules.groups import COMMISSION, Seat
from marra.commission.rules.obligations import State, counts
from marra.door import stamp
from marra.evidence.rules.indicators import indicators
from marra.people.queries import names
from marra.people.rules.rights import Stamp
from marra.web.commission.obligations import MOST, said
from marra.web.commission.standing import told
from marra.web.evidence import words
from marra.web.gate import may
from marra.web.kept import rests_on_records

if TYPE_CHECKING:
    from marra.commission.models.groups import Group, Member


@dataclass(frozen=True, slots=True)
class Card:
    """One group as the list shows it."""

    group: "Group"
    head: str
    members: int
    tasks: str
    met: int
    overdue: int
    obligations: int
    indicators: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody who sits or sat in a group."""

    member: "Member"
    seat: str
    body: str


@rests_on_records
def index(request: HttpRequest) -> HttpResponse:
    """The groups that are open, and the Commission itself."""
    who = stamp(request)
    groups, sitting = queries.every(who), queries.sitting(who)
    lines = {line.row.pk: line for line in obligations.board(who)}
    cards = [_card(each, sitting[each.pk], lines) for each in groups if each.closed_at is None]
    context = {
        "cards": cards,
        "today": who.at.date(),
        "complete": sum(bool(card.members and card.indicators) for card in cards),
        "assumed": any(card.group.basis == "assumed" for card in cards),
        "commission": _sitters(sitting[None]),
        "closed": [each for each in groups if each.closed_at],
        "may_open": may(who, "commission", "group.opened"),
        "may_seat": may(who, "commission", "member.added"),
        "code": COMMISSION,
        "done": request.GET.get("done"),
    }
    return render(request, "commission/groups.html", context)


@rests_on_records
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One group: tasks, obligations with how they stand, indicators, members and their history."""
    who = stamp(request)
    group = queries.visible_to(who).named(code)
    lines = obligations.board(who, group.code)
    roster = queries.roster(who, group)
    context = {
        "group": group,
        "tasks": list(group.clauses.select_related("act")),
        "lines": [(line.row.code, said(line.row.what), told(line)) for line in lines],
        "tally": _tally(lines),
        "indicators": _indicators(group.indicators),
        "sitting": _sitters([each for each in roster if not each.until]),
        "left": _sitters([each for each in roster if each.until]),
        "assignments": list(assignments.visible_to(who).filter(group=group)[:MOST]),
        "proposals": list(proposals.visible_to(who).filter(group=group)[:MOST]),
        "meetings": sessions.of_group(who, group, MOST),
        "may_call": group.closed_at is None and may(who, "commission", "session.called", code),
        "done": request.GET.get("done"),
        **_work(who, group, roster),
    }
    return render(request, "commission/group.html", context)


@rests_on_records
def commission(request: HttpRequest) -> HttpResponse:
    """Who sits and sat in the Commission itself."""
    who = stamp(request)
    roster = queries.roster(who, None)
    context = {
        "sitting": _sitters([each for each in roster if not each.until]),
        "left": _sitters([each for each in roster if each.until]),
        "may_seat": may(who, "commission", "member.added"),
        "accounts": _accounts(roster) if may(who, "commission", "member.added") else {},
        "code": COMMISSION,
        "done": request.GET.get("done"),
    }
    return render(request, "commission/commission.html", context)


def _work(who: Stamp, group: "Group", roster: Sequence["Member"]) -> dict[str, object]:
    """What this person may do with the group, and the accounts behind its members."""
    is_open = group.closed_at is None
    may_seat = is_open and may(who, "commission", "member.added", group.code)
    return {
        "may_change": is_open and may(who, "commission", "group.changed"),
        "may_close": is_open and may(who, "commission", "group.closed"),
        "may_seat": may_seat,
        "accounts": _accounts(roster) if may_seat else {},
        "code": group.code,
    }


def _accounts(roster: Sequence["Member"]) -> dict[str, str]:
    return names({each.account for each in roster if each.account})


def _card(group: "Group", sitting: Sequence["Member"], lines: Mapping[int, Line]) -> Card:
    own = [lines[each.pk] for each in group.obligations.all() if each.pk in lines]
    tally = counts([line.standing for line in own])
    head = next((each.full_name for each in sitting if each.role == "head"), "")
    return Card(
        group=group,
        head=head,
        members=len(sitting),
        tasks=", ".join(f"{each.act.number}, {each.number}" for each in group.clauses.all()),
        met=tally[State.MET],
        overdue=tally[State.OVERDUE],
        obligations=len(own),
        indicators=_indicators(group.indicators),
    )


def _tally(lines: Sequence[Line]) -> list[tuple[str, int]]:
    found = counts([line.standing for line in lines])
    return [(_(state.value), n) for state, n in found.items() if n]


def _indicators(codes: Sequence[str]) -> list[tuple[str, str]]:
    known = indicators()
    return [(code, words.name(known[code])) for code in codes if code in known]


def _sitters(members: Sequence["Member"]) -> list[Sitter]:
    return [
        Sitter(
            member=each,
            seat=_(Seat[each.role.upper()].value),
            body=said(each.body.names) if each.body else "",
        )
        for each in members
    ]
