"""The survey's features: which are there, what that comes to, and which is the cheapest next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.door import stamp
from marra.evidence.queries import releases
from marra.inventory.queries import features as queries
from marra.inventory.queries.bodies import bodies
from marra.inventory.queries.features import Entry
from marra.inventory.rules.features import ASKED_FOR, LOSI, MODULES, OSI, STATES, Module, State
from marra.inventory.rules.sub_indices import (
    Bounds,
    Part,
    Step,
    Weights,
    estimate,
    parts,
    steps,
    weights,
)
from marra.language.fold import fold
from marra.people.rules.rights import Stamp
from marra.web import layout
from marra.web.forms import PageForm
from marra.web.gate import is_staff, may
from marra.web.kept import rests_on_records

PAGE: Final = 50

SIGNS: Final = {State.YES: "good", State.PARTLY: "", State.NO: "bad", State.UNKNOWN: "soft"}
"""How a state is coloured, beside its word."""

ABOUT: Final = {
    "health": gettext_noop("health"),
    "education": gettext_noop("education"),
    "employment": gettext_noop("employment"),
    "social-protection": gettext_noop("social protection"),
    "environment": gettext_noop("environment"),
    "justice": gettext_noop("justice"),
    "poverty": gettext_noop("people in poverty"),
    "disability": gettext_noop("persons with disabilities"),
    "older": gettext_noop("older persons"),
    "migrants": gettext_noop("migrants and refugees"),
    "women": gettext_noop("women"),
    "youth": gettext_noop("youth"),
}
"""What features are about: six sectors and six groups of people, by their code in the list."""


class Filter(PageForm):
    """Which features are asked for."""

    of = forms.ChoiceField(label=_("Portal"), required=False)
    q = forms.CharField(label=_("Words of the name or code"), required=False, max_length=100)
    module = forms.ChoiceField(label=_("Module"), required=False)
    about = forms.ChoiceField(label=_("Sector or group"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        every = [("", gettext("all"))]
        choices = {
            "of": lists(),
            "module": every + [(code.value, gettext(name)) for code, name in MODULES.items()],
            "about": every + [(code, gettext(name)) for code, name in ABOUT.items()],
            "state": every + [(code.value, gettext(name)) for code, name in STATES.items()],
        }
        for name, found in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = found

    def asked(self) -> dict[str, str]:
        """What the address asks for; a field that makes no sense asks for nothing."""
        self.is_valid()
        return dict(self.cleaned_data) if self.is_bound else {}


@dataclass(frozen=True, slots=True)
class Line:
    """One feature as the list tells it."""

    entry: Entry
    name: str
    module: str
    body: str

    @property
    def told(self) -> str:
        """The state in the reader's language."""
        return gettext(STATES[self.entry.state])

    @property
    def sign(self) -> str:
        """How the state is coloured."""
        return SIGNS[self.entry.state]


@dataclass(frozen=True, slots=True)
class PartShown:
    """A module with its counts, its share, and its weight in the index."""

    part: Part
    weight: float | None

    @property
    def name(self) -> str:
        """The module in the reader's language."""
        return gettext(MODULES[self.part.module])

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many features stand in each state, with the state in words."""
        return [(gettext(told), self.part.counts.get(state, 0)) for state, told in STATES.items()]


def lists() -> list[tuple[str, str]]:
    """The portals that are looked at: the country's, and one in each region; "" is the first."""
    language = layout.language()
    regional = [(b.region, b.name.into(language)) for b in bodies() if b.region]
    return [("", gettext("portals of the country")), *sorted(regional, key=lambda each: each[1])]


def which(of: str) -> tuple[str, str]:
    """The list and the region of its portal that an address asks for."""
    return (LOSI, of) if of else (OSI, "")


def known_weights() -> Weights | None:
    """The weights of the newest edition whose file states some."""
    years = sorted(releases.years(), reverse=True)
    found = (weights(releases.survey(year).edition) for year in years)
    return next((each for each in found if each), None)


