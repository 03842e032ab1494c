"""The survey's features: the list, filtered by its address, and what it comes to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.door import stamp
from marra.inventory.queries import features as queries
from marra.inventory.queries.bodies import bodies
from marra.inventory.queries.features import Entry
from marra.inventory.rules.features import ASKED_FOR, LOSI, MODULES, OSI, STATES, State
from marra.language.fold import fold
from marra.web import layout
from marra.web.forms import PageForm
from marra.web.gate import is_staff, may
from marra.web.inventory.feature_sums import sums
from marra.web.kept import rests_on_records

if TYPE_CHECKING:
    from marra.inventory.models.features import FeatureState

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


SEEN: Final = {
    "opens": gettext_noop("its address opens"),
    "shut": gettext_noop("its address does not open"),
    "unkept": gettext_noop("its address opens, but not as the feature asks"),
    "unseen": gettext_noop("not looked at"),
}
"""What a machine saw at the address of a feature."""


class Filter(PageForm):
    """Which features are asked for."""

    of = forms.ChoiceField(label=_("Portal"), required=False)
    q = forms.CharField(label=_("Words of the name or code"), required=False, max_length=100)
    module = forms.ChoiceField(label=_("Module"), required=False)
    about = forms.ChoiceField(label=_("Sector or group"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    seen = forms.ChoiceField(label=_("Seen by the machine"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        every = [("", gettext("all"))]
        choices = {
            "of": lists(),
            "module": every + [(code.value, gettext(name)) for code, name in MODULES.items()],
            "about": every + [(code, gettext(name)) for code, name in ABOUT.items()],
            "state": every + [(code.value, gettext(name)) for code, name in STATES.items()],
            "seen": every + [(code, gettext(name)) for code, name in SEEN.items()],
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


def lists() -> list[tuple[str, str]]:
    """The portals that are looked at: the country's, and one in each region; "" is the first."""
    language = layout.language()
    regional = [(b.region, b.name.into(language)) for b in bodies() if b.region]
    return [("", gettext("portals of the country")), *sorted(regional, key=lambda each: each[1])]


def which(of: str) -> tuple[str, str]:
    """The list and the region of its portal that an address asks for."""
    return (LOSI, of) if of else (OSI, "")


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
        **sums(who, every, of_list),
        "shut": sum(each.is_shut for each in every),
    }
    return render(request, "inventory/features.html", context)


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
        and asked.get("seen", "") in ("", seen_of_row(entry.row))
    )


def seen_of_row(row: "FeatureState | None") -> str:
    """What a machine saw at the address of a feature, by its code in `SEEN`."""
    if row is None or row.opens is None:
        return "unseen"
    if row.kept is False and row.opens:
        return "unkept"
    return "opens" if row.opens else "shut"
