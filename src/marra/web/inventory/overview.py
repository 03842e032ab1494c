"""The inventory as a whole: how far the list of each state body is, open to everybody."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.door import stamp
from marra.inventory.queries.bodies import bodies
from marra.inventory.queries.work import Tally, tallies
from marra.inventory.rules.bodies import KINDS
from marra.inventory.rules.checks import TOLD, Check
from marra.language.fold import fold
from marra.web import layout
from marra.web.forms import PageForm
from marra.web.gate import may
from marra.web.kept import rests_on_records

if TYPE_CHECKING:
    from marra.inventory.models.bodies import StateBody

PAGE: Final = 50

STATES: Final = (
    ("", gettext_noop("all")),
    ("approved", gettext_noop("approved")),
    ("changed", gettext_noop("changed since approval")),
    ("exact", gettext_noop("exact, not approved")),
    ("begun", gettext_noop("work left")),
    ("empty", gettext_noop("not begun")),
)
"""What the filter of states offers, by its word in the address."""

SAID: Final = dict(STATES)


class Filter(PageForm):
    """Which bodies are asked for."""

    q = forms.CharField(label=_("Words of the name"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State of the list"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", gettext("all")), *((code, gettext(kind)) for code, kind in KINDS.items())]
        choices = {"kind": kinds, "state": [(code, gettext(label)) for code, label in STATES]}
        for name, found in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = found


@dataclass(frozen=True, slots=True)
class Line:
    """One body with how far its list is."""

    body: "StateBody"
    name: str
    tally: Tally
    state: str  # its word in the address

    @property
    def told(self) -> str:
        """The state in the reader's language."""
        return gettext(SAID[self.state])


def state_of(tally: Tally) -> str:
    """How a list stands, by its word in the address."""
    if not tally.functions and not tally.processes and not tally.services:
        return "empty"
    if not tally.is_exact:
        return "begun"
    if tally.approved_at is None:
        return "exact"
    return "changed" if tally.has_changed else "approved"


@rests_on_records
def index(request: HttpRequest) -> HttpResponse:
    """How far each body is, what is left over all of them, and where to begin."""
    who = stamp(request)
    form = Filter(request.GET or None)
    lines = _lines()
    asked = form.cleaned_data if form.is_valid() else {}
    found = [each for each in lines if _fits(each, asked)]
    number = int(told) if (told := request.GET.get("page", "1")).isdecimal() else 1
    page = min(max(number, 1), max(1, -(-len(found) // PAGE)))
    totals = [each.tally for each in lines]
    context = {
        "form": form,
        "lines": found[(page - 1) * PAGE : page * PAGE],
        "page": page,
        "pages": -(-len(found) // PAGE),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "bodies": len(lines),
        "approved": sum(each.state in ("approved", "changed") for each in lines),
        "begun": sum(each.state != "empty" for each in lines),
        "functions": sum(each.functions for each in totals),
        "settled": sum(each.settled for each in totals),
        "processes": sum(each.processes for each in totals),
        "decided": sum(each.decided for each in totals),
        "services": sum(each.services for each in totals),
        "left": [(gettext(TOLD[check]), sum(t.left[check] for t in totals)) for check in Check],
        "may_open": may(who, "inventory", "body.opened"),
        "done": request.GET.get("done"),
    }
    return render(request, "inventory/overview.html", context)


def _lines() -> list[Line]:
    found = tallies()
    language = layout.language()
    lines = [
        Line(body, body.name.into(language), found[body.pk], state_of(found[body.pk]))
        for body in bodies()
    ]
    return sorted(lines, key=lambda each: (-each.tally.functions, each.name))


def _fits(line: Line, asked: dict[str, str]) -> bool:
    words = fold(asked.get("q", "")).split()
    names = " ".join(fold(each) for each in line.body.names.values()) if words else ""
    return (
        all(word in names for word in words)
        and asked.get("kind", "") in ("", line.body.kind)
        and asked.get("state", "") in ("", line.state)
    )
