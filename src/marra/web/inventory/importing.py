"""A body's own list from a file: choose it, see what it would change, confirm; and back again."""

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from marra.door import finding, stamp
from marra.inventory.actions import importing as actions
from marra.inventory.queries import importing as queries
from marra.inventory.queries.bodies import bodies, named
from marra.inventory.queries.importing import Prepared
from marra.inventory.queries.reading import reads
from marra.inventory.rules.files.columns import Thing
from marra.inventory.rules.files.planned import Fate, Planned
from marra.inventory.rules.files.reader import LARGEST
from marra.inventory.rules.files.writer import FORMS, template, written
from marra.inventory.rules.things import Field
from marra.kit.findings import FileRefused
from marra.store import NothingNamed
from marra.web import formats, layout
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_deed, post_only
from marra.web.index.chart import TYPES, NoSuchFile
from marra.web.inventory.forms import must

if TYPE_CHECKING:
    from marra.inventory.models.bodies import StateBody

CHECKED_FILE: Final = "marra.web.inventory.checked-list"
KEPT_FOR: Final = 60 * 60
SHOWN: Final = 100

THINGS: Final = {
    Thing.FUNCTION: gettext_noop("Functions"),
    Thing.PROCESS: gettext_noop("Processes"),
    Thing.SERVICE: gettext_noop("Services"),
}
FATES: Final = {Fate.NEW: gettext_noop("new"), Fate.CHANGED: gettext_noop("changed")}


class Upload(PageForm):
    """The file of a list."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A workbook (.xlsx) or CSV, made from the template. At most 5 megabytes and 5 000 "
            "rows a sheet."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )


@for_deed("inventory", "list.imported")
def upload(request: HttpRequest, code: str) -> HttpResponseBase:
    """First step: choose a file; then it is checked and shown before anything changes."""
    who, body = stamp(request), named(code)
    must(who, "list.imported", code)
    form = Upload(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return answer(request, "inventory/upload.html", form, **_of(body))
    file = form.cleaned_data["file"]
    content = file.read(LARGEST + 1)
    try:
        found = queries.prepare(who, body, file.name, content)
    except FileRefused as refused:
        rows = [finding(each) for each in refused.findings]
        told = {"file": file.name, "count": refused.facts["count"], "rows": rows}
        return render(request, "inventory/refused.html", {**_of(body), **told}, status=422)
    return render(request, "inventory/check.html", _check(body, file.name, content, found))


def _of(body: "StateBody") -> dict[str, Any]:
    return {"body": body, "name": body.name.into(layout.language()), "forms": FORMS}


def _check(body: "StateBody", name: str, content: bytes, found: Prepared) -> dict[str, Any]:
    called = {each.code: each.name.into(layout.language()) for each in bodies()}
    moved = [each for each in found.plan if each.fate is not Fate.SAME]
    return {
        **_of(body),
        "file": name,
        "rows": found.rows,
        "tally": [
            (_(label), *(found.count(thing, fate) for fate in Fate))
            for thing, label in THINGS.items()
        ],
        "moved": [_moved(each) for each in moved[:SHOWN]],
        "more": max(0, len(moved) - SHOWN),
        "doubles": [
            (each.told.line, each.told.title, each.title, called.get(each.body, ""))
            for each in found.doubles[:SHOWN]
        ],
        "count_doubles": len(found.doubles),
        "remarks": [finding(each) for each in found.remarks],
        "changes_anything": found.changes_anything,
        "token": signing.dumps(
            [body.code, name, content.decode("latin-1")], salt=CHECKED_FILE, compress=True
        ),
    }


def _moved(each: Planned) -> tuple[str, str, str, list[tuple[str, str, str]]]:
    """A thing that would be otherwise: fate, kind, title, and each field before and after."""
    told = {"title": each.told.title, **each.told.says}
    fields = [
        (
            _(Field[name.upper()].value),
            _said(name, each.before.get(name)),
            _said(name, told.get(name)),
        )
        for name in each.fields
        if name != "processes"
    ]
    return _(FATES[each.fate]), _(THINGS[each.told.thing]), each.told.title, fields


def _said(name: str, value: Any) -> str:
    if value in (None, "", []):
        return formats.NOTHING
    if name in ("protected_share", "automation"):
        return f"{formats.plain(value * 100)} %"
    if isinstance(value, int | float):
        return formats.plain(value)
    return formats.day(value) if hasattr(value, "strftime") else str(value)


@for_deed("inventory", "list.imported")
@post_only
def confirm(request: HttpRequest, code: str) -> HttpResponseBase:
    """Last step: take in the very file that was checked."""
    who, body = stamp(request), named(code)
    must(who, "list.imported", code)
    try:
        token = request.POST.get("token", "")
        of, name, content = signing.loads(token, salt=CHECKED_FILE, max_age=KEPT_FOR)
    except signing.BadSignature:
        of = ""
    if of != code:
        said = _("The check is more than an hour old or was altered. Choose the file again.")
        return answer(request, "inventory/upload.html", Upload(), Refused(said), **_of(body))
    refused = Refused()
    with refusals_into(refused):
        actions.import_list(
            who,
            code,
            name=name,
            content=content.encode("latin-1"),
            sure=request.POST.get("sure") == "yes",
        )
        return redirect(f"{reverse('inventory-body', args=[code])}?done=imported")
    return answer(request, "inventory/upload.html", Upload(), refused, **_of(body))


@for_deed("inventory", "list.imported")
def blank(_request: HttpRequest, form: str) -> HttpResponse:
    """The template in a form, with heads and guide in the reader's language."""
    return as_file(template(known_form(form), layout.language(), _), "marra-inventory", form)


def file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The list of a body as a file, which reads back the same."""
    who, body = stamp(request), named(code)
    if not reads(who, body):
        raise NothingNamed(kind="list", code=code)
    rows = queries.rows_of(body, layout.language())
    return as_file(
        written(rows, known_form(form), layout.language(), _), f"inventory-{code}", form
    )


def known_form(form: str) -> str:
    """A form in which a list can be had; refuses others with `NoSuchFile`."""
    if form not in FORMS:
        raise NoSuchFile(kind=form[:20], kinds=", ".join(FORMS))
    return form


def as_file(content: bytes, name: str, form: str) -> HttpResponse:
    """A file to be kept by whoever asked for it, and by nobody on the way."""
    sent = HttpResponse(content, content_type=TYPES[form])
    sent["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    sent["Cache-Control"] = "private, no-store"
    return sent
