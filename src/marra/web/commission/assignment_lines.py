"""What lists of assignments share: what an address asks for, and how one of them is told.

Source: ours.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from marra.commission.queries import acts, groups
from marra.commission.queries.assignments import Asked
from marra.commission.rules.assignments import (
    OWED,
    TOLD,
    State,
    days_left,
    is_overdue,
)
from marra.evidence.rules.indicators import indicators
from marra.inventory.queries.bodies import choices as bodies
from marra.people.rules.rights import Stamp
from marra.web import formats, layout
from marra.web.commission.obligations import said
from marra.web.commission.proving import day_field
from marra.web.evidence import words
from marra.web.forms import PageForm

if TYPE_CHECKING:
    from marra.commission.models.assignments import Assignment
    from marra.evidence.models.observations import Observation

SOON: Final = 10
"""Working days before a deadline from which it is called near; ours."""

STATES: Final = (
    ("", gettext_noop("all")),
    ("open", gettext_noop("under control")),
    ("overdue", gettext_noop("overdue")),
    ("to-judge", gettext_noop("waits for a verdict")),
    *((state.value, TOLD[state]) for state in State),
)
"""What the filter of states offers, by its word in the address."""

PARTS: Final = (
    ("", gettext_noop("leads or helps")),
    ("lead", gettext_noop("leads")),
    ("helper", gettext_noop("helps")),
)
"""What a body may have to do with it."""


class Filter(PageForm):
    """What is asked for."""

    q = forms.CharField(label=_("Words or number"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False)
    body = forms.ChoiceField(label=_("State body"), required=False)
    part = forms.ChoiceField(label=_("Its part"), required=False)
    group = forms.ChoiceField(label=_("Working group"), required=False)
    indicator = forms.ChoiceField(label=_("Indicator"), required=False)
    act = forms.ChoiceField(label=_("Act"), required=False)
    due = day_field(gettext_noop("Due by (day.month.year)"), required=False)

    def __init__(self, *args: Any, who: Stamp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", gettext("all"))]
        language = layout.language()
        choices = {
            "state": [(code, gettext(label)) for code, label in STATES],
            "body": every + bodies(language),
            "part": [(code, gettext(label)) for code, label in PARTS],
            "group": every + open_groups(who),
            "indicator": every + [(c, words.name(each)) for c, each in indicators().items()],
            "act": every
            + [(a.code, a.named.into(language)) for a in acts.standing(who).defer("document")],
        }
        for name, found in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = found

    def asked(self) -> Asked:
        """What the address asks for; a field that makes no sense asks for nothing."""
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return Asked(
            words=given.get("q", ""),
            state=given.get("state", ""),
            body=given.get("body", ""),
            part=given.get("part", ""),
            group=given.get("group", ""),
            indicator=given.get("indicator", ""),
            act=given.get("act", ""),
            due_by=given.get("due"),
        )


def open_groups(who: Stamp) -> list[tuple[str, str]]:
    """The groups that are open, to choose from."""
    rows = groups.visible_to(who).filter(closed_at=None)
    return [(each.code, f"{each.number}. {said(each.names)}") for each in rows]


@dataclass(frozen=True, slots=True)
class Line:
    """One assignment as lists and its own page tell it."""

    row: "Assignment"
    body: str
    state: str
    sign: str  # the colour that goes with the words; never alone
    days: str  # how far the deadline is, in working days
    overdue: bool
    owed: bool


def line(row: "Assignment", today: date) -> Line:
    """One assignment, told on a day."""
    state = State(row.state)
    overdue, owed = is_overdue(state, row.deadline, today), state in OWED
    left = days_left(row.deadline, today) if owed else 0
    return Line(
        row=row,
        body=said(row.lead.names),
        state=gettext(TOLD[state]),
        sign=_sign(state, overdue=overdue, left=left),
        days=_days(row, today, left, overdue=overdue, owed=owed),
        overdue=overdue,
        owed=owed,
    )


def _sign(state: State, *, overdue: bool, left: int) -> str:
    if overdue:
        return "bad"
    if state is State.DONE:
        return "good"
    if state is State.RETURNED or (state in OWED and left <= SOON):
        return "warn"
    return "calm" if state in OWED else "soft"


def days_over(due: date, today: date) -> str:
    """How long a day has passed, in words; nothing if it has not."""
    n = (today - due).days
    if n <= 0:
        return ""
    told = ngettext("%(n)s day overdue", "%(n)s days overdue", n)
    return told % {"n": formats.number(n)}


def _days(row: "Assignment", today: date, left: int, *, overdue: bool, owed: bool) -> str:
    if overdue:
        n = max((today - row.deadline).days, 1)
        told = ngettext("%(n)s day overdue", "%(n)s days overdue", n)
    elif owed and left == 0:
        return gettext("due today") if row.deadline == today else gettext("no working day left")
    elif owed:
        n = left
        told = ngettext("%(n)s working day left", "%(n)s working days left", n)
    elif row.delivered_on and row.delivered_on > row.deadline:
        n = (row.delivered_on - row.deadline).days
        told = ngettext("%(n)s day late", "%(n)s days late", n)
    elif row.delivered_on and row.state == State.DONE:
        n = (row.deadline - row.delivered_on).days
        told = ngettext("%(n)s day before the deadline", "%(n)s days before the deadline", n)
    else:
        return ""
    return told % {"n": formats.number(n)}


def value_in_words(value: "Observation") -> str:
    """An observation as a proof: what, how much, of which day."""
    measured = indicators()[value.indicator]
    told = words.with_unit(measured, value.value)
    return f"{words.name(measured)}: {told} ({formats.day(value.day)})"
