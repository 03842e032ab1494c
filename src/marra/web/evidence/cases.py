"""One case of figures that differ: evidence, letter, answer, and what the difference is worth."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from marra.door import signed_in, stamp
from marra.evidence.actions import discrepancies as actions
from marra.evidence.queries import desk as queries
from marra.evidence.queries import releases
from marra.evidence.rules.discrepancies import MOVES, Move, State
from marra.evidence.rules.fresh import Worth, worth, year_of
from marra.evidence.rules.letters import Letter, Told, letter
from marra.kit.places import PLACES
from marra.kit.text import LANGUAGES
from marra.store import NothingNamed
from marra.web import formats, layout
from marra.web.evidence import words
from marra.web.evidence.desk import case_line, for_staff, may
from marra.web.evidence.fields import day_field
from marra.web.files import ACCEPTED, sent
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_deed, post_only
from marra.web.index.chart import NoSuchFile
from marra.web.paper import pages, word
from marra.web.paper.document import Document, Heading, Sides, Signatures, Signer, Words

if TYPE_CHECKING:
    from marra.evidence.models.desk import Discrepancy

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"docx": DOCX, "pdf": "application/pdf", "txt": "text/plain; charset=utf-8"}


class Step(PageForm):
    """What was done in a case."""

    step = forms.ChoiceField(label=gettext_lazy("Step"))
    text = forms.CharField(
        label=gettext_lazy("What was done, found or answered"),
        widget=forms.Textarea(attrs={"rows": "4"}),
        max_length=5000,
    )
    day = day_field(gettext_lazy("Day"))
    link = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=500)
    file = forms.FileField(
        label=gettext_lazy("File that proves it"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, state: State, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["step"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each.name.lower(), _(each.value)) for each in MOVES[state]]


@for_deed("evidence", "discrepancy.opened")
@post_only
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Open a case about an observation."""
    refused = Refused()
    with refusals_into(refused):
        made = actions.open_case(stamp(request), code)
        return redirect(f"{reverse('case', args=[made.code])}?done=opened")
    return answer(request, "evidence/case_refused.html", refused)


@signed_in
def show(request: HttpRequest, code: str) -> HttpResponse:
    """A case with its steps; the next one is taken here."""
    who = for_staff(request)
    case = queries.cases_for(who).named(code)
    state = State[case.state.upper()]
    moves = bool(MOVES[state]) and may(
        who, "discrepancy.moved", case.body.code if case.body else ""
    )
    first = {"version": case.version, "day": who.at.date()}
    form = Step(state, request.POST or None, request.FILES or None, initial=first)
    if moves and form.is_valid():
        file = form.cleaned_data["file"]
        given = {**form.cleaned_data, "file": (file.name, file.read()) if file else None}
        with refusals_into(form):
            actions.move(who, code, **given)
            return redirect(f"{reverse('case', args=[code])}?done=moved")
    measured = words.known(case.indicator)
    return answer(
        request,
        "evidence/case.html",
        form,
        case=case,
        told=case_line(case),
        basis=words.basis(measured, case.observation.basis) if case.observation else "",
        difference=words.change(measured, case.national - case.published),
        worth=_worth(case),
        body=case.body.name.into(layout.language()) if case.body else "",
        steps=[(each, _(Move[each.move.upper()].value)) for each in queries.steps(case)],
        moves=moves,
        languages=[(code, layout.LANGUAGE_NAMES[code][1]) for code in LANGUAGES],
        done=request.GET.get("done"),
    )


@signed_in
def proof(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The file of a step, by its number in the case."""
    case = queries.cases_for(for_staff(request)).named(code)
    steps = queries.steps(case)
    file = steps[number - 1].file if 0 < number <= len(steps) else None
    if file is None:
        raise NothingNamed(kind="file", code=f"{code}/{number}")
    return sent(file)


@signed_in
def written(request: HttpRequest, code: str, language: str, form: str) -> HttpResponse:
    """The draft of the letter in a language: for a word processor, to print, or as plain text."""
    who = for_staff(request)
    case = queries.cases_for(who).named(code)
    if form not in FORMS:
        raise NoSuchFile(kind=form[:20], kinds=", ".join(FORMS))
    with override(language):
        made = letter(language, _told(case, language))
        content = _content(made, form, who.at)
    told = HttpResponse(content, content_type=FORMS[form])
    told["Content-Disposition"] = f'attachment; filename="marra-{code}-{language}.{form}"'
    told["Cache-Control"] = "private, no-store"
    return told


def _content(made: Letter, form: str, at: Any) -> bytes:
    if form == "txt":
        lines = [made.to, "", made.title, "", *made.paragraphs, "", made.annex]
        return "\n".join(lines).encode()
    document = Document(
        language=made.language,
        title=made.title,
        over=made.to,
        foot=_("Draft made by Marra; to be read, corrected and signed."),
        made_at=at,
        centred=False,
        draft=_("draft"),
        blocks=(
            Sides(formats.day(at.date()), "№ ______"),
            *(Words(each) for each in made.paragraphs),
            Heading(made.annex),
            Signatures((Signer(made.position, ""),)),
        ),
    )
    return word.docx(document) if form == "docx" else pages.pdf(document)


def _worth(case: "Discrepancy") -> Worth | None:
    return worth(releases.survey(case.edition), case.place, case.indicator, case.national)


def _told(case: "Discrepancy", language: str) -> Told:
    """The facts of a case as the letter writes them."""
    measured, found = words.known(case.indicator), _worth(case)
    same = _same_year(case)
    name = measured.name.into(language)
    basis = next(
        (
            each.name.into(language)
            for each in measured.bases
            if case.observation and each.code == case.observation.basis
        ),
        "–",
    )
    return Told(
        organisation=case.organisation,
        country=PLACES[case.place].name.into(language),
        indicator=name,
        published=words.with_unit(measured, case.published),
        published_year=str(case.published_year or "–"),
        published_source=case.published_source,
        national=words.with_unit(measured, case.national),
        national_day=formats.day(case.national_day),
        national_source=case.national_source,
        basis=basis,
        difference=words.change(measured, case.national - case.published),
        edition=str(case.edition),
        egdi_change=formats.signed(found.egdi_change, 4) if found else "–",
        rank_change=formats.signed(found.rank_change) if found else "–",
        is_estimated=bool(found and found.estimated),
        same_year=words.with_unit(measured, same) if same is not None else "",
    )


def _same_year(case: "Discrepancy") -> float | None:
    """The national value of the published year on the same basis, where it is another one."""
    if case.observation is None or year_of(case.national_day) == case.published_year:
        return None
    rows = queries.series_of(case)
    return next((row.value for row in rows if year_of(row.day) == case.published_year), None)
