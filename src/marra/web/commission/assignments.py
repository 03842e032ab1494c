"""Assignments: the list by what is asked for, and one with its way, proof and next steps."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.commission.queries import assignments as queries
from marra.commission.queries import groups
from marra.commission.queries.assignments import Asked
from marra.commission.queries.duplicates import similar
from marra.commission.rules.assignments import OPEN, OWED, TOLD, State, days_left, is_overdue
from marra.commission.rules.removals import GROUNDS, Ground
from marra.door import say, stamp
from marra.evidence.rules.indicators import indicators
from marra.inventory.queries.bodies import bodies
from marra.people.queries import names
from marra.people.rules.rights import Stamp
from marra.web.commission.obligations import said
from marra.web.commission.proving import day_field
from marra.web.evidence import words
from marra.web.files import sent
from marra.web.forms import PageForm
from marra.web.gate import for_staff, may

if TYPE_CHECKING:
    from marra.commission.models.assignments import Assignment

PAGE: Final = 50

STATES: Final = (
    ("", gettext_noop("all")),
    ("open", gettext_noop("under control")),
    ("overdue", gettext_noop("overdue")),
    ("to-judge", gettext_noop("waiting for a judge")),
    *((state.value, TOLD[state]) for state in State),
)
"""What the filter of states offers, by its word in the address."""


class Filter(PageForm):
    """What is asked for."""

    q = forms.CharField(label=_("Words or number"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False)
    body = forms.ChoiceField(label=_("State body"), required=False)
    group = forms.ChoiceField(label=_("Working group"), required=False)
    due = day_field(gettext_noop("Due by (day.month.year)"), required=False)

    def __init__(self, *args: object, who: Stamp, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        every = [("", gettext("all"))]
        choices = {
            "state": [(code, gettext(label)) for code, label in STATES],
            "body": every + sorted(((b.code, said(b.names)) for b in bodies()), key=by_name),
            "group": every + [(g.code, said(g.names)) for g in groups.standing(who)],
        }
        for name, found in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = found

    def asked(self) -> Asked:
        """What the address asks for; a field that makes no sense asks for nothing."""
        given = self.cleaned_data if self.is_valid() else {}
        return Asked(
            words=given.get("q", ""),
            state=given.get("state", ""),
            body=given.get("body", ""),
            group=given.get("group", ""),
            due_by=given.get("due"),
        )


def by_name(choice: tuple[str, str]) -> str:
    """The second of a pair: choices are sorted by what people read."""
    return choice[1]


@dataclass(frozen=True, slots=True)
class Line:
    """One assignment as lists and its own page tell it."""

    row: "Assignment"
    body: str
    state: str
    overdue: bool
    days: int  # working days left; negative when over

    @property
    def over(self) -> int:
        """Working days since the deadline."""
        return -self.days

    @property
    def owed(self) -> bool:
        """Whether the body still owes something."""
        return self.row.state in OWED


def line(row: "Assignment", today: date) -> Line:
    """One assignment, told on a day."""
    state = State(row.state)
    return Line(
        row=row,
        body=said(row.lead.names),
        state=gettext(TOLD[state]),
        overdue=is_overdue(state, row.deadline, today),
        days=days_left(row.deadline, today),
    )


@for_staff
def index(request: HttpRequest) -> HttpResponse:
    """The assignments this person may know of, as the address asks for them."""
    who = stamp(request)
    today = who.at.date()
    form = Filter(request.GET or None, who=who)
    rows = queries.asked_for(queries.visible_to(who), form.asked(), today)
    page = max(int(number), 1) if (number := request.GET.get("page", "1")).isdecimal() else 1
    page = min(page, 10_000)
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    context = {
        "form": form,
        "lines": [line(each, today) for each in found[:PAGE]],
        "count": rows.count(),
        "tally": queries.counts(who, today),
        "page": page,
        "less": page - 1,
        "more": page + 1 if len(found) > PAGE else None,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "may_make": any(may(who, "commission", "assignment.made", of) for _role, of in who.roles),
        "done": request.GET.get("done"),
    }
    return render(request, "commission/assignments.html", context)


@for_staff
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One assignment: what, who, by when; checkpoints, proof, verdicts, and what comes next."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    submitted = queries.submissions(row)
    asked = list(row.asked.all())
    removal = getattr(row, "removal", None)
    people = {row.made_by, row.delegated_to}
    people |= {each.made_by for each in submitted} | {each.asked_by for each in asked}
    people |= {verdict.made_by for each in submitted for verdict in each.verdicts.all()}
    context = {
        "line": line(row, who.at.date()),
        "row": row,
        "helpers": [said(each.names) for each in row.co_executors.all()],
        "indicator": words.name(indicators()[row.indicator])
        if row.indicator in indicators()
        else "",
        "checkpoints": list(row.checkpoints.all()),
        "submissions": submitted,
        "asked": asked,
        "removal": removal,
        "ground": gettext(GROUNDS[Ground(removal.ground)]) if removal else "",
        "names": names({code for code in people if code}),
        "steps": steps(who, row),
        "alike": similar(who, row.title, lead=row.lead.code, besides=row.code, most=3)
        if row.state in OPEN and may(who, "commission", "assignment.removed")
        else [],
        "today": who.at.date(),
        "done": request.GET.get("done"),
    }
    return render(request, "commission/assignment.html", context)


@for_staff
def proof(request: HttpRequest, code: str, file: str) -> HttpResponse:
    """A file of a submission, for those who may know of the assignment."""
    row = queries.visible_to(stamp(request)).named(code)
    return sent(queries.file_of(row, file))


STEPS: Final = (
    ("give", "assignment.given", gettext_noop("Give it to the body"), {State.DRAFT}),
    ("start", "assignment.started", gettext_noop("Start"), {State.NEW, State.RETURNED}),
    ("submit", "assignment.submitted", gettext_noop("Submit with proof"), OWED),
    ("report", "assignment.reported", gettext_noop("Report progress"), OWED),
    ("more-time", "extension.asked", gettext_noop("Ask for more time"), OWED),
    ("answer", "extension.answered", gettext_noop("Answer about more time"), OWED),
    ("judge-in-group", "assignment.group-judged", gettext_noop("Judge it"), {State.SUBMITTED}),
    ("judge", "assignment.judged", gettext_noop("Judge it"), {State.SUBMITTED}),
    ("judge", "assignment.judged", gettext_noop("Judge it"), {State.GROUP_ACCEPTED}),
    ("change", "assignment.changed", gettext_noop("Change it"), OPEN | {State.DRAFT}),
    ("remove", "assignment.removed", gettext_noop("Take it from control"), OPEN),
)
"""Steps by their word in the address, the deed, what the button says, and when they are open."""

OF_THE_GROUP: Final = frozenset(
    {"assignment.given", "assignment.group-judged", "assignment.changed"}
)
OF_THE_COMMISSION: Final = frozenset(
    {"extension.answered", "assignment.judged", "assignment.removed"}
)


def steps(who: Stamp, row: "Assignment") -> list[tuple[str, str]]:
    """What this person may do next with an assignment: the address's word and the button's."""
    waits = row.asked.filter(granted=None).exists()
    found = []
    for word, deed, label, states in STEPS:
        of = queries.group_of(row) if deed in OF_THE_GROUP else row.lead.code
        of = "" if deed in OF_THE_COMMISSION else of
        fits = row.state in states and may(who, "commission", deed, of)
        if fits and _sensible(row, word, waits=waits):
            found.append((word, say(label, {})))
    return found


def _sensible(row: "Assignment", word: str, *, waits: bool) -> bool:
    """Whether a step makes sense now: no second question, no judge before the group's."""
    match word:
        case "more-time":
            return not waits
        case "answer":
            return waits
        case "judge-in-group":
            return row.group is not None
        case "judge":
            return row.group is None or row.state == State.GROUP_ACCEPTED
        case _:
            return True
