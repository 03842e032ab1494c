"""Features as files: the register for everybody; answers and facts, out and in again in steps."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from marra.door import finding, stamp
from marra.inventory.actions import feature_files as actions
from marra.inventory.queries import feature_files as queries
from marra.inventory.queries import features as registers
from marra.inventory.queries.feature_files import Fate, Planned, Prepared
from marra.inventory.queries.features import Entry
from marra.inventory.rules.feature_files import (
    FORMS,
    HELPS,
    LARGEST,
    OF_REGISTER,
    SAYS,
    Of,
    written,
)
from marra.inventory.rules.features import STATES, State, named
from marra.kit.findings import FileRefused
from marra.kit.sheets import Cell
from marra.web import formats, layout
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_deed, post_only
from marra.web.inventory.features import SEEN, line, lists, seen_of_row, which
from marra.web.inventory.importing import KEPT_FOR, as_file, known_form

CHECKED: Final = "marra.web.inventory.checked-features"

HEADINGS: Final = {
    Of.ANSWERS: gettext_noop("Take your answers in from a file"),
    Of.FACTS: gettext_noop("Take addresses and efforts in from a file"),
}
FATES: Final = {
    Fate.NEW: gettext_noop("new"),
    Fate.CHANGED: gettext_noop("changed"),
    Fate.NEXT: gettext_noop("begins the next round"),
    Fate.SAME: gettext_noop("the same"),
}
FIELDS: Final = {
    "verdict": gettext_noop("verdict"),
    "address": gettext_noop("address"),
    "note": gettext_noop("note"),
    "effort": gettext_noop("effort, person-days"),
    "every_days": gettext_noop("how often a machine looks"),
}
TAKE_IN: Final[Mapping[Of, Callable[..., Prepared]]] = {
    Of.ANSWERS: actions.import_answers,
    Of.FACTS: actions.import_facts,
}


class Upload(PageForm):
    """A file of features."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A workbook (.xlsx) or CSV, made from the template below."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )


def register(request: HttpRequest, form: str) -> HttpResponse:
    """The register of a list as a file, for everybody."""
    of = _of(request)
    every = registers.register(stamp(request), *which(of))
    rows = [[*_helps(each), *_stands(each)] for each in every]
    content = written(rows, OF_REGISTER, known_form(form), layout.language())
    return as_file(content, f"features-{of or 'osi'}", form)


@for_deed("inventory", "features.answered")
def answers(request: HttpRequest, form: str) -> HttpResponse:
    """The features this person assesses, with the own answers alone."""
    of, who = _of(request), stamp(request)
    told = queries.to_answer(who, *which(of))
    rows = [[*_helps(entry), *said] for entry, *said in told]
    return _sheet(rows, Of.ANSWERS, of, form)


@for_deed("inventory", "features.written")
def facts(request: HttpRequest, form: str) -> HttpResponse:
    """The features this person writes addresses and efforts for, with what stands now."""
    of, who = _of(request), stamp(request)
    rows = [
        [*_helps(each), *(getattr(each.row, name, None) for name in SAYS[Of.FACTS])]
        for each in queries.to_write(who, *which(of))
    ]
    return _sheet(rows, Of.FACTS, of, form)


@for_deed("inventory", "features.answered")
def upload_answers(request: HttpRequest) -> HttpResponseBase:
    """Answers from a file: choose it, and see what it would change."""
    return _upload(request, Of.ANSWERS)


@for_deed("inventory", "features.written")
def upload_facts(request: HttpRequest) -> HttpResponseBase:
    """Addresses and efforts from a file: choose it, and see what it would change."""
    return _upload(request, Of.FACTS)


@for_deed("inventory", "features.answered")
@post_only
def confirm_answers(request: HttpRequest) -> HttpResponseBase:
    """Take in the very file of answers that was checked."""
    return _confirm(request, Of.ANSWERS)


@for_deed("inventory", "features.written")
@post_only
def confirm_facts(request: HttpRequest) -> HttpResponseBase:
    """Take in the very file of addresses and efforts that was checked."""
    return _confirm(request, Of.FACTS)


