"""Take many values in from a file: choose it, see what it would change, confirm."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marra.door import finding, stamp
from marra.evidence.actions import taking as actions
from marra.evidence.queries import observations
from marra.evidence.rules import observation_files as files
from marra.evidence.rules.indicators import indicators
from marra.evidence.rules.observation_files import Reported
from marra.kit.findings import FileRefused
from marra.kit.sheets import Sheet, csv_table, xlsx
from marra.web import layout
from marra.web.evidence import words
from marra.web.evidence.entering import reporters
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_deed, post_only
from marra.web.index.chart import TYPES, NoSuchFile

IMPORTED: Final = "observation.imported"
CHECKED: Final = "marra.web.evidence.taking"
KEPT_FOR: Final = 60 * 60
SHOWN: Final = 20


class Upload(PageForm):
    """The file, who reports it, and who may read it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A workbook (XLSX) or CSV with one value a row. At most 5 megabytes and 5 000 rows."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )
    reporter = forms.ChoiceField(label=gettext_lazy("Reported by"), required=False)
    is_public = forms.BooleanField(
        label=gettext_lazy("Show to everybody"), required=False, initial=True
    )

    def __init__(self, bodies: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reporter"]
        if isinstance(field, forms.ChoiceField):
            field.choices = bodies


@dataclass(frozen=True, slots=True)
class Difference:
    """What one row would do."""

    line: int
    name: str
    day: object
    value: str
    before: str  # what stands now, if another value does
    kind: str  # new, other, same


@for_deed("evidence", IMPORTED)
def upload(request: HttpRequest) -> HttpResponse:
    """First step: choose a file; then it is checked and shown before anything changes."""
    form = Upload(reporters(stamp(request)), request.POST or None, request.FILES or None)
    if not form.is_valid():
        return answer(request, "evidence/take.html", form)
    file = form.cleaned_data["file"]
    content = file.read(files.LARGEST + 1)
    given = (file.name, form.cleaned_data["reporter"], form.cleaned_data["is_public"])
    return _checked(request, given, content)


def _checked(request: HttpRequest, given: tuple[str, str, bool], content: bytes) -> HttpResponse:
    who, place = stamp(request), layout.focus().iso3
    try:
        found = files.read(given[0], content, place=place, known=who.at.date())
    except FileRefused as refused:
        told = {
            "name": given[0],
            "count": refused.facts["count"],
            "faults": [finding(each) for each in refused.findings],
        }
        return render(request, "evidence/take_refused.html", told, status=422)
    rows = _differences(found.rows, observations.beside([each.measured for each in found.rows]))
    token = signing.dumps([*given, content.decode("latin-1")], salt=CHECKED, compress=True)
    told = {
        "name": given[0],
        "count": len(rows),
        "new": sum(each.kind == "new" for each in rows),
        "other": sum(each.kind == "other" for each in rows),
        "same": sum(each.kind == "same" for each in rows),
        "rows": [each for each in rows if each.kind != "same"][:SHOWN],
        "token": token,
    }
    return render(request, "evidence/take_check.html", told)


def _differences(rows: Sequence[Reported], standing: dict[Any, Any]) -> list[Difference]:
    found = []
    for row in rows:
        measured, given = indicators()[row.measured.indicator], row.measured
        before = standing.get((given.indicator, given.place, given.on, given.basis))
        same = before is not None and (before.value, before.source) == (given.value, given.source)
        kind = "new" if before is None else "same" if same else "other"
        found.append(
            Difference(
                line=row.line,
                name=words.name(measured),
                day=given.on,
                value=words.with_unit(measured, given.value),
                before="" if before is None else words.with_unit(measured, before.value),
                kind=kind,
            )
        )
    return found


@for_deed("evidence", IMPORTED)
@post_only
def confirm(request: HttpRequest) -> HttpResponse:
    """Last step: take in the very file that was checked."""
    who = stamp(request)
    empty = Upload(reporters(who))
    try:
        token = request.POST.get("token", "")
        name, reporter, is_public, content = signing.loads(token, salt=CHECKED, max_age=KEPT_FOR)
    except signing.BadSignature:
        said = _("The check is more than an hour old or was altered. Choose the file again.")
        return answer(request, "evidence/take.html", empty, Refused(said))
    refused = Refused()
    with refusals_into(refused):
        taken = actions.import_file(
            who,
            name=name,
            content=content.encode("latin-1"),
            place=layout.focus().iso3,
            reporter=reporter,
            is_public=is_public,
        )
        return redirect(f"{reverse('observations')}?done={len(taken.made)}")
    return answer(request, "evidence/take.html", empty, refused)


EXAMPLES: Final = (
    ("portal.services", "UZB", 761, "30.06.2025", "announced", "my.gov.uz", "services", "", ""),
    ("mobile.subscribers", "UZB", 30_100_000, "01.01.2025", "persons", "stat.uz", "", "", ""),
)


def template(request: HttpRequest, form: str) -> HttpResponse:  # noqa: ARG001
    """An empty table to fill in, with two examples, and the indicators with their bases."""
    if form not in ("csv", "xlsx"):
        raise NoSuchFile(kind=form[:20], kinds="csv, xlsx")
    head = ("indicator", "place", "value", "day", "basis", "source", "unit", "link", "note")
    guide = [
        (each.code, words.name(each), each.unit.value, basis.code,
         basis.name.into(layout.language()))
        for each in indicators().values() for basis in each.bases
    ]  # fmt: skip
    names = ("indicator", _("Indicator"), "unit", "basis", _("Basis"))
    content = (
        csv_table(head, EXAMPLES)
        if form == "csv"
        else xlsx([Sheet("data", head, EXAMPLES, (26, 8, 14, 12, 18, 30, 14, 30, 30)),
                   Sheet("# indicators", names, guide, (26, 60, 26, 18, 50))])
    )  # fmt: skip
    told = HttpResponse(content, content_type=TYPES[form])
    told["Content-Disposition"] = f'attachment; filename="marra-observations.{form}"'
    return told