@rests_on_records
def index(request: HttpRequest) -> HttpResponse:
    """The list, how many features are there, and what that comes to by the recalled weights."""
    who = stamp(request)
    form = Filter(request.GET or None)
    asked = form.asked()
    of_list, portal = which(asked.get("of", ""))
    every = queries.register(who, of_list, portal)
    found = [each for each in every if _fits(each, asked)]
    written = request.GET.get("page", "1")
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(int(written) if written.isdecimal() else 1, 1), pages)
    context = {
        "form": form,
        "lines": [line(each) for each in found[(page - 1) * PAGE : page * PAGE]],
        "count": len(found),
        "page": page,
        "pages": pages,
        "portal": dict(lists()).get(portal, "") if portal else "",
        "filtered": any(request.GET.get(name) for name in form.fields if name != "of"),
        "asked_for": ASKED_FOR[of_list],
        "is_staff": is_staff(who),
        "may_share": may(who, "inventory", "features.shared"),
        **_sums(every, of_list),
    }
    return render(request, "inventory/features.html", context)


def _sums(every: Sequence[Entry], of_list: str) -> dict[str, Any]:
    """The counts of the whole list, its modules, and the estimate with its weights."""
    of_parts = parts((each.feature.module, each.state) for each in every)
    by = known_weights() if of_list == OSI else None
    bounds: Bounds | None = estimate(of_parts, by) if by else None
    return {
        "all": len(every),
        "there": sum(each.state is State.YES for each in every),
        "unknown": sum(each.state is State.UNKNOWN for each in every),
        "parts": [PartShown(each, by.of.get(each.module) if by else None) for each in of_parts],
        "states": [gettext(told) for told in STATES.values()],
        "weights": by,
        "bounds": bounds,
    }


def line(entry: Entry) -> Line:
    """A feature as a list tells it."""
    language = layout.language()
    body = entry.row.body if entry.row else None
    return Line(
        entry,
        entry.feature.name.into(language),
        gettext(MODULES[entry.feature.module]),
        body.name.into(language) if body else "",
    )


def _fits(entry: Entry, asked: dict[str, str]) -> bool:
    feature = entry.feature
    words = fold(asked.get("q", "")).split()
    name = fold(feature.name.into(layout.language())) if words else ""
    return (
        all(word in name or word == feature.code for word in words)
        and asked.get("module", "") in ("", feature.module.value)
        and asked.get("about", "") in ("", feature.of)
        and asked.get("state", "") in ("", entry.state.value)
    )


@rests_on_records
def cheapest(request: HttpRequest) -> HttpResponse:
    """The missing features: what each would bring against what it takes, every factor shown."""
    every = queries.register(stamp(request), OSI)
    by = known_weights()
    found = missing(every, by)
    told = {each.feature.code: line(each) for each in every}
    shown = [(each, told[each.feature.code]) for each in found]
    context = {
        "steps": shown,
        "priced": any(step.effort is not None for step in found),
        "unpriced": any(step.effort is None for step in found),
        "count": len(found),
        "gain": sum(each.gain for each in found),
        "unknown": sum(each.state is State.UNKNOWN for each in every),
        "weights": by,
        "literacy": gettext(MODULES[Module.LITERACY]),
    }
    return render(request, "inventory/features_next.html", context)


def missing(every: Sequence[Entry], by: Weights | None) -> tuple[Step, ...]:
    """The steps to features that are not there yet; nothing while no weight is known."""
    if by is None:
        return ()
    return steps(
        {
            each.feature.code: (each.feature, each.state, each.row.effort if each.row else None)
            for each in every
        },
        by,
    )


def step_of(who: Stamp, entry: Entry) -> Step | None:
    """What having a feature would bring; None where it is there or has no weight."""
    found = missing(queries.register(who, OSI), known_weights())
    return next((each for each in found if each.feature.code == entry.feature.code), None)
