"""Sessions: the list, one with its agenda and decisions, and the steps it goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.commission.actions import sessions as actions
from marra.commission.queries import groups, signatures
from marra.commission.queries import minutes as minuted
from marra.commission.queries import sessions as queries
from marra.commission.rules.groups import COMMISSION
from marra.commission.rules.sessions import (
    ALIVE,
    OUTCOMES,
    TOLD,
    Outcome,
    State,
    lacking,
)
from marra.door import stamp
from marra.people.rules.rights import Stamp
from marra.store import NothingNamed
from marra.web.commission.obligations import said
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_staff, may

if TYPE_CHECKING:
    from marra.commission.models.sessions import AgendaItem, Decision, Session

PAGE: Final = 50
SIGNS: Final[Mapping[str, str]] = {
    State.OPEN: "warn",
    State.PLANNED: "calm",
    State.CLOSED: "good",
    State.CANCELLED: "soft",
}
"""The colour that goes with each state; never alone."""


def whose(row: "Session") -> str:
    """Whose session it is, in words."""
    if row.group is None:
        return gettext("the Commission")
    return f"{row.group.number}. {said(row.group.names)}"


class Filter(PageForm):
    """Which sessions are asked for."""

    body = forms.ChoiceField(label=_("Whose"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args: Any, who: Stamp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", gettext("all"))]
        bodies = [(each.code, said(each.names)) for each in groups.standing(who)]
        offered = {
            "body": [*every, (COMMISSION, gettext("the Commission")), *bodies],
            "state": every + [(state.value, gettext(told)) for state, told in TOLD.items()],
            "year": every + [(str(year), str(year)) for year in queries.years(who)],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def asked(self) -> queries.Asked:
        """What the address asks for; a field that makes no sense asks for nothing."""
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        year = given.get("year") or "0"
        return queries.Asked(given.get("body", ""), given.get("state", ""), int(year) or None)


# ── Pages ────────────────────────────────────────────────────────────────────────────────────


@for_staff
def index(request: HttpRequest) -> HttpResponse:
    """The sessions this person may know of; the one that is open or comes next is told first."""
    who = stamp(request)
    form = Filter(request.GET or None, who=who)
    rows = queries.asked_for(queries.visible_to(who), form.asked())
    given = request.GET.get("page", "")
    page = int(given) if given.isdecimal() and 0 < int(given) < 100_000 else 1
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    coming = queries.coming(who, who.at)
    context = {
        "form": form,
        "lines": [_line(each) for each in found[:PAGE]],
        "count": rows.count(),
        "coming": coming,
        "coming_whose": whose(coming) if coming else "",
        "page": page,
        "less": page - 1,
        "more": page + 1 if len(found) > PAGE else None,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "may_call": any(may(who, "commission", "session.called", of) for _r, of in who.roles),
        "done": request.GET.get("done"),
    }
    return render(request, "commission/sessions.html", context)


def _line(row: "Session") -> dict[str, Any]:
    state = State(row.state)
    return {
        "row": row,
        "whose": whose(row),
        "state": gettext(TOLD[state]),
        "sign": SIGNS[state],
    }


@for_staff
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One session: agenda, minutes, decisions with their assignments, who came, signatures."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    items, came = queries.items(row), queries.attendances(row)
    signed = list(signatures.under(code))
    told = [Told(each, [decision(d) for d in each.decisions.all()]) for each in items]
    context = {
        **_line(row),
        "items": told,
        "next": next((each for each in told if not each.is_told), None),
        "present": [each for each in came if each.present],
        "absent": [each for each in came if not each.present],
        "signed": [(each, signatures.still_holds(each, row)) for each in signed],
        "intact": row.state != State.CLOSED or minuted.is_intact(row),
        "steps": _steps(who, row),
        "is_alive": row.state in ALIVE,
        "is_open": row.state == State.OPEN,
        "is_closed": row.state == State.CLOSED,
        **_may(who, row),
        "done": request.GET.get("done"),
    }
    return render(request, "commission/session.html", context)


@dataclass(frozen=True, slots=True)
class Told:
    """One item of the agenda with what was decided about it."""

    row: "AgendaItem"
    decisions: list[tuple["Decision", str]]

    @property
    def is_told(self) -> bool:
        """Whether minutes or a decision are there."""
        return bool(self.row.minutes or self.decisions)


def decision(row: "Decision") -> tuple["Decision", str]:
    """A decision with its outcome in words."""
    return row, gettext(OUTCOMES[Outcome(row.outcome)])


def _may(who: Stamp, row: "Session") -> dict[str, bool]:
    """What this person may do with a session, whatever state it is in."""
    of = queries.scope(row)
    deeds = {
        "may_change": "session.changed",
        "may_list": "item.added",
        "may_write": "minutes.written",
        "may_sign": "session.signed",
    }
    return {name: may(who, "commission", deed, of) for name, deed in deeds.items()}


STEPS: Final[Mapping[str, tuple[str, str, str, str, frozenset[State]]]] = {
    "open": (
        "session.opened",
        gettext_noop("Open the session"),
        gettext_noop("Open the session?"),
        gettext_noop("From now on minutes and decisions are written, until they are closed."),
        frozenset({State.PLANNED}),
    ),
    "close": (
        "session.closed",
        gettext_noop("Close the minutes"),
        gettext_noop("Close the minutes?"),
        gettext_noop(
            "The minutes get their number and never change again. Assignments are given to their "
            "bodies, and the proposals are decided."
        ),
        frozenset({State.OPEN}),
    ),
    "cancel": (
        "session.cancelled",
        gettext_noop("Cancel the session"),
        gettext_noop("Cancel the session?"),
        gettext_noop("It stays in the list. Proposals on its agenda wait for another session."),
        frozenset({State.PLANNED}),
    ),
}
"""Steps by their word in the address: deed, button, question, what follows, when it is open."""

ACTS: Final[Mapping[str, Any]] = {
    "open": actions.open_session,
    "close": actions.close_session,
    "cancel": actions.cancel_session,
}


@for_staff
def step(request: HttpRequest, code: str, word: str) -> HttpResponseBase:
    """Ask, then take a step; before closing, what is missing is told."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    if word not in STEPS:
        raise NothingNamed(kind="page", code=word)
    _deed, label, question, follows, _states = STEPS[word]
    refused = Refused()
    if request.method == "POST":
        with refusals_into(refused):
            ACTS[word](who, code)
            return back(code, word)
    context = {
        "row": row,
        "whose": whose(row),
        "label": gettext(label),
        "question": gettext(question),
        "follows": gettext(follows),
        "lacks": [each.value for each in lacking(minuted.draft(row))] if word == "close" else [],
    }
    return answer(request, "commission/session_step.html", refused, None, **context)


def _steps(who: Stamp, row: "Session") -> list[tuple[str, str]]:
    """What this person may do next: the address's word and the button's."""
    of = queries.scope(row)
    return [
        (word, gettext(label))
        for word, (deed, label, _question, _follows, states) in STEPS.items()
        if row.state in states and may(who, "commission", deed, of)
    ]


def back(code: str, done: str) -> HttpResponse:
    """To the page of the session, which says what was done."""
    return redirect(f"{reverse('session', args=[code])}?done={done}")
