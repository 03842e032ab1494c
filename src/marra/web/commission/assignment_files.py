"""Lists of assignments as files: download what is asked for, and take a list in in three steps."""

from typing import Final

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marra.commission.actions.assignment_files import import_assignments
from marra.commission.queries import assignments as queries
from marra.commission.queries.assignment_files import known, to_write
from marra.commission.rules.assignment_files.reader import LARGEST, MOST, Read, read
from marra.door import finding, stamp
from marra.inventory.queries.bodies import choices
from marra.kit.findings import FileRefused
from marra.web import layout
from marra.web.commission import assignment_sheets as sheets
from marra.web.commission.assignment_lines import Filter
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_deed, for_staff, post_only
from marra.web.index.chart import TYPES, NoSuchFile

FORMS: Final = ("xlsx", "csv")
CHECKED_FILE: Final = "marra.web.commission.checked-assignments"
KEPT_FOR: Final = 60 * 60
SHOWN: Final = 20


class Upload(PageForm):
    """The file, and whether its rows are given at once."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A workbook (.xlsx) or CSV, made from the template. At most 5 megabytes and 5 000 "
            "rows; a list of that length takes some seconds."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )
    give = forms.BooleanField(
        label=gettext_lazy("Give rows that say no state to their bodies at once"),
        help_text=gettext_lazy("Otherwise they are kept as drafts, which nobody else sees."),
        required=False,
    )


@for_staff
def file(request: HttpRequest, form: str) -> HttpResponse:
    """The assignments that the address asks for, as far as this person may know of them."""
    if form not in FORMS:
        raise NoSuchFile(kind=form[:20], kinds=", ".join(FORMS))
    who = stamp(request)
    asked = Filter(request.GET or None, who=who).asked()
    rows = queries.asked_for(queries.visible_to(who), asked, who.at.date())
    cells = sheets.cells(to_write(rows))
    content = sheets.as_xlsx(cells) if form == "xlsx" else sheets.as_csv(cells)
    return _sent(content, f"marra-assignments-{who.at:%Y-%m-%d}", form)


@for_deed("commission", "assignments.imported")
def template(_request: HttpRequest, form: str) -> HttpResponse:
    """An empty list, with the guide where the form has room for it."""
    if form not in FORMS:
        raise NoSuchFile(kind=form[:20], kinds=", ".join(FORMS))
    content = sheets.as_xlsx([], guide=True) if form == "xlsx" else sheets.as_csv([])
    return _sent(content, "marra-assignments-template", form)


@for_deed("commission", "assignments.imported")
def upload(request: HttpRequest) -> HttpResponseBase:
    """First step: choose a file; then it is checked and shown before anything changes."""
    form = Upload(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _upload(request, form)
    given = form.cleaned_data["file"]
    return _checked(request, given.name, given.read(LARGEST + 1), give=form.cleaned_data["give"])


def _upload(request: HttpRequest, form: PageForm, wrong: PageForm | None = None) -> HttpResponse:
    context = {"guide": sheets.guide(), "formats": FORMS, "most": MOST}
    return answer(request, "commission/assignments_upload.html", form, wrong, **context)


def _checked(request: HttpRequest, name: str, content: bytes, *, give: bool) -> HttpResponse:
    who = stamp(request)
    try:
        found = read(name, content, known(who), who.at.date())
    except FileRefused as refused:
        told = {
            "name": name,
            "count": refused.facts["count"],
            "rows": [(each.line, each.column, finding(each)) for each in refused.findings],
        }
        return render(request, "commission/assignments_refused.html", told, status=422)
    named = dict(choices(layout.language()))
    context = {
        "name": name,
        "give": give,
        "count": len(found.rows),
        "first": [(row, named.get(row.lead, "")) for row in found.rows[:SHOWN]],
        "standing": found.standing[:SHOWN],
        "standing_count": len(found.standing),
        "alike": found.alike[:SHOWN],
        "alike_count": len(found.alike),
        "bodies": len({row.lead for row in found.rows}),
        "days": _days(found),
        "token": signing.dumps(
            [name, give, content.decode("latin-1")], salt=CHECKED_FILE, compress=True
        ),
    }
    return render(request, "commission/assignments_check.html", context)


def _days(found: Read) -> tuple[object, object] | None:
    days = sorted(row.deadline for row in found.rows)
    return (days[0], days[-1]) if days else None


@for_deed("commission", "assignments.imported")
@post_only
def confirm(request: HttpRequest) -> HttpResponseBase:
    """Last step: take in the very file that was checked."""
    try:
        token = request.POST.get("token", "")
        name, give, content = signing.loads(token, salt=CHECKED_FILE, max_age=KEPT_FOR)
    except signing.BadSignature:
        said = _("The check is more than an hour old or was altered. Choose the file again.")
        return _upload(request, Upload(), Refused(said))
    refused = Refused()
    with refusals_into(refused):
        import_assignments(stamp(request), name=name, content=content.encode("latin-1"), give=give)
        return redirect(f"{reverse('assignments')}?done=imported")
    return _upload(request, Upload(), refused)


def _sent(content: bytes, name: str, form: str) -> HttpResponse:
    answer_ = HttpResponse(content, content_type=TYPES[form])
    answer_.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer_.headers["X-Content-Type-Options"] = "nosniff"
    return answer_
