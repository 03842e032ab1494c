"""Say what a body is to do: make an assignment, and change what it says."""

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.commission.actions import assignments as actions
from marra.commission.queries import assignments as queries
from marra.commission.queries import groups
from marra.commission.queries.duplicates import similar
from marra.commission.rules.assignments import Field, State
from marra.door import stamp
from marra.evidence.rules.indicators import indicators
from marra.inventory.queries.bodies import choices as bodies
from marra.people.rules.rights import Role, Stamp
from marra.web import formats, layout
from marra.web.commission.assignment_lines import open_groups
from marra.web.commission.obligations import said
from marra.web.commission.proving import day_field
from marra.web.commission.seating import clauses
from marra.web.commission.stepping import back, text_field
from marra.web.evidence import words
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_deed

if TYPE_CHECKING:
    from marra.commission.models.assignments import Assignment

ONLY_DRAFTS: Final = ("lead", "group", "deadline")
"""What is settled once an assignment is given."""


class Task(PageForm):
    """What a body is to do."""

    title = forms.CharField(
        label=_("What is to be done"),
        help_text=_("One sentence that can be answered with yes or no."),
        max_length=500,
    )
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
    group = forms.ChoiceField(
        label=_("Working group"),
        help_text=_("Its secretary judges first; without a group only the Commission judges."),
        required=False,
    )
    clause = forms.ChoiceField(label=_("Clause of an act"), required=False)
    obligation = forms.ChoiceField(label=_("Obligation"), required=False)
    basis = forms.CharField(
        label=_("Document it rests on"),
        help_text=_("Where it is no clause of an act here: number and day of the minutes."),
        required=False,
        max_length=300,
    )
    indicator = forms.ChoiceField(label=_("Indicator it moves"), required=False)
    ijro_number = forms.CharField(label=_("Number in ijro.gov.uz"), required=False, max_length=60)

    def __init__(self, *args: Any, who: Stamp, is_given: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ONLY_DRAFTS if is_given else ():
            del self.fields[name]
        for name, found in _choices(who).items():
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = found


def _choices(who: Stamp) -> dict[str, list[tuple[str, str]]]:
    named = bodies(layout.language())
    nothing = [("", gettext("none"))]
    return {
        "lead": [("", gettext("choose")), *named],
        "co_executors": named,
        "group": nothing + open_groups(who),
        "clause": nothing + clauses(),
        "obligation": nothing
        + [(each.code, f"{each.code}. {said(each.what)}") for each in _obligations()],
        "indicator": nothing + [(c, words.name(each)) for c, each in indicators().items()],
    }


def _obligations() -> list[Any]:
    return list(groups.obligations_to_choose())


@for_deed("commission", "assignment.made")
def new(request: HttpRequest) -> HttpResponseBase:
    """Make an assignment; those that say nearly the same are shown before it is kept."""
    who = stamp(request)
    group = next(iter(sorted(who.scopes(Role.SECRETARY) - {""})), "")
    initial = {"group": group} | {name: request.GET.get(name, "") for name in FROM_ADDRESS}
    form = Task(request.POST or None, initial={k: v for k, v in initial.items() if v}, who=who)
    alike: list[Assignment] = []
    if form.is_valid():
        given = {**form.cleaned_data, "proposal": request.GET.get("proposal", "")}
        if "sure" not in request.POST:
            alike = similar(who, given["title"], lead=given["lead"], clause=given["clause"])
        if not alike:
            with refusals_into(form):
                made = actions.make(who, give="give" in request.POST, **given)
                return back(made.code, "give" if "give" in request.POST else "made")
    return answer(request, "commission/assignment_new.html", form, alike=alike)


FROM_ADDRESS: Final = ("title", "clause", "obligation", "indicator", "lead", "group")
"""What a page that leads here may say beforehand."""


@for_deed("commission", "assignment.changed")
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """Change what it says; nothing is lost if somebody was quicker."""
    who = stamp(request)
    row = queries.whole(who, code)
    is_given = row.state != State.DRAFT
    version = request.POST.get("version", "")
    seen = int(version) if version.isdecimal() else row.version
    form = Task(request.POST or None, initial=_initial(row), who=who, is_given=is_given)
    stands: dict[str, str] = {}
    if form.is_valid():
        with refusals_into(form):
            actions.change(who, code, version=seen, **form.cleaned_data)
            return back(code, "changed")
        row = queries.whole(who, code)
        if row.version != seen:
            stands, seen = _stands(row), row.version
    context = {"row": row, "stands": stands, "version": seen}
    return answer(request, "commission/assignment_change.html", form, None, **context)


def _initial(row: "Assignment") -> dict[str, object]:
    names = ("title", "text", "head_name", "deadline", "indicator", "ijro_number", "basis")
    return {name: getattr(row, name) for name in names} | {
        "lead": row.lead.code,
        "group": queries.group_of(row),
        "clause": groups.written(row.clause) if row.clause else "",
        "obligation": row.obligation.code if row.obligation else "",
        "co_executors": [each.code for each in row.co_executors.all()],
    }


def _stands(row: "Assignment") -> dict[str, str]:
    """What stands now, by field, for whoever was not the first to save."""
    known = indicators()
    return {
        Field.TITLE.value: row.title,
        Field.TEXT.value: row.text,
        Field.LEAD.value: said(row.lead.names),
        Field.CO_EXECUTORS.value: "; ".join(said(each.names) for each in row.co_executors.all()),
        Field.HEAD_NAME.value: row.head_name,
        Field.DEADLINE.value: formats.day(row.deadline),
        Field.CLAUSE.value: groups.written(row.clause) if row.clause else "",
        Field.OBLIGATION.value: row.obligation.code if row.obligation else "",
        Field.BASIS.value: row.basis,
        Field.INDICATOR.value: words.name(known[row.indicator]) if row.indicator in known else "",
        Field.IJRO_NUMBER.value: row.ijro_number,
    }
