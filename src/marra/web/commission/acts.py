"""Acts: the card of each, and taking a file in after it was checked and shown."""

from dataclasses import dataclass
from typing import Final

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from marra.commission.actions import acts as actions
from marra.commission.queries import acts as queries
from marra.commission.queries import obligations
from marra.commission.rules.acts.act import KINDS, Clause, digest, written
from marra.commission.rules.acts.reader import LARGEST, read
from marra.commission.rules.acts.writer import to_toml
from marra.commission.rules.taking import Change, changes
from marra.door import finding, stamp
from marra.kit.findings import FileRefused
from marra.kit.text import Text
from marra.people.queries import names
from marra.web import layout
from marra.web.commission.standing import Told, told
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_deed, is_staff, may, post_only
from marra.web.kept import rests_on_records

CHECKED_FILE: Final = "marra.web.commission.checked-act"
KEPT_FOR: Final = 60 * 60

FIELDS: Final = {
    "number": gettext_noop("number"),
    "title": gettext_noop("title"),
    "kind": gettext_noop("kind"),
    "address": gettext_noop("address"),
    "signed_on": gettext_noop("day of signature"),
    "published_on": gettext_noop("day of publication"),
    "in_force_from": gettext_noop("in force from"),
    "text": gettext_noop("text"),
    "original": gettext_noop("original text"),
    "parent": gettext_noop("place among the clauses"),
    "clause": gettext_noop("clause"),
    "what": gettext_noop("what is asked for"),
    "who": gettext_noop("who"),
    "who_basis": gettext_noop("how well “who” is known"),
    "aim": gettext_noop("what would show it"),
    "starts": gettext_noop("holds from"),
    "due": gettext_noop("deadline"),
    "reading": gettext_noop("question of reading"),
    "meanings": gettext_noop("what each answer means"),
    "measure": gettext_noop("indicator"),
    "relation": gettext_noop("target"),
    "target": gettext_noop("target"),
    "unit": gettext_noop("unit"),
    "proof": gettext_noop("what counts as proof"),
    "note": gettext_noop("note"),
}
"""What may differ between two versions, in words."""

KINDS_OF_CHANGE: Final = {
    ("act", "changed"): gettext_noop("The act itself"),
    ("clause", "added"): gettext_noop("New clause"),
    ("clause", "removed"): gettext_noop("Clause left out"),
    ("clause", "changed"): gettext_noop("Clause"),
    ("obligation", "added"): gettext_noop("New obligation"),
    ("obligation", "removed"): gettext_noop("Obligation left out"),
    ("obligation", "changed"): gettext_noop("Obligation"),
}


class Upload(PageForm):
    """The file of an act."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A TOML file, made from one that is shown below. At most 1 megabyte."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".toml"}),
        allow_empty_file=True,
    )


@dataclass(frozen=True, slots=True)
class ClauseShown:
    """A clause with the obligations it bears, and how each stands."""

    clause: Clause
    obligations: list[tuple[str, str, Told | None]]


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One difference between two versions, in words."""

    kind: str
    code: str
    fields: str


@rests_on_records
def index(request: HttpRequest) -> HttpResponse:
    """Every act and source that stands."""
    who = stamp(request)
    rows = list(queries.standing(who).prefetch_related("obligations"))
    context = {
        "acts": [row for row in rows if row.kind != "source"],
        "sources": [row for row in rows if row.kind == "source"],
        "kinds": KINDS,
        "may_import": may(who, "commission", "act.imported"),
        "done": request.GET.get("done"),
    }
    return render(request, "commission/acts.html", context)