def _upload(request: HttpRequest, of: Of) -> HttpResponseBase:
    who, form = stamp(request), Upload(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return answer(request, "inventory/features_upload.html", form, **_context(request, of))
    file = form.cleaned_data["file"]
    content = file.read(LARGEST + 1)
    try:
        found = queries.prepare(who, file.name, queries.told_in(file.name, content, of), of)
    except FileRefused as refused:
        rows = [finding(each) for each in refused.findings]
        told = {"file": file.name, "count": refused.facts["count"], "rows": rows}
        context = {**_context(request, of), **told}
        return render(request, "inventory/features_refused.html", context, status=422)
    token = [of.value, who.by, file.name, content.decode("latin-1")]
    context = {
        **_context(request, of),
        "file": file.name,
        "found": found,
        "tally": [(gettext(told), found.count(fate)) for fate, told in FATES.items()],
        "moved": [_moved(each) for each in found.plan if each.fate is not Fate.SAME],
        "token": signing.dumps(token, salt=CHECKED, compress=True),
    }
    return render(request, "inventory/features_check.html", context)


def _confirm(request: HttpRequest, of: Of) -> HttpResponseBase:
    who = stamp(request)
    try:
        token = request.POST.get("token", "")
        kind, by, name, content = signing.loads(token, salt=CHECKED, max_age=KEPT_FOR)
    except signing.BadSignature:
        kind, by = "", ""
    context = _context(request, of)
    if (kind, by) != (of.value, who.by):
        said = gettext("The check is more than an hour old or was altered. Choose the file again.")
        return answer(
            request, "inventory/features_upload.html", Upload(), Refused(said), **context
        )
    refused = Refused()
    with refusals_into(refused):
        TAKE_IN[of](who, name=name, content=content.encode("latin-1"))
        return redirect(f"{reverse('features-desk')}?done=imported")
    return answer(request, "inventory/features_upload.html", Upload(), refused, **context)


def _context(request: HttpRequest, of: Of) -> dict[str, Any]:
    return {
        "of": of,
        "heading": gettext(HEADINGS[of]),
        "portal": _of(request),
        "lists": lists(),
        "forms": FORMS,
        "sheet": f"features-{of}",
        "upload": f"features-{of}-upload",
        "confirm": f"features-{of}-confirm",
    }


def _of(request: HttpRequest) -> str:
    of = request.GET.get("of", "")
    return of if of in dict(lists()) else ""


def _sheet(rows: Sequence[Sequence[Cell]], of: Of, portal: str, form: str) -> HttpResponse:
    content = written(rows, (*HELPS, *SAYS[of]), known_form(form), layout.language())
    return as_file(content, f"features-{of}-{portal or 'osi'}", form)


def _helps(entry: Entry) -> list[Cell]:
    told = line(entry)
    return [entry.code, told.module, told.name, told.told]


def _stands(entry: Entry) -> list[Cell]:
    row, told = entry.row, line(entry)
    if row is None:
        return [None, None, None, None]
    assessed = row.checked_at.astimezone(formats.NATIONAL_TIME).date() if row.checked_at else None
    return [row.address, told.body, assessed, gettext(SEEN[seen_of_row(row)])]


def _moved(each: Planned) -> tuple[str, str, str, list[tuple[str, str, str]]]:
    """A row that would be otherwise: its code, name, fate, and each field before and after."""
    fields = [
        (gettext(FIELDS[name]), _said(name, before), _said(name, after))
        for name, (before, after) in each.fields.items()
    ]
    name = named(each.told.code)[0].name.into(layout.language())
    return each.told.code, name, gettext(FATES[each.fate]), fields


def _said(name: str, value: object) -> str:
    if value in (None, ""):
        return formats.NOTHING
    if name == "verdict":
        return gettext(STATES[State(str(value))])
    return formats.plain(value) if isinstance(value, int | float) else str(value)
