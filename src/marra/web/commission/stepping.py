"""Take an assignment through its steps: a form for each, and the action behind it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.commission.actions import assignments as actions
from marra.commission.actions import extensions, judging, notices, progress, removing
from marra.commission.queries import assignments as queries
from marra.commission.rules.removals import GROUNDS
from marra.door import stamp
from marra.evidence.queries import observations
from marra.evidence.rules.indicators import Indicator, feeding, indicators
from marra.people.queries import holding
from marra.people.rules.rights import Role, Stamp
from marra.store import NothingNamed
from marra.web import layout
from marra.web.commission.assignment import asks_for
from marra.web.commission.assignment_lines import value_in_words
from marra.web.commission.proving import day_field
from marra.web.evidence import words
from marra.web.files import FilesField
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_staff

if TYPE_CHECKING:
    from marra.commission.models.assignments import Assignment

ROWS: Final = {"rows": 4}
SHOWN_VALUES: Final = 12
"""Values of an indicator that are offered as proof."""


def text_field(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=_(label),
        help_text=_(help_text) if help_text else "",
        required=required,
        max_length=10_000,
        widget=forms.Textarea(attrs=ROWS),
    )


class Step(PageForm):
    """What a step asks for; `ready` fills in what depends on the assignment."""

    def ready(self, _who: Stamp, _row: "Assignment", /) -> None:
        """Offer what there is to choose from."""


class Sure(Step):
    """Nothing to write, only to confirm."""


class Submitted(Step):
    """What was done, with its proof."""

    text = text_field(gettext_noop("What was done"))
    links = text_field(
        gettext_noop("Addresses that prove it"),
        gettext_noop("One in a line."),
        required=False,
    )
    proofs = FilesField(label=_("Files that prove it"))
    observations = forms.MultipleChoiceField(
        label=_("Values that prove it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def ready(self, who: Stamp, row: "Assignment", /) -> None:
        """Offer the newest values of its indicator, and of those that feed it."""
        if row.indicator not in indicators():
            del self.fields["observations"]
            return
        newest = observations.newest(row.indicator, layout.focus().iso3, who, SHOWN_VALUES)
        field = self.fields["observations"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(each.code, value_in_words(each)) for each in newest]


class Progress(Step):
    """How far it is."""

    percent = forms.IntegerField(label=_("Done, per cent"), min_value=0, max_value=100)
    checkpoint = forms.ChoiceField(
        label=_("Interim day this reports on"),
        help_text=_("A report on an interim day says in words what was done."),
        required=False,
    )
    text = text_field(gettext_noop("What was done so far"), required=False)

    def ready(self, _who: Stamp, row: "Assignment", /) -> None:
        """Offer the interim days that wait for a report."""
        days = [(each.code, f"{each.due:%d.%m.%Y}") for each in _unreported(row)]
        field = self.fields["checkpoint"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("none")), *days]
        self.initial.setdefault("percent", row.percent)


class Judgement(Step):
    """Accept, or return with a reason."""

    accept = forms.ChoiceField(
        label=_("Verdict"),
        choices=[("yes", _("Accept it")), ("no", _("Return it for revision"))],
        widget=forms.RadioSelect,
    )
    reason = text_field(
        gettext_noop("Why"), gettext_noop("Needed when it is returned."), required=False
    )


class MoreTime(Step):
    """A later day, and why."""

    until = day_field(gettext_noop("New deadline (day.month.year)"))
    reason = text_field(gettext_noop("Why more time is needed"))


class TimeAnswer(Step):
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


class Delegating(Step):
    """Who inside the body is charged with it."""

    to = forms.ChoiceField(label=_("Who"))

    def ready(self, _who: Stamp, row: "Assignment", /) -> None:
        """Offer those who act for the body."""
        field = self.fields["to"]
        if isinstance(field, forms.ChoiceField):
            people = holding(Role.EXECUTOR, row.lead.code)
            field.choices = [(each.code, each.full_name or each.name) for each in people]
        self.initial.setdefault("to", row.delegated_to)


class Removing(Step):
    """Why it is taken from control."""

    ground = forms.ChoiceField(
        label=_("Ground"), choices=[(each.value, _(told)) for each, told in GROUNDS.items()]
    )
    text = text_field(gettext_noop("Why"))
    document = forms.CharField(
        label=_("Document"),
        help_text=_("Number and day of what it rests on; a draft needs none."),
        required=False,
        max_length=300,
    )
    instead = forms.CharField(
        label=_("Number of the assignment that stays"),
        help_text=_("Needed for a duplicate."),
        required=False,
        max_length=40,
    )


@for_staff
def step(request: HttpRequest, code: str, word: str) -> HttpResponseBase:
    """One step of its way: a form, and the action behind it."""
    who = stamp(request)
    row = queries.whole(who, code)
    asks_for(who, row, word)
    kind, heading, button, act = STEPS[word]
    posted = request.method == "POST"
    initial = {name: request.GET[name] for name in FROM_ADDRESS if name in request.GET}
    form = kind(
        request.POST if posted else None, request.FILES if posted else None, initial=initial
    )
    form.ready(who, row)
    if form.is_valid():
        with refusals_into(form):
            act(who, row, form.cleaned_data)
            return back(code, word)
    told: dict[str, Any] = {"row": row, "heading": gettext(heading), "button": gettext(button)}
    if word == "submit":
        told["measures"] = [(each, words.name(known)) for each, known in _feeding(row)]
    if word in {"judge", "judge-in-group"}:
        told["submission"] = next(iter(queries.submissions(row)), None)
    if word == "answer":
        told["asked"] = row.asked.filter(granted=None).first()
    return answer(request, "commission/assignment_step.html", form, None, **told)


def back(code: str, done: str) -> HttpResponse:
    """To the page of the assignment, which says what was done."""
    return redirect(f"{reverse('assignment', args=[code])}?done={done}")


FROM_ADDRESS: Final = ("checkpoint", "ground", "instead", "observations")
"""What a page that leads to a step may say beforehand."""


def _feeding(row: "Assignment") -> list[tuple[str, Indicator]]:
    """The indicators of which a new value may prove an assignment."""
    known = indicators()
    return [(code, known[code]) for code in feeding(row.indicator)]


def _unreported(row: "Assignment") -> list[Any]:
    return list(row.checkpoints.filter(reported_at=None))


def _submit(who: Stamp, row: "Assignment", given: Mapping[str, Any]) -> None:
    judging.submit(
        who,
        row.code,
        text=given["text"],
        links=given["links"].splitlines(),
        files=given["proofs"],
        observations=given.get("observations", ()),
    )


def _remove(who: Stamp, row: "Assignment", given: Mapping[str, Any]) -> None:
    number = given["instead"].strip()
    stays = queries.visible_to(who).filter(number=number).first() if number else None
    if number and stays is None:
        raise NothingNamed(kind="assignment", code=number)
    told = {name: given[name] for name in ("ground", "text", "document")}
    removing.remove(who, row.code, instead=stays.code if stays else "", **told)


Act = Callable[[Stamp, "Assignment", Mapping[str, Any]], object]
STEPS: Final[Mapping[str, tuple[type[Step], str, str, Act]]] = {
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
    "delegate": (
        Delegating,
        gettext_noop("Charge somebody with it"),
        gettext_noop("Charge with it"),
        lambda who, row, given: actions.delegate(who, row.code, to=given["to"]),
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
    "remind": (
        Sure,
        gettext_noop("Remind everybody who acts for the body?"),
        gettext_noop("Remind"),
        lambda who, row, _given: notices.remind_now(who, row.code),
    ),
    "remove": (
        Removing,
        gettext_noop("Take it from control"),
        gettext_noop("Take it from control"),
        _remove,
    ),
}
"""Each step by its word in the address: form, heading, button, and what it does."""
