"""Write in a session: the agenda, and item by item what was heard, decided and assigned.

One page holds one item, so that nothing written about another one can be lost; it leads on to the
next item, and works by keyboard and without script.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.commission.actions import agendas, minutes
from marra.commission.queries import groups
from marra.commission.queries import sessions as queries
from marra.commission.rules.sessions import OUTCOMES, Outcome, State, Task
from marra.door import stamp
from marra.inventory.queries.bodies import choices as bodies
from marra.people.rules.rights import Stamp
from marra.web import layout
from marra.web.commission.obligations import said
from marra.web.commission.proving import day_field
from marra.web.commission.sessions import decision, whose
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_deed

if TYPE_CHECKING:
    from marra.commission.models.sessions import AgendaItem, Session

MOST_TASKS: Final = 8
"""Assignments that one decision can give on one page."""


OFTEN_FIRST: Final = (Outcome.ASSIGNED, Outcome.ACCEPTED, Outcome.NOTED, Outcome.REJECTED)
"""What decisions come to, in the order in which minutes need it."""


class Words(PageForm):
    """What an item is called, who speaks, and where it stands."""

    title = forms.CharField(label=_("What it is about"), max_length=500)
    speaker = forms.CharField(label=_("Speaker"), max_length=200, required=False)
    number = forms.IntegerField(label=_("Place in the agenda"), min_value=1, max_value=99)


class NewItem(PageForm):
    """An item to put on an agenda."""

    title = forms.CharField(
        label=_("What it is about"),
        help_text=_("Left empty: the title of the proposal or the plan."),
        max_length=500,
        required=False,
    )
    speaker = forms.CharField(label=_("Speaker"), max_length=200, required=False)
    proposal = forms.ChoiceField(label=_("Proposal it is about"), required=False)
    plan = forms.ChoiceField(label=_("Plan it is about"), required=False)

    def __init__(self, *args: Any, who: Stamp, row: "Session", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, list[Any]] = {
            "proposal": list(queries.proposals_for(who, row.group)),
            "plan": list(queries.plans_for(who)),
        }
        for name, things in offered.items():
            field = self.fields[name]
            if not things:
                del self.fields[name]
            elif isinstance(field, forms.ChoiceField):
                field.choices = [("", gettext("none")), *((t.code, t.title) for t in things)]


class Writing(PageForm):
    """What was heard about an item, and what was decided."""

    minutes = forms.CharField(
        label=_("What was heard and discussed"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    text = forms.CharField(
        label=_("Decision"),
        help_text=_("One clause of the minutes; write the next one after saving."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    outcome = forms.ChoiceField(
        label=_("What it comes to"),
        required=False,
        choices=[(each.value, _(OUTCOMES[each])) for each in OFTEN_FIRST],
        widget=forms.RadioSelect,
    )


class Assigning(PageForm):
    """An assignment that the decision gives; left empty, it gives none."""

    lead = forms.ChoiceField(label=_("Body that leads"))
    deadline = day_field(gettext_noop("Deadline (day.month.year)"))
    title = forms.CharField(
        label=_("What is to be done"),
        help_text=_("Left empty: the words of the decision."),
        max_length=500,
        required=False,
    )
    head_name = forms.CharField(
        label=_("First head, by name"),
        help_text=_("Left empty: the head of the body."),
        max_length=120,
        required=False,
    )
    group = forms.ChoiceField(label=_("Working group that judges first"), required=False)
    co_executors = forms.MultipleChoiceField(
        label=_("Co-executors"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, empty_permitted=True, **kwargs)
        for name, choices in offered.items():
            field = self.fields[name]
            if not choices:
                del self.fields[name]
            elif isinstance(field, forms.ChoiceField):
                field.choices = choices

    @property
    def is_written(self) -> bool:
        """Whether anything was written in it."""
        return self.is_bound and self.has_changed()

    def task(self) -> Task:
        """What was written, as an action takes it."""
        given = self.cleaned_data
        return Task(**{**given, "co_executors": tuple(given["co_executors"])})


def _offered(who: Stamp, row: "Session") -> dict[str, Any]:
    """What assignments may choose from; in a group's meeting the group is settled."""
    named, nothing = bodies(layout.language()), [("", gettext("choose"))]
    of = [] if row.group else [(each.code, said(each.names)) for each in groups.standing(who)]
    return {
        "lead": nothing + named,
        "group": [("", gettext("none")), *of] if of else [],
        "co_executors": named,
    }


# ── Agenda ───────────────────────────────────────────────────────────────────────────────────