@rests_on_records
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The card of an act: what it is, its clauses with their obligations, its terms, versions."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    act = queries.whole(row)
    standing = {
        line.row.code: line for line in obligations.board(who) if line.row.act_id == row.pk
    }
    clauses = [
        ClauseShown(
            clause,
            [
                (each.code, each.what.into(layout.language()), told(line) if line else None)
                for each in act.obligations
                if each.clause == clause.number
                for line in (standing.get(each.code),)
            ],
        )
        for clause in act.clauses
    ]
    context = {
        "row": row,
        "act": act,
        "kind": KINDS[act.kind],
        "is_source": act.kind == "source",
        "has_original": any(clause.original for clause in act.clauses),
        "clauses": clauses,
        "terms": [_term(each.name) for each in act.terms],
        "versions": list(queries.versions(row)),
        "names": names({row.taken_by}) if is_staff(who) else {},
        "is_staff": is_staff(who),
        "may_import": may(who, "commission", "act.imported"),
        "done": request.GET.get("done"),
    }
    return render(request, "commission/act.html", context)


def _term(name: Text) -> tuple[str, str]:
    """A term in the reader's language and in that of the act, in the script the reader knows."""
    language = layout.language()
    own = name.into(language)
    act = name.uz_cyrl if language in ("ru", "uz-cyrl") else name.uz
    return own, "" if act == own else act


def file(request: HttpRequest, code: str) -> HttpResponse:
    """An act as a file, to be filled in with the official text and taken in again."""
    row = queries.visible_to(stamp(request)).named(code)
    sent = HttpResponse(to_toml(queries.whole(row)), content_type="application/toml")
    sent["Content-Disposition"] = f'attachment; filename="{row.code}.toml"'
    return sent


@for_deed("commission", "act.imported")
def upload(request: HttpRequest) -> HttpResponseBase:
    """First step: choose a file; then it is checked and shown before anything changes."""
    form = Upload(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _upload(request, form)
    given = form.cleaned_data["file"]
    return _checked(request, given.name, given.read(LARGEST + 1))


def _upload(request: HttpRequest, form: PageForm, wrong: PageForm | None = None) -> HttpResponse:
    acts = list(queries.standing(stamp(request)))
    return answer(request, "commission/act_upload.html", form, wrong, acts=acts)


def _checked(request: HttpRequest, name: str, content: bytes) -> HttpResponse:
    try:
        act = read(name, content)
    except FileRefused as refused:
        told_ = {
            "name": name,
            "count": refused.facts["count"],
            "rows": [(each.line, each.column, finding(each)) for each in refused.findings],
        }
        return render(request, "commission/act_refused.html", told_, status=422)
    before = queries.standing(stamp(request)).filter(code=act.code).first()
    old = queries.whole(before) if before else None
    context = {
        "name": name,
        "act": act,
        "kind": KINDS[act.kind],
        "before": before,
        "is_same": before is not None and before.digest == digest(written(act)),
        "originals": sum(bool(clause.original) for clause in act.clauses),
        "changes": [_change(each) for each in changes(old, act)],
        "token": signing.dumps(
            [name, content.decode("latin-1")], salt=CHECKED_FILE, compress=True
        ),
    }
    return render(request, "commission/act_check.html", context)


@for_deed("commission", "act.imported")
@post_only
def confirm(request: HttpRequest) -> HttpResponseBase:
    """Last step: take in the very file that was checked."""
    try:
        token = request.POST.get("token", "")
        name, content = signing.loads(token, salt=CHECKED_FILE, max_age=KEPT_FOR)
    except signing.BadSignature:
        said = _("The check is more than an hour old or was altered. Choose the file again.")
        return _upload(request, Upload(), Refused(said))
    refused = Refused()
    with refusals_into(refused):
        made = actions.import_act(stamp(request), name=name, content=content.encode("latin-1"))
        return redirect(f"{reverse('act', args=[made.code])}?done=imported")
    return _upload(request, Upload(), refused)


def _change(change: Change) -> ChangeShown:
    named = dict.fromkeys(_(FIELDS[each]) for each in change.fields)
    kind = _(KINDS_OF_CHANGE[change.thing, change.kind])
    return ChangeShown(kind, change.code, ", ".join(named))
