"""Obligations: how many are met, overdue and not measured, and of each what shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marra.commission.queries import assignments, proposals
from marra.commission.queries import obligations as queries
from marra.commission.queries.obligations import Line, Whole
from marra.commission.rules.acts.act import PROOFS
from marra.commission.rules.obligations import State, counts
from marra.commission.rules.readings import QUESTIONS
from marra.door import stamp
from marra.people.queries import names
from marra.people.rules.rights import Stamp
from marra.web import layout
from marra.web.commission.meanings import ANSWERS
from marra.web.commission.standing import Told, amount, target, told
from marra.web.files import sent
from marra.web.forms import PageForm
from marra.web.gate import is_staff, may
from marra.web.kept import rests_on_records

PAGE: Final = 50
MOST: Final = 30
"""Assignments that are listed on the page of something else."""
RESOLUTION: Final = "pq-308"
SLUGS: Final = {state.name.lower().replace("_", "-"): state for state in State}
"""States as they stand in addresses."""


class Filters(PageForm):
    """What to show of the obligations; the choices stand in the address."""

    act = forms.ChoiceField(label=gettext_lazy("Act or source"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=1000)

    def __init__(self, data: object, acts: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        states = [(slug, _(state.value)) for slug, state in SLUGS.items()]
        for name, choices in (("act", acts), ("state", states)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("all")), *choices]


@dataclass(frozen=True, slots=True)
class Row:
    """One obligation as the list writes it."""

    code: str
    clause: str
    what: str
    who: str
    told: Told


@dataclass(frozen=True, slots=True)
class Section:
    """The obligations of one act or source."""

    code: str
    number: str
    title: str
    is_source: bool
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one answer to a question makes of the obligation."""

    says: str
    due: str
    target: str
    basis: str
    stands: bool


@rests_on_records
def show(request: HttpRequest) -> HttpResponse:
    """Every obligation with how it stands: those of acts first, those of other sources apart."""
    lines = queries.board(stamp(request))
    acts = {line.row.act.code: line.row.act for line in lines}
    named = [(code, act.named.into(layout.language())) for code, act in acts.items()]
    form = Filters(request.GET, named)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = [line for line in lines if _fits(line, wanted)]
    page = wanted.get("page") or 1
    own = [line for line in lines if line.row.act.kind != "source"]
    tally = counts([line.standing for line in own])
    context = {
        "form": form,
        "filters": [form["act"], form["state"]],
        "sections": _sections(found[(page - 1) * PAGE : page * PAGE]),
        "counts": [(slug, state, tally[state]) for slug, state in SLUGS.items()],
        "met": tally[State.MET],
        "overdue": tally[State.OVERDUE],
        "unmeasured": sum(_unseen(line) for line in own),
        "total": len(own),
        "found": len(found),
        "today": stamp(request).at.date(),
        "filtered": bool(wanted.get("act") or wanted.get("state")),
        "more": page + 1 if len(found) > page * PAGE else None,
        "less": page - 1 if page > 1 else None,
    }
    status = 200 if form.is_valid() else 422
    return render(request, "commission/obligations.html", context, status=status)


@rests_on_records
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One obligation: clause, target, value, proof, and the history of all of them."""
    return render(request, "commission/obligation.html", _whole(stamp(request), code, request))


def proof_file(request: HttpRequest, code: str) -> HttpResponse:
    """The file of a proof: whoever reads the obligation reads what shows that it is met."""
    return sent(queries.file_of(stamp(request), code))


def _whole(who: Stamp, code: str, request: HttpRequest) -> dict[str, object]:
    """What the page of one obligation shows."""
    whole = queries.one(who, code)
    row, line = whole.line.row, whole.line
    accounts = {each.set_by for each in whole.days}
    accounts |= {each.made_by for each in whole.proofs}
    return {
        "row": row,
        "what": said(row.what),
        "who": said(row.who),
        "aim": said(row.aim),
        "note": said(row.note),
        "told": told(line),
        "standing": line.standing,
        "is_met": line.standing.state is State.MET,
        "proof_kind": PROOFS[row.proof],
        "question": QUESTIONS[row.reading].says if row.reading else "",
        "readings": _readings(whole),
        "seen": [
            (amount(row.measure, each.value, row.unit), each) for each in reversed(whole.seen)
        ][:20],
        "proofs": [
            (each, "" if each.value is None else amount(row.measure, each.value, row.unit))
            for each in whole.proofs
        ],
        "days": whole.days,
        "assignments": list(assignments.visible_to(who).filter(obligation=row)[:MOST]),
        "proposals": list(proposals.visible_to(who).filter(obligation=row)[:MOST]),
        "names": names(accounts) if is_staff(who) else {},
        "may_propose": is_staff(who),
        "may_prove": row.proof != "fact" and may(who, "commission", "obligation.proved"),
        "may_set_day": _needs_day(line) and may(who, "commission", "obligation.day-set"),
        "done": request.GET.get("done"),
    }


def said(told_: dict[str, str]) -> str:
    """A text of a row in the reader's language; nothing where there is none."""
    return told_.get(layout.language().replace("-", "_"), "")


def _needs_day(line: Line) -> bool:
    return line.row.due is None and not any(each.due for each in queries.meanings(line.row))


def _fits(line: Line, wanted: dict[str, object]) -> bool:
    state = SLUGS.get(str(wanted.get("state")))
    return wanted.get("act") in (None, "", line.row.act.code) and (
        state is None or line.standing.state is state
    )


def _unseen(line: Line) -> bool:
    """Whether it is judged by a value, and there is none."""
    return line.row.proof == "measure" and line.standing.seen is None


def _sections(lines: Sequence[Line]) -> list[Section]:
    found: dict[int, Section] = {}
    for line in lines:
        act = line.row.act
        section = found.setdefault(
            act.pk,
            Section(
                act.code,
                act.named.into(layout.language()),
                act.title.into(layout.language()),
                act.kind == "source",
                [],
            ),
        )
        row = line.row
        section.rows.append(
            Row(row.code, row.clause.number, said(row.what), said(row.who), told(line))
        )
    return sorted(found.values(), key=lambda each: each.is_source)


def _readings(whole: Whole) -> list[Reading]:
    row, now = whole.line.row, whole.line.asked
    return [
        Reading(
            says=_(ANSWERS[row.reading][answer]),
            due=f"{asked.due:%d.%m.%Y}" if asked.due else "",
            target=target(asked, row.unit),
            basis=asked.basis,
            stands=(asked.due, asked.target, asked.basis) == (now.due, now.target, now.basis),
        )
        for answer, asked in whole.others.items()
    ]