@for_deed("commission", "item.added")
def new(request: HttpRequest, code: str) -> HttpResponseBase:
    """Write the agenda item by item; what is there already stands above."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    given = request.POST or None
    form = NewItem(given, who=who, row=row, initial={"proposal": request.GET.get("proposal")})
    if form.is_valid():
        with refusals_into(form):
            agendas.add_item(who, code, **form.cleaned_data)
            return redirect(f"{reverse('session-item-new', args=[code])}?done=added")
    context = {
        "row": row,
        "whose": whose(row),
        "items": queries.items(row),
        "done": request.GET.get("done"),
    }
    return answer(request, "commission/item_new.html", form, None, **context)


@for_deed("commission", "item.changed")
def words(request: HttpRequest, code: str, item: str) -> HttpResponseBase:
    """Change what an item is called and where it stands, or take it off."""
    who = stamp(request)
    row, there = _there(who, code, item)
    seen = _version(request, there)
    start = {"title": there.title, "speaker": there.speaker, "number": there.number}
    removes = "remove" in request.POST
    form = Words(start if removes else request.POST or None, initial=start)
    if form.is_valid():
        with refusals_into(form):
            if removes:
                agendas.remove_item(who, item)
                return redirect(f"{reverse('session-item-new', args=[code])}?done=removed")
            agendas.change_item(who, item, version=seen, **form.cleaned_data)
            return redirect(f"{reverse('session-item-new', args=[code])}?done=changed")
        _row, there = _there(who, code, item)
    context = {
        "row": row,
        "item": there,
        "version": there.version,
        "stands": there if form.errors and there.version != seen else None,
    }
    return answer(request, "commission/item_change.html", form, None, **context)


# ── Minutes ──────────────────────────────────────────────────────────────────────────────────


@for_deed("commission", "minutes.written")
def write(request: HttpRequest, code: str, item: str) -> HttpResponseBase:
    """Write minutes, a decision and its assignments about one item, and go on to the next."""
    who = stamp(request)
    row, there = _there(who, code, item)
    seen, offered = _version(request, there), _offered(who, row)
    if "more" in request.POST:
        return _page(request, row, there, seen, *_again(request, offered))
    form = Writing(request.POST or None, initial={"minutes": there.minutes})
    tasks = [
        Assigning(request.POST or None, prefix=f"task-{n}", offered=offered)
        for n in range(_rows(request))
    ]
    if form.is_valid() and all(each.is_valid() for each in tasks):
        with refusals_into(form):
            _keep(who, there, seen, form.cleaned_data, tasks)
            return redirect(_onward(request, row, there))
    return _page(request, row, there, seen, form, tasks)


def _keep(
    who: Stamp,
    item: "AgendaItem",
    seen: int,
    given: dict[str, Any],
    written: Sequence[Assigning],
) -> None:
    """Keep what was written about an item, as far as anything was."""
    if given["minutes"].replace("\r\n", "\n").strip() != item.minutes or seen != item.version:
        minutes.write_minutes(who, item.code, version=seen, minutes=given["minutes"])
    tasks = [each.task() for each in written if each.is_written]
    outcome = given["outcome"] or (Outcome.ASSIGNED if tasks else "")
    if given["text"] or outcome:
        told = {"text": given["text"], "outcome": outcome, "tasks": tasks}
        minutes.decide_item(who, item.code, **told)


def _again(request: HttpRequest, offered: dict[str, Any]) -> tuple[Writing, list[Assigning]]:
    """The same page with room for one more assignment; nothing is judged and nothing lost."""
    post = request.POST
    form = Writing(initial={name: post.get(name, "") for name in Writing.base_fields})
    tasks = []
    for n in range(min(_rows(request) + 1, MOST_TASKS)):
        kept = {name: post.get(f"task-{n}-{name}", "") for name in Assigning.base_fields}
        kept["co_executors"] = post.getlist(f"task-{n}-co_executors")  # type: ignore[assignment]
        tasks.append(Assigning(initial=kept, prefix=f"task-{n}", offered=offered))
    return form, tasks


def _page(
    request: HttpRequest,
    row: "Session",
    there: "AgendaItem",
    seen: int,
    form: Writing,
    tasks: Sequence[Assigning],
) -> HttpResponseBase:
    items = queries.items(row)
    there = next(each for each in items if each.code == there.code)
    wrong = next((each for each in (form, *tasks) if each.is_bound and each.errors), form)
    context = {
        "row": row,
        "whose": whose(row),
        "items": items,
        "item": there,
        "decisions": [decision(each) for each in there.decisions.all()],
        "tasks": tasks,
        "rows": len(tasks),
        "may_more": len(tasks) < MOST_TASKS,
        "version": there.version,
        "stands": form.is_bound and bool(form.errors) and there.version != seen,
        "is_open": row.state == State.OPEN,
        "done": request.GET.get("done"),
        "last": there.number == len(items),
    }
    return answer(request, "commission/item_write.html", form, wrong, **context)


def _onward(request: HttpRequest, row: "Session", there: "AgendaItem") -> str:
    """To the next item, or to the page of the session after the last one."""
    if "next" not in request.POST:
        return f"{reverse('session-item-write', args=[row.code, there.code])}?done=written"
    later = next((each for each in queries.items(row) if each.number > there.number), None)
    if later is None:
        return f"{reverse('session', args=[row.code])}?done=written"
    return f"{reverse('session-item-write', args=[row.code, later.code])}?done=written"


def _there(who: Stamp, code: str, item: str) -> tuple["Session", "AgendaItem"]:
    row = queries.visible_to(who).named(code)
    return row, queries.items_for(who).filter(session=row).named(item)


def _version(request: HttpRequest, there: "AgendaItem") -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() else there.version


def _rows(request: HttpRequest) -> int:
    given = request.POST.get("rows", "")
    return min(max(int(given), 1), MOST_TASKS) if given.isdecimal() else 1
