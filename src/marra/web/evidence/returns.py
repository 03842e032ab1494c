"""One return: its questions with answers, approval, sending, and the file to send."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marra.door import signed_in, stamp
from marra.evidence.actions import desk as actions
from marra.evidence.queries import desk as queries
from marra.evidence.rules import desk as rules
from marra.evidence.rules.desk import Question, collection
from marra.kit.sheets import Sheet, csv_table, xlsx
from marra.web import layout
from marra.web.evidence import words
from marra.web.evidence.desk import for_staff, may
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_deed, post_only
from marra.web.index.chart import TYPES, NoSuchFile

if TYPE_CHECKING:
    from marra.evidence.models.desk import Return, ReturnItem


class Answers(PageForm):
    """An answer and a note for each question."""

    def __init__(
        self, asked: Sequence[tuple[Question, "ReturnItem"]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for question, item in asked:
            text = question.text.into(layout.language())
            self.fields[f"value-{question.code}"] = forms.CharField(
                label=text, required=False, max_length=rules.LONGEST, initial=item.value
            )
            self.fields[f"note-{question.code}"] = forms.CharField(
                label=format_html('{}<span class="hidden">: {}</span>', _("Note"), text),
                required=False,
                max_length=rules.LONGEST_NOTE,
                initial=item.note,
            )


class Sending(PageForm):
    """How a return went out."""

    sent_as = forms.CharField(
        label=gettext_lazy("How it was sent"),
        help_text=gettext_lazy("Number and day of the letter, or the channel."),
        max_length=300,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A question with its fields and where its answer is from."""

    text: str
    value: forms.BoundField | None
    note: forms.BoundField | None
    item: "ReturnItem"
    from_observation: str  # the indicator's name, if one answers


@signed_in
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The questions of a return; a form while it is open."""
    who = for_staff(request)
    made = queries.returns_for(who).named(code)
    asked = _asked(made)
    writes = made.state == "open" and may(who, "return.filled", _body(made))
    form = Answers(asked, request.POST or None) if writes else Answers(asked)
    if writes and request.method == "POST" and form.is_valid():
        with refusals_into(form):
            actions.fill(who, code, version=_version(request), answers=_written(form, asked))
            return redirect(f"{reverse('return', args=[code])}?done=filled")
    return _page(request, made, form, None, writes=writes)


def _page(
    request: HttpRequest,
    made: "Return",
    form: PageForm,
    wrong: PageForm | None,
    *,
    writes: bool,
) -> HttpResponse:
    who, body = stamp(request), _body(made)
    asked = _asked(made)
    rows = [_row(question, item, form, writes=writes) for question, item in asked]
    about = collection(made.collection)
    return answer(
        request,
        "evidence/return.html",
        form,
        wrong,
        made=made,
        name=about.name.into(layout.language()),
        about=about,
        about_year=made.year + about.about,
        body=made.body.name.into(layout.language()) if made.body else "",
        state=_(rules.State[made.state.upper()].value),
        rows=rows,
        lacking=sum(not item.value and not item.note for _q, item in asked),
        writes=writes,
        approves=made.state == "open" and may(who, "return.approved"),
        sends=made.state == "approved" and may(who, "return.sent", body),
        sending=Sending(),
        done=request.GET.get("done"),
    )


@for_deed("evidence", "return.approved")
@post_only
def approve(request: HttpRequest, code: str) -> HttpResponse:
    """Approve a return."""
    who, refused = stamp(request), Refused()
    made = queries.returns_for(who).named(code)
    with refusals_into(refused):
        actions.approve(who, code)
        return redirect(f"{reverse('return', args=[code])}?done=approved")
    return _page(request, made, Answers(_asked(made)), refused, writes=False)


@for_deed("evidence", "return.sent")
@post_only
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Say how a return went out."""
    who, form = stamp(request), Sending(request.POST)
    made = queries.returns_for(who).named(code)
    if form.is_valid():
        with refusals_into(form):
            actions.mark_sent(who, code, **form.cleaned_data)
            return redirect(f"{reverse('return', args=[code])}?done=sent")
    return _page(request, made, Answers(_asked(made)), form, writes=False)


@signed_in
def file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The return as a file, question by question, with the source of each answer."""
    made = queries.returns_for(for_staff(request)).named(code)
    if form not in ("csv", "xlsx"):
        raise NoSuchFile(kind=form[:20], kinds="csv, xlsx")
    head = (_("Code"), _("Question"), _("Answer"), _("Note"), _("Source"), _("Day"))
    rows = [
        (
            question.code,
            question.text.into(layout.language()),
            item.value,
            item.note,
            item.observation.source if item.observation else "",
            item.observation.day if item.observation else None,
        )
        for question, item in _asked(made)
    ]
    sheet = Sheet(made.code[:31], head, rows, (18, 60, 24, 40, 40, 12))
    content = csv_table(head, rows) if form == "csv" else xlsx([sheet])
    told = HttpResponse(content, content_type=TYPES[form])
    told["Content-Disposition"] = f'attachment; filename="marra-{made.code}.{form}"'
    return told


def _asked(made: "Return") -> list[tuple[Question, "ReturnItem"]]:
    """Each question of the return with its answer; one the list no longer has keeps its code."""
    about = collection(made.collection)
    known = {each.code: each for each in about.questions}
    return [(known[each.question], each) for each in queries.items(made) if each.question in known]


def _row(question: Question, item: "ReturnItem", form: PageForm, *, writes: bool) -> Row:
    row = item.observation
    return Row(
        text=question.text.into(layout.language()),
        value=form[f"value-{question.code}"] if writes else None,
        note=form[f"note-{question.code}"] if writes else None,
        item=item,
        from_observation=words.name(words.known(row.indicator)) if row else "",
    )


def _written(
    form: PageForm, asked: Sequence[tuple[Question, "ReturnItem"]]
) -> dict[str, tuple[str, str]]:
    told = form.cleaned_data
    return {
        question.code: (told[f"value-{question.code}"], told[f"note-{question.code}"])
        for question, _item in asked
    }


def _version(request: HttpRequest) -> int:
    written = request.POST.get("version", "")
    return int(written) if written.isdecimal() and len(written) < 9 else 0


def _body(made: "Return") -> str:
    return made.body.code if made.body else ""
