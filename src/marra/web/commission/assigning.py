"""Work on assignments: make one, and take it through its steps."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.commission.actions import assignments as actions
from marra.commission.actions import extensions, judging, progress, removing
from marra.commission.queries import assignments as queries
from marra.commission.queries import groups
from marra.commission.queries.duplicates import similar
from marra.commission.rules.removals import GROUNDS
from marra.door import stamp
from marra.evidence.rules.indicators import indicators
from marra.inventory.queries.bodies import bodies
from marra.people.rules.rights import Role, Stamp
from marra.store import NothingNamed
from marra.web.commission.assignments import by_name
from marra.web.commission.obligations import said
from marra.web.commission.proving import day_field
from marra.web.evidence import words
from marra.web.files import ACCEPTED
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_staff

if TYPE_CHECKING:
    from marra.commission.models.assignments import Assignment

ROWS: Final = {"rows": 4}


def text_field(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=_(label),
        help_text=_(help_text) if help_text else "",
        required=required,
        max_length=10_000,
        widget=forms.Textarea(attrs=ROWS),
    )


class Task(PageForm):
    """What a body is to do."""

    title = forms.CharField(label=_("What is to be done"), max_length=500)
    text = text_field(gettext_noop("In detail"), required=False)
    lead = forms.ChoiceField(label=_("Body that leads"))
    head_name = forms.CharField(
        label=_("First head, by name"),
        help_text=_("Who answers personally; left empty, the head of the body is taken."),
        required=False,
        max_length=120,
    )
    co_executors = forms.MultipleChoiceField(
        label=_("Co-executors"), required=False, widget=forms.CheckboxSelectMultiple
    )
    deadline = day_field(gettext_noop("Deadline (day.month.year)"))
    group = forms.ChoiceField(label=_("Working group"), required=False)
    indicator = forms.ChoiceField(label=_("Indicator it moves"), required=False)
    ijro_number = forms.CharField(label=_("Number in ijro.gov.uz"), required=False, max_length=60)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, who: Stamp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(((each.code, said(each.names)) for each in bodies()), key=by_name)
        nothing = [("", gettext("none"))]
        choices = {
            "lead": named,
            "co_executors": named,
            "group": nothing + [(each.code, said(each.names)) for each in groups.standing(who)],
            "indicator": nothing + [(c, words.name(each)) for c, each in indicators().items()],
        }
        for name, found in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = found


class Submitted(PageForm):
    """What was done, with its proof."""

    text = text_field(gettext_noop("What was done"))
    links = text_field(
        gettext_noop("Addresses that prove it"),
        gettext_noop("One in a line; or add a file below."),
        required=False,
    )
    file = forms.FileField(
        label=_("File that proves it"),
        help_text=_("PDF, DOCX, XLSX, CSV, TXT, PNG or JPG, at most 10 megabytes."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
    )


class Progress(PageForm):
    """How far it is."""

    percent = forms.IntegerField(label=_("Done, per cent"), min_value=0, max_value=100)
    checkpoint = forms.ChoiceField(label=_("Interim day this reports on"), required=False)
    text = text_field(gettext_noop("What was done so far"), required=False)


class Judgement(PageForm):
    """Accept, or return with a reason."""

    accept = forms.ChoiceField(
        label=_("Verdict"),
        choices=[("yes", _("Accept it")), ("no", _("Return it for revision"))],
        widget=forms.RadioSelect,
    )
    reason = text_field(
        gettext_noop("Why"), gettext_noop("Needed when it is returned."), required=False
    )


class MoreTime(PageForm):
    """A later day, and why."""

    until = day_field(gettext_noop("New deadline (day.month.year)"))
    reason = text_field(gettext_noop("Why more time is needed"))


class TimeAnswer(PageForm):
    """Whether more time is given."""

    grant = forms.ChoiceField(
        label=_("Answer"),
        choices=[("yes", _("Give more time")), ("no", _("Keep the deadline"))],
        widget=forms.RadioSelect,
    )
    until = day_field(
        gettext_noop("Until (day.month.year)"),
        gettext_noop("Empty: until the day that was asked for."),
        required=False,
    )
    answer = text_field(
        gettext_noop("Why"), gettext_noop("Needed when it is refused."), required=False
    )


class Removing(PageForm):
    """Why it is taken from control."""

    ground = forms.ChoiceField(
        label=_("Ground"), choices=[(each.value, _(told)) for each, told in GROUNDS.items()]
    )
    text = text_field(gettext_noop("Why"))
    document = forms.CharField(label=_("Document"), required=False, max_length=300)
    instead = forms.CharField(
        label=_("Number of the assignment that stays"), required=False, max_length=40
    )


class Sure(PageForm):
    """Nothing to write, only to confirm."""


@for_staff
def new(request: HttpRequest) -> HttpResponseBase:
    """Make an assignment; those that say nearly the same are shown before it is kept."""
    who = stamp(request)
    group = next(iter(who.scopes(Role.SECRETARY) - {""}), "")
    form = Task(request.POST or None, initial={"group": group}, who=who)
    alike: list[Assignment] = []
    if form.is_valid():
        given = dict(form.cleaned_data)
        given.pop("version")
        given["proposal"] = request.GET.get("proposal", "")
        if "sure" not in request.POST:
            alike = similar(who, given["title"], lead=given["lead"])
        if not alike:
            with refusals_into(form):
                made = actions.make(who, **given)
                return _back(made.code, "made")
    return answer(request, "commission/assignment_new.html", form, alike=alike)


@for_staff
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """Change what it says; if somebody was quicker, both texts are shown."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    form = Task(request.POST or None, initial=_initial(row), who=who)
    if form.is_valid():
        given = dict(form.cleaned_data)
        given.pop("group")
        given["version"] = given["version"] or 0
        with refusals_into(form):
            actions.change(who, code, **given)
            return _back(code, "changed")
        row.refresh_from_db()
    return answer(request, "commission/assignment_change.html", form, row=row)


