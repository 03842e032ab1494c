"""Up to six countries side by side, chosen without script and kept in the address."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from marra.evidence.queries import releases as queries
from marra.index.survey import Survey
from marra.kit.places import PLACES, SUBREGIONS
from marra.web import layout
from marra.web.charts.asked import MOST_PLACES, Asked
from marra.web.charts.reading import at_rank, ranked
from marra.web.charts.words import country
from marra.web.index.address import asked
from marra.web.index.choices import options
from marra.web.index.drawn import figures


@dataclass(frozen=True, slots=True)
class Chosen:
    """A country that is compared, and the address of the page without it."""

    code: str
    name: str
    without: str


@dataclass(frozen=True, slots=True)
class Company:
    """A set of countries worth a look, offered as a link."""

    words: str
    places: str


def show(request: HttpRequest) -> HttpResponseBase:
    """The comparison; a country to add in the address leads to the address with it."""
    state = asked(request.GET)
    if request.GET.get("add"):
        added = asked({"place": request.GET["add"]}).place
        together = tuple(dict.fromkeys((*state.places, added)))[:MOST_PLACES]
        return redirect(_address(together, state.edition))
    survey = queries.survey(state.edition)
    places = state.places or default_company(survey, settings.COUNTRY, settings.GOAL_RANK)
    return _page(request, survey, Asked(places[0], state.edition, state.to, places))


def _page(request: HttpRequest, survey: Survey, state: Asked) -> HttpResponse:
    language = layout.language()
    context = {
        "asked": state,
        "chosen": [_chosen(code, state, language) for code in state.places],
        "joined": ",".join(state.places),
        "is_full": len(state.places) >= MOST_PLACES,
        "most": MOST_PLACES,
        "countries": options(language),
        "years": sorted(queries.years(), reverse=True),
        "companies": _companies(survey, state, language),
        "figures": figures(("compare", "compare-parts"), state, language),
    }
    return render(request, "index/compare.html", context)


def _chosen(code: str, state: Asked, language: str) -> Chosen:
    rest = tuple(other for other in state.places if other != code)
    return Chosen(code, country(code, language), _address(rest, state.edition) if rest else "")


def _address(places: tuple[str, ...], edition: int) -> str:
    return f"{reverse('compare')}?places={','.join(places)}&edition={edition}"


def default_company(survey: Survey, place: str, goal: int) -> tuple[str, ...]:
    """The country, who holds the goal's place, and the best of its own subregion."""
    target = survey.places[at_rank(survey, goal)]
    nearby = _neighbours(survey, place)
    return tuple(dict.fromkeys((place, target, *nearby)))[:MOST_PLACES]


def _neighbours(survey: Survey, place: str) -> list[str]:
    own = PLACES[place].subregion
    order = [survey.places[row] for row in ranked(survey)]
    return [code for code in order if PLACES[code].subregion == own and code != place]


def _companies(survey: Survey, state: Asked, language: str) -> list[Company]:
    first, goal = state.places[0], settings.GOAL_RANK
    order = [survey.places[row] for row in ranked(survey)]
    ahead = order[max(order.index(first) - 5, 0) : order.index(first)] if first in order else []
    name = country(first, language)
    sets = {
        SUBREGIONS[PLACES[first].subregion].into(language): _neighbours(survey, first),
        _("{country} and five places ahead of it").format(country=name): ahead[::-1],
        _("Around place {rank}").format(rank=goal): order[max(goal - 3, 0) : goal + 2],
        _("The first five"): order[:5],
    }
    return [
        Company(words, ",".join(list(dict.fromkeys((first, *others)))[:MOST_PLACES]))
        for words, others in sets.items()
    ]
