"""Quarterly reports: make one, keep it, publish it, and take it away as a file."""

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marra.commission.actions import reports as actions
from marra.commission.queries import assignments
from marra.commission.queries import reports as queries
from marra.commission.rules import quarters
from marra.commission.rules.execution import closed_quarters, quarter_named
from marra.commission.rules.reports import Report
from marra.door import stamp
from marra.kit import frozen
from marra.kit.days import quarter_of
from marra.people.queries import names
from marra.people.rules.rights import Stamp
from marra.store import NothingNamed
from marra.web import layout
from marra.web.commission import report_papers as papers
from marra.web.commission.quarter_asked import said
from marra.web.commission.report_parts import told
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_staff, may
from marra.web.index.chart import TYPES
from marra.web.paper import pages, word
from marra.web.paper.document import Document

PAGE: Final = 50
OFFERED: Final = 8
"""How many quarters that are over can be chosen, beside the one that runs."""

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ROWS: Final = {"rows": 4}


class Chosen(PageForm):
    """Which quarter; the choice stands in the address."""

    quarter = forms.ChoiceField(label=_("Quarter"))

    def __init__(self, *args: Any, who: Stamp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["quarter"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each, said(each)) for each in offered(who)]


class Making(PageForm):
    """What whoever makes the report adds to the figures."""

    own_problems = forms.CharField(
        label=_("What hinders the work as a whole"),
        help_text=_("Stands in part 4. Everybody reads it once the report is published."),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs=ROWS),
    )
    own_tasks = forms.CharField(
        label=_("What the next quarter is for"),
        help_text=_("Stands in part 5. Everybody reads it once the report is published."),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs=ROWS),
    )


def offered(who: Stamp) -> list[str]:
    """The quarter that was over last, the one that runs, and those before."""
    today = who.at.date()
    (last, *before), now = closed_quarters(today, OFFERED), quarter_of(today)
    return [f"{year}Q{number}" for year, number in (last, now, *before)]


# ── Pages ────────────────────────────────────────────────────────────────────────────────────


@for_staff
def index(request: HttpRequest) -> HttpResponse:
    """The reports that were made, what is due after the quarter, and the way to a new one."""
    who = stamp(request)
    given = request.GET.get("page", "")
    page = int(given) if given.isdecimal() and 0 < int(given) < 100_000 else 1
    found = list(queries.listed(who)[(page - 1) * PAGE : page * PAGE + 1])
    context = {
        "form": Chosen(who=who),
        "lines": [(each, said(f"{each.year}Q{each.quarter}")) for each in found[:PAGE]],
        "names": names({each.made_by for each in found}),
        "reads": queries.reads(who),
        "days": [
            (each, said(f"{each.year}Q{each.quarter}"), (each.day - who.at.date()).days)
            for each in quarters.coming(who.at.date())
        ],
        "basis": quarters.told()["basis"],
        "source": quarters.told()["source"],
        "less": page - 1,
        "more": page + 1 if len(found) > PAGE else None,
    }
    return render(request, "commission/reports.html", context)


@for_staff
def new(request: HttpRequest) -> HttpResponseBase:
    """A report as it would be now, and the form that keeps it."""
    who, written = _reader(request), request.GET.get("quarter", "")
    form = Making(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_into(form):
            made = actions.make_report(who, written, **form.cleaned_data)
            return redirect(f"{reverse('report', args=[made.code])}?done=made")
    found = queries.report(who, *quarter_named(written))
    context = {
        **told(found),
        "quarter": said(written),
        "written": written,
        "may_make": may(who, "commission", "report.made"),
    }
    return answer(request, "commission/report_new.html", form, None, **context)


@for_staff
def show(request: HttpRequest, code: str) -> HttpResponse:
    """A report as it was made, with its files and whether everybody reads it."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    found = queries.read(row)
    is_published = row.published_at is not None
    context = {
        **told(found),
        "row": row,
        "quarter": said(f"{row.year}Q{row.quarter}"),
        "written": f"{row.year}Q{row.quarter}",
        "intact": queries.is_intact(row),
        "names": names({row.made_by, row.published_by}),
        "may_publish": not is_published
        and found.is_whole
        and may(who, "commission", "report.published"),
        "done": request.GET.get("done"),
    }
    return render(request, "commission/report.html", context)


@for_staff
def publish(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask once more, then publish."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    form = Refused()
    if request.method == "POST":
        with refusals_into(form):
            actions.publish_report(who, code)
            return redirect(f"{reverse('report', args=[code])}?done=published")
    context = {"row": row, "quarter": said(f"{row.year}Q{row.quarter}")}
    return answer(request, "commission/report_publish.html", form, None, **context)


# ── Files ────────────────────────────────────────────────────────────────────────────────────


@for_staff
def draft_file(request: HttpRequest, form: str) -> HttpResponse:
    """A report as it would be now, as a file."""
    who, written = _reader(request), request.GET.get("quarter", "")
    found = queries.report(who, *quarter_named(written))
    document = papers.document(found, layout.language(), who.at)
    return _sent(form, found, document, frozen.written(found))


@for_staff
def file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """A report as it was made, as a file; as JSON it is the document that was frozen."""
    row = queries.visible_to(stamp(request)).named(code)
    found = queries.read(row)
    document = papers.document(
        found,
        layout.language(),
        row.made_at,
        digest=row.digest,
        published=row.published_at is not None,
    )
    return _sent(form, found, document, row.document)


def _reader(request: HttpRequest) -> Stamp:
    """Whoever reads every assignment; refuses others."""
    who = stamp(request)
    who.require(*assignments.ALL)
    return who


def _sent(form: str, found: Report, document: Document, text: str) -> HttpResponse:
    match form:
        case "pdf":
            content = pages.pdf(document)
        case "docx":
            content = word.docx(document)
        case "xlsx":
            content = papers.workbook(found, layout.language())
        case "json":
            content = text.encode()
        case _:
            raise NothingNamed(kind="file", code=f"report.{form}"[:40])
    sent = HttpResponse(content, content_type=TYPES.get(form, DOCX))
    name = f"report-{found.year}Q{found.quarter}.{form}"
    sent["Content-Disposition"] = f'attachment; filename="{name}"'
    return sent
