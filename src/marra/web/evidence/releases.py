"""Pages of the figures: which data, from whom, checked how; importing and withdrawing files."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marra.door import say, stamp
from marra.evidence.actions import releases as actions
from marra.evidence.queries import releases as queries
from marra.evidence.rules import reader
from marra.evidence.rules.reader import LARGEST, Parsed
from marra.kit.findings import FileRefused, Finding
from marra.people.queries import names
from marra.web import layout
from marra.web.charts.downloads import WRITERS
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_administrators, post_only
from marra.web.index.differences import Difference, differences

CHECKED_FILE: Final = "marra.web.evidence.checked-file"
KEPT_FOR: Final = 60 * 60
SHOWN: Final = 12


class Upload(PageForm):
    """The file, and where it comes from."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "The CSV file that the UN Data Center exports for one edition, "
            "or a tidy file with one row for each country and edition. At most 5 megabytes."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        allow_empty_file=True,
    )
    source = forms.CharField(
        label=gettext_lazy("Where the file comes from"),
        help_text=gettext_lazy("The address or the letter it came with; readers will see it."),
        max_length=400,
    )


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding in the reader's language."""

    line: int
    column: str
    says: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One edition in a checked file, before it is taken in."""

    parsed: Parsed
    remarks: list[FindingShown]
    differences: Sequence[Difference]
    differences_shown: Sequence[Difference]
    is_new: bool


# ── For everybody ────────────────────────────────────────────────────────────────────────────


def data(request: HttpRequest) -> HttpResponse:
    """Which data, from when, from whom, with which checks."""
    told = _told(layout.language(), queries.data_version())
    return render(request, "evidence/data.html", {"told": told})


@lru_cache(maxsize=8)
def _told(_language: str, _data_version: str) -> str:
    """The page's content: long, and the same until a figure changes."""
    rows = queries.status()[::-1]
    sound = all(row.checks.passed for row in rows)
    told = {"rows": rows, "sound": sound, "formats": tuple(WRITERS)}
    return render_to_string("evidence/data_told.html", told)


# ── For administrators ───────────────────────────────────────────────────────────────────────


@for_administrators
def take_in(request: HttpRequest) -> HttpResponse:
    """First step: choose a file; then it is checked and shown before anything changes."""
    form = Upload(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return answer(request, "evidence/upload.html", form)
    file, source = form.cleaned_data["file"], form.cleaned_data["source"]
    return _checked(request, file.name, file.read(LARGEST + 1), source)


def _checked(request: HttpRequest, name: str, content: bytes, source: str) -> HttpResponse:
    try:
        parsed = reader.read(name, content)
    except FileRefused as refused:
        told = {"name": name, "count": refused.facts["count"], "rows": _shown(refused.findings)}
        return render(request, "evidence/refused.html", told, status=422)
    told = {
        "name": name,
        "source": source,
        "candidates": [_candidate(each) for each in parsed],
        "token": signing.dumps(
            [name, source, content.decode("latin-1")], salt=CHECKED_FILE, compress=True
        ),
    }
    return render(request, "evidence/check.html", told)


def _candidate(parsed: Parsed) -> Candidate:
    known = parsed.edition in queries.years()
    found = differences(queries.survey(parsed.edition), parsed.rows) if known else []
    return Candidate(parsed, _shown(parsed.remarks), found, found[:SHOWN], is_new=not known)


def _shown(findings: Sequence[Finding]) -> list[FindingShown]:
    return [
        FindingShown(each.line, each.column, say(each.sentence, each.facts)) for each in findings
    ]


@for_administrators
@post_only
def confirm(request: HttpRequest) -> HttpResponse:
    """Last step: take in the very file that was checked."""
    try:
        token = request.POST.get("token", "")
        name, source, content = signing.loads(token, salt=CHECKED_FILE, max_age=KEPT_FOR)
    except signing.BadSignature:
        said = _("The check is more than an hour old or was altered. Choose the file again.")
        return answer(request, "evidence/upload.html", Upload(), Refused(said))
    refused = Refused()
    with refusals_into(refused):
        made = actions.import_release(
            stamp(request), name=name, content=content.encode("latin-1"), source=source
        )
        codes = ",".join(release.code for release in made)
        return redirect(f"{reverse('releases')}?done=imported&of={codes}")
    return answer(request, "evidence/upload.html", Upload(), refused)


@for_administrators
def releases(request: HttpRequest) -> HttpResponse:
    """Every file that was taken in: which stand, which were withdrawn."""
    rows = list(queries.visible_to(stamp(request)))
    told = {
        "rows": rows,
        "standing": queries.current_codes(),
        "names": names({row.taken_by for row in rows} | {row.withdrawn_by for row in rows}),
        "done": request.GET.get("done"),
        "of": [code for code in request.GET.get("of", "").split(",") if code][:20],
    }
    return render(request, "evidence/releases.html", told)


@for_administrators
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Ask, then take a release back."""
    release = queries.visible_to(stamp(request)).named(code)
    refused = Refused()
    if request.method == "POST":
        with refusals_into(refused):
            actions.withdraw_release(stamp(request), code)
            return redirect(f"{reverse('releases')}?done=withdrawn&of={code}")
    return answer(request, "evidence/withdraw.html", refused, release=release)
