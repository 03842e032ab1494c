"""One state body: what is left before its list is exact, and the list as a tree."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from marra.door import stamp
from marra.inventory.queries import approvals, tree
from marra.inventory.queries.bodies import bodies, named
from marra.inventory.queries.reading import reads
from marra.inventory.queries.work import Tally, alike_to, problems_left, tally
from marra.inventory.rules.bodies import KINDS
from marra.inventory.rules.checks import TOLD, Check, Problem
from marra.inventory.rules.cofog import purposes
from marra.inventory.rules.lists import categories
from marra.inventory.rules.things import DECISIONS, Decision, Field
from marra.people.queries import names
from marra.people.rules.rights import Stamp
from marra.web import layout
from marra.web.gate import for_staff, is_staff, may
from marra.web.inventory.overview import SAID, state_of
from marra.web.kept import rests_on_records

if TYPE_CHECKING:
    from marra.inventory.models.bodies import StateBody

PAGE: Final = 50
FUNCTIONS: Final = 25
"""Functions with their processes and services on one page."""

EDITS: Final = {
    Check.FUNCTION_WITHOUT_PROCESS: "function-change",
    Check.PROCESS_WITHOUT_FUNCTION: "process-change",
    Check.OWNED_TWICE: "function-change",
    Check.SERVICE_UNFINISHED: "service-change",
}
"""Where each kind of work left is done."""

HOW: Final = {
    Check.FUNCTION_WITHOUT_PROCESS: gettext_noop(
        "Add a process, or write on the function why it has none."
    ),
    Check.PROCESS_WITHOUT_FUNCTION: gettext_noop(
        "Name the function that the process carries out."
    ),
    Check.OWNED_TWICE: gettext_noop(
        "Agree with the other body: declare the function as shared, or remove it on one side."
    ),
    Check.SERVICE_UNFINISHED: gettext_noop("Write its category and its deadline."),
}
"""What to do about each kind of work left."""

KINDS_OF_CHANGE: Final = {
    ("functions", "added"): gettext_noop("New function"),
    ("functions", "removed"): gettext_noop("Function removed"),
    ("functions", "changed"): gettext_noop("Function changed"),
    ("processes", "added"): gettext_noop("New process"),
    ("processes", "removed"): gettext_noop("Process removed"),
    ("processes", "changed"): gettext_noop("Process changed"),
    ("services", "added"): gettext_noop("New service"),
    ("services", "removed"): gettext_noop("Service removed"),
    ("services", "changed"): gettext_noop("Service changed"),
}
"""What may be otherwise than it was approved, in words."""


@dataclass(frozen=True, slots=True)
class Left:
    """One thing that is left to do, and where."""

    title: str
    url: str
    others: str  # bodies that own the same function
    lacks: str


@rests_on_records
def show(request: HttpRequest, code: str) -> HttpResponse:
    """How far the list of a body is, what is left, and the list itself for who may read it."""
    who = stamp(request)
    row = named(code)
    found = tally(row)
    context = {
        "row": row,
        "name": row.name.into(layout.language()),
        "kind": gettext(KINDS[row.kind]) if row.kind in KINDS else row.kind,
        "parent": row.parent.name.into(layout.language()) if row.parent else "",
        "below": list(row.children.filter(closed_at=None)),
        "tally": found,
        "state": state_of(found),
        "state_told": gettext(SAID[state_of(found)]),
        "checks": [(check.value, gettext(TOLD[check]), found.left[check]) for check in Check],
        "reads": reads(who, row),
        "rights": _rights(who, row),
        "done": request.GET.get("done"),
    }
    if context["reads"]:
        context |= _readable(request, who, row, found)
    return render(request, "inventory/body.html", context)


def _rights(who: Stamp, row: "StateBody") -> dict[str, bool]:
    """What this person may do here, by a word for each deed."""
    deeds = {
        "function": "function.entered", "process": "process.entered",
        "decide": "process.decided", "service": "service.entered", "import": "list.imported",
    }  # fmt: skip
    found = {word: may(who, "inventory", deed, row.code) for word, deed in deeds.items()}
    found["approve"] = may(who, "inventory", "list.approved")
    found["body"] = may(who, "inventory", "body.changed")
    if row.closed_at:
        return dict.fromkeys(found, False)
    return found


def _readable(
    request: HttpRequest, who: Stamp, row: "StateBody", found: Tally
) -> dict[str, object]:
    """What stands on the list: the things that a check finds short, or the tree, page by page."""
    approved = list(approvals.visible_to(who).filter(body=row)[:10])
    told: dict[str, object] = {
        "approvals": approved,
        "changes": _changes(row) if approved and found.has_changed else [],
        "names": names({each.approved_by for each in approved}) if is_staff(who) else {},
        "staff": is_staff(who),
        "check": "",
        "q": request.GET.get("q", "")[:100],
    }
    number = int(given) if (given := request.GET.get("page", "1")).isdecimal() else 1
    page = min(max(number, 1), 10_000)
    if (asked := request.GET.get("check", "")) in {*Check}:
        check = Check(asked)
        short = [each for each in problems_left(row.code) if each.check is check]
        told |= {
            "check": asked,
            "check_told": gettext(TOLD[check]),
            "how": gettext(HOW[check]),
            "left": _left(short[(page - 1) * PAGE : page * PAGE]),
            "more": page + 1 if len(short) > page * PAGE else None,
        }
    else:
        told |= _tree(row, str(told["q"]), page)
    return told | {"page": page, "less": page - 1}


def _tree(row: "StateBody", words: str, page: int) -> dict[str, object]:
    rows = list(tree.functions(row, words)[(page - 1) * FUNCTIONS : page * FUNCTIONS + 1])
    first = page == 1 and not words
    return {
        "functions": rows[:FUNCTIONS],
        "more": page + 1 if len(rows) > FUNCTIONS else None,
        "loose_processes": list(tree.loose_processes(row)[:PAGE]) if first else [],
        "loose_services": list(tree.loose_services(row)[:PAGE]) if first else [],
        "cofog": {code: each.name.into(layout.language()) for code, each in purposes().items()},
        "categories": {c: name.into(layout.language()) for c, name in categories().items()},
        "decisions": {each.value: gettext(label) for each, label in DECISIONS.items()},
        "undecided": Decision.UNDECIDED.value,
    }


def _left(problems: list[Problem]) -> list[Left]:
    codes = {code for each in problems for code in each.others}
    called = {
        each.code: each.name.into(layout.language()) for each in bodies() if each.code in codes
    }
    return [
        Left(
            each.title,
            reverse(EDITS[each.check], args=[each.thing]),
            "; ".join(called.get(code, code) for code in each.others),
            ", ".join(gettext(Field[name.upper()].value) for name in each.lacks),
        )
        for each in problems
    ]


def _changes(row: "StateBody") -> list[tuple[str, str, str]]:
    """What is otherwise than it was approved: what happened, to which thing, in which fields."""
    return [
        (
            gettext(KINDS_OF_CHANGE[each.kind, each.how]),
            each.title,
            ", ".join(gettext(Field[name.upper()].value) for name in each.fields),
        )
        for each in approvals.changed_since(row)[:PAGE]
    ]


@for_staff
def alike(request: HttpRequest, code: str) -> HttpResponse:
    """Functions whose titles are nearly those of another body's: to be looked at by people."""
    who = stamp(request)
    row = named(code)
    found = alike_to(who, code) if reads(who, row) else []
    called = {each.code: each.name.into(layout.language()) for each in bodies()}
    context = {
        "row": row,
        "name": row.name.into(layout.language()),
        "pairs": [
            (
                each.one.title,
                each.other.title,
                called.get(each.other.body, each.other.body),
                round(each.share * 100),
            )
            for each in found[:PAGE]
        ],
        "count": len(found),
    }
    return render(request, "inventory/alike.html", context)