def _initial(row: "Assignment") -> dict[str, object]:
    names = ("title", "text", "head_name", "deadline", "indicator", "ijro_number", "version")
    return {name: getattr(row, name) for name in names} | {
        "lead": row.lead.code,
        "group": queries.group_of(row),
        "co_executors": [each.code for each in row.co_executors.all()],
    }


@for_staff
def step(request: HttpRequest, code: str, word: str) -> HttpResponseBase:
    """One step of its way: a form, and the action behind it."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    if word not in STEPS:
        raise NothingNamed(kind="page", code=word)
    kind, heading, button, act = STEPS[word]
    sent = request.method == "POST"
    form = kind(request.POST if sent else None, request.FILES if sent else None)
    if "checkpoint" in form.fields:
        _offer_checkpoints(form, row)
    if form.is_valid():
        with refusals_into(form):
            act(who, row, form.cleaned_data)
            return _back(code, word)
    told: dict[str, Any] = {"row": row, "heading": gettext(heading), "button": gettext(button)}
    if word in {"judge", "judge-in-group"}:
        told["submission"] = next(iter(queries.submissions(row)), None)
    if word == "answer":
        told["asked"] = row.asked.filter(granted=None).first()
    return answer(request, "commission/assignment_step.html", form, **told)


def _offer_checkpoints(form: forms.Form, row: "Assignment") -> None:
    field = form.fields["checkpoint"]
    open_ones = row.checkpoints.filter(reported_at=None)
    if isinstance(field, forms.ChoiceField):
        days = [(each.code, each.due.strftime("%d.%m.%Y")) for each in open_ones]
        field.choices = [("", gettext("none")), *days]


def _submit(who: Stamp, row: "Assignment", given: Mapping[str, Any]) -> None:
    file = given["file"]
    judging.submit(
        who,
        row.code,
        text=given["text"],
        links=given["links"].splitlines(),
        files=[(file.name, file.read())] if file else [],
    )


def _remove(who: Stamp, row: "Assignment", given: Mapping[str, Any]) -> None:
    number = given["instead"].strip()
    stays = queries.visible_to(who).filter(number=number).first() if number else None
    if number and stays is None:
        raise NothingNamed(kind="assignment", code=number)
    told = {name: given[name] for name in ("ground", "text", "document")}
    removing.remove(who, row.code, instead=stays.code if stays else "", **told)


Act = Callable[[Stamp, "Assignment", Mapping[str, Any]], object]
STEPS: Final[Mapping[str, tuple[type[PageForm], str, str, Act]]] = {
    "give": (
        Sure,
        gettext_noop("Give it to the body?"),
        gettext_noop("Give it"),
        lambda who, row, _given: actions.give(who, row.code),
    ),
    "start": (
        Sure,
        gettext_noop("Has work on it begun?"),
        gettext_noop("Yes, it has begun"),
        lambda who, row, _given: actions.start(who, row.code),
    ),
    "submit": (
        Submitted,
        gettext_noop("Submit what was done"),
        gettext_noop("Submit"),
        _submit,
    ),
    "report": (
        Progress,
        gettext_noop("Report progress"),
        gettext_noop("Report"),
        lambda who, row, given: progress.report(who, row.code, **given),
    ),
    "more-time": (
        MoreTime,
        gettext_noop("Ask for more time"),
        gettext_noop("Ask"),
        lambda who, row, given: extensions.ask_extension(who, row.code, **given),
    ),
    "answer": (
        TimeAnswer,
        gettext_noop("Answer about more time"),
        gettext_noop("Answer"),
        lambda who, row, given: extensions.answer_extension(
            who, row.code, **{**given, "grant": given["grant"] == "yes"}
        ),
    ),
    "judge-in-group": (
        Judgement,
        gettext_noop("Judge what was submitted"),
        gettext_noop("Give the verdict"),
        lambda who, row, given: judging.judge_in_group(
            who, row.code, accept=given["accept"] == "yes", reason=given["reason"]
        ),
    ),
    "judge": (
        Judgement,
        gettext_noop("Judge what was submitted"),
        gettext_noop("Give the verdict"),
        lambda who, row, given: judging.judge(
            who, row.code, accept=given["accept"] == "yes", reason=given["reason"]
        ),
    ),
    "remove": (
        Removing,
        gettext_noop("Take it from control"),
        gettext_noop("Take it from control"),
        _remove,
    ),
}
"""Each step by its word in the address: form, heading, button, and what it does."""


def _back(code: str, done: str) -> HttpResponse:
    return redirect(f"{reverse('assignment', args=[code])}?done={done}")
