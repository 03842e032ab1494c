"""Portfolios as those who make them see them: list, upload, versions and what changed, withdrawal.

A file is checked first and everything it would change is shown; nothing changes until somebody
confirms, and what is taken in is the very file that was checked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marra.commission.actions import portfolios as actions
from marra.commission.queries import portfolios as queries
from marra.commission.rules.changes import changes
from marra.door import say, stamp
from marra.index.plan.files import FORMS, LARGEST, read, template
from marra.index.plan.files.guide import guide, indicators
from marra.index.plan.portfolio import Portfolio
from marra.kit.findings import FileRefused, Finding
from marra.people.queries import names
from marra.web import layout
from marra.web.charts.money import money, said
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_authors, post_only
from marra.web.index.chart import TYPES, NoSuchFile
from marra.web.plan.differences import Difference, told

if TYPE_CHECKING:
    from marra.commission.models.plans import Portfolio as Kept
    from marra.commission.models.plans import PortfolioVersion

CHECKED_FILE: Final = "marra.web.plan.checked-file"
KEPT_FOR: Final = 60 * 60
SHOWN: Final = 40
MEDIA: Final = {**TYPES, "toml": "application/toml"}


class Upload(PageForm):
    """The file, and what is new in it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A workbook (.xlsx), CSV or TOML, made from the template. At most 2 megabytes."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.toml"}),
        allow_empty_file=True,
    )
    note = forms.CharField(
        label=gettext_lazy("What is new in this version"),
        help_text=gettext_lazy(
            "One or two sentences for the list of versions; may be left empty."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A finding in the reader's language, with its place in the file."""

    sheet: str
    line: int
    column: str
    says: str


@for_authors
def index(request: HttpRequest) -> HttpResponse:
    """Every portfolio, the newest first."""
    who = stamp(request)
    standing: dict[int, PortfolioVersion] = {}
    for version in queries.versions_for(who).filter(withdrawn_at=None):
        standing.setdefault(version.portfolio_id, version)
    rows = [(each, standing.get(each.pk)) for each in queries.visible_to(who)]
    told = {"rows": rows, "names": names({each.owner for each, _version in rows})}
    return render(request, "plan/portfolios.html", told)


@for_authors
def upload(request: HttpRequest) -> HttpResponseBase:
    """First step: choose a file; then it is checked and shown before anything changes."""
    into = _target(request)
    form = Upload(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return answer(request, "plan/upload.html", form, into=into)
    file, note = form.cleaned_data["file"], form.cleaned_data["note"]
    return _checked(request, file.name, file.read(LARGEST + 1), note, into)


def _target(request: HttpRequest) -> "Kept | None":
    """The portfolio that gets a new version; none for a new portfolio."""
    code = request.GET.get("into") or request.POST.get("into") or ""
    return queries.visible_to(stamp(request)).named(code) if code else None


def _checked(
    request: HttpRequest, name: str, content: bytes, note: str, into: "Kept | None"
) -> HttpResponse:
    try:
        portfolio = read(name, content)
    except FileRefused as refused:
        told_ = {
            "name": name,
            "count": refused.facts["count"],
            "rows": _shown(refused.findings),
            "into": into,
            "form": Upload(initial={"note": note}),
        }
        return render(request, "plan/file_refused.html", told_, status=422)
    found = _differences(into, portfolio)
    code = into.code if into else ""
    return render(
        request,
        "plan/check.html",
        {
            "name": name,
            "note": note,
            "into": into,
            "title": said(portfolio.title, layout.language()),
            "portfolio": portfolio,
            "cost": money(sum(each.cost for each in portfolio.initiatives)),
            "differences": found[:SHOWN],
            "more": len(found) - SHOWN,
            "is_same": into is not None and not found,
            "token": signing.dumps(
                [name, note, code, content.decode("latin-1")], salt=CHECKED_FILE, compress=True
            ),
        },
    )


def _differences(into: "Kept | None", portfolio: Portfolio) -> list[Difference]:
    version = queries.current(into) if into else None
    if version is None:
        return []
    before = queries.proposed(version)
    return [
        told(each, before, portfolio, layout.language()) for each in changes(before, portfolio)
    ]


def _shown(findings: Sequence[Finding]) -> list[Found]:
    return [
        Found(each.sheet, each.line, each.column, say(each.sentence, each.facts))
        for each in findings
    ]


@for_authors
@post_only
def confirm(request: HttpRequest) -> HttpResponseBase:
    """Last step: take in the very file that was checked."""
    try:
        token = request.POST.get("token", "")
        name, note, code, content = signing.loads(token, salt=CHECKED_FILE, max_age=KEPT_FOR)
    except signing.BadSignature:
        said_ = _("The check is more than an hour old or was altered. Choose the file again.")
        return answer(request, "plan/upload.html", Upload(), Refused(said_), into=_target(request))
    refused, who = Refused(), stamp(request)
    file = {"name": name, "content": content.encode("latin-1"), "note": note}
    with refusals_into(refused):
        made = actions.add_version(who, code, **file) if code else _opened(request, file)
        return redirect(f"{reverse('portfolio', args=[made.portfolio.code])}?done=taken")
    return answer(request, "plan/upload.html", Upload(), refused, into=_target(request))


def _opened(request: HttpRequest, file: dict[str, object]) -> "PortfolioVersion":
    return actions.open_portfolio(stamp(request), **file)  # type: ignore[arg-type]


@for_authors
def show(request: HttpRequest, code: str) -> HttpResponse:
    """A portfolio: its versions, and what changed between two of them."""
    who = stamp(request)
    portfolio = queries.visible_to(who).named(code)
    versions = list(queries.versions_for(who).filter(portfolio=portfolio))
    new, old = _pair(request, versions)
    found: list[Difference] = []
    if new and old:
        before, after = queries.proposed(old), queries.proposed(new)
        found = [told(each, before, after, layout.language()) for each in changes(before, after)]
    context = {
        "portfolio": portfolio,
        "versions": versions,
        "current": next((each for each in versions if each.withdrawn_at is None), None),
        "new": new,
        "old": old,
        "differences": found,
        "names": names(
            {each.taken_by for each in versions} | {each.withdrawn_by for each in versions}
        ),
        "done": request.GET.get("done"),
    }
    return render(request, "plan/portfolio.html", context)


def _pair(
    request: HttpRequest, versions: Sequence["PortfolioVersion"]
) -> tuple["PortfolioVersion | None", "PortfolioVersion | None"]:
    """The two versions to compare: those of the address, else the two newest."""
    by_number = {str(each.number): each for each in versions}
    new = by_number.get(request.GET.get("new", "")) or (versions[0] if versions else None)
    before = [each for each in versions if new and each.number < new.number]
    old = by_number.get(request.GET.get("old", "")) or (before[0] if before else None)
    return new, old


@for_authors
@post_only
def publish(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show a portfolio to everybody, or to its makers alone."""
    is_public = request.POST.get("public") == "yes"
    actions.show_portfolio(stamp(request), code, is_public=is_public)
    done = "shown" if is_public else "hidden"
    return redirect(f"{reverse('portfolio', args=[code])}?done={done}")


@for_authors
@post_only
def rename(request: HttpRequest, code: str) -> HttpResponseBase:
    """Give a portfolio another title."""
    actions.rename_portfolio(stamp(request), code, title=request.POST.get("title", ""))
    return redirect(f"{reverse('portfolio', args=[code])}?done=renamed")


@for_authors
def withdraw(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask, then take a version back."""
    version = queries.versions_for(stamp(request)).named(code)
    refused = Refused()
    if request.method == "POST":
        with refusals_into(refused):
            actions.withdraw_version(stamp(request), code)
            return redirect(
                f"{reverse('portfolio', args=[version.portfolio.code])}?done=withdrawn"
            )
    return answer(request, "plan/withdraw.html", refused, version=version)


@for_authors
def original(request: HttpRequest, code: str) -> HttpResponse:
    """The file of a version, byte for byte as it was uploaded."""
    version = queries.versions_for(stamp(request)).named(code)
    media = MEDIA.get(version.format, "application/octet-stream")
    sent = HttpResponse(queries.file(version), content_type=media)
    return _saved(sent, f"{version.code}.{version.format}")


@for_authors
def blank(_request: HttpRequest, form: str) -> HttpResponse:
    """The template in a format, with the guide in the reader's language."""
    if form not in FORMS:
        raise NoSuchFile(kind=form[:20], kinds=", ".join(FORMS))
    sent = HttpResponse(template(form, _), content_type=MEDIA[form])
    return _saved(sent, f"marra-portfolio.{form}")


@for_authors
def columns(request: HttpRequest) -> HttpResponse:
    """The guide: what each column means, and which indicators there are."""
    tables: dict[str, list[object]] = {}
    for line in guide(_):
        tables.setdefault(line.table, []).append(line)
    context = {"tables": tables, "indicators": list(indicators(_)), "formats": tuple(FORMS)}
    return render(request, "plan/columns.html", context)


def _saved(sent: HttpResponse, name: str) -> HttpResponse:
    sent["Content-Disposition"] = f'attachment; filename="{name}"'
    return sent
