"""The method of each edition, generated from its file: what counts, how much, and who says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from marra.evidence.queries import releases as queries
from marra.index.edition import Basis, Edition, Input, Pillar, Scaling
from marra.web.charts import words
from marra.web.formats import NOTHING, number
from marra.web.index.edition import known_year

NAMES: Final = {
    Basis.PROVED: _("proved"),
    Basis.QUOTED: _("quoted"),
    Basis.RECALLED: _("recalled"),
    Basis.ASSUMED: _("assumed"),
}
"""What the marks are called; the part `mark` writes them."""

MEANING: Final = {
    Basis.PROVED: _("reproduced from the published figures, see the check of this edition"),
    Basis.QUOTED: _("read in a text, which is named"),
    Basis.RECALLED: _("from memory of the printed survey; no text is at hand"),
    Basis.ASSUMED: _("ours, until the method is known"),
}
SCALINGS: Final = {
    Scaling.MIN_MAX: _("from 0 for the lowest to 1 for the highest member state"),
    Scaling.RATIO_TO_MAX: _("divided by the highest; 0 stays 0"),
    Scaling.RAW: _("as computed, not stretched"),
}


@dataclass(frozen=True, slots=True)
class InputShown:
    """One input as the page writes it."""

    name: str
    weight: str
    unit: str
    cap: str
    direction: str
    data_year: str
    basis: Basis
    source: str


@dataclass(frozen=True, slots=True)
class PillarShown:
    """One pillar as the page writes it."""

    name: str
    code: str
    weight: str
    scaling: str
    standardised: bool
    pillar: Pillar
    inputs: list[InputShown]


def share(weight: Fraction) -> str:
    """A weight as people write it: thirds as fractions, the rest as decimals.

    >>> share(Fraction(1, 3)), share(Fraction(34, 100)), share(Fraction(2, 9))
    ('1/3', '0,34', '2/9')
    """
    return str(weight) if weight.denominator < 10 else number(float(weight), 2)


def pillars(edition: Edition) -> Iterator[PillarShown]:
    """The pillars, ready for the page."""
    for pillar in edition.pillars:
        yield PillarShown(
            name=words.measure(pillar.name),
            code=pillar.name.upper(),
            weight=share(pillar.weight),
            scaling=gettext(SCALINGS[pillar.scaling]),
            standardised=pillar.standardised,
            pillar=pillar,
            inputs=[_input(each) for each in pillar.inputs],
        )


def _input(given: Input) -> InputShown:
    return InputShown(
        name=words.measure(given.name),
        weight=share(given.weight),
        unit=gettext(given.unit),
        cap=number(given.cap) if given.cap is not None else NOTHING,
        direction=gettext("less is better") if given.direction < 0 else gettext("more is better"),
        data_year=str(given.data_year or NOTHING),
        basis=given.basis,
        source=given.source,
    )


def marks() -> list[tuple[Basis, str]]:
    """Each mark with what it means."""
    return [(basis, gettext(says)) for basis, says in MEANING.items()]


def index(request: HttpRequest) -> HttpResponse:
    """All editions, each with what changed against the one before."""
    surveys = queries.surveys()
    editions = [surveys[year].edition for year in sorted(surveys, reverse=True)]
    return render(request, "index/methods.html", {"editions": editions, "marks": marks()})


def show(request: HttpRequest, year: int) -> HttpResponse:
    """The method of one edition."""
    years = sorted(queries.years())
    at = years.index(known_year(year))
    survey = queries.survey(year)
    told = {
        "edition": survey.edition,
        "pillars": list(pillars(survey.edition)),
        "marks": marks(),
        "years": years[::-1],
        "before": years[at - 1] if at else None,
        "weights": [share(pillar.weight) for pillar in survey.edition.pillars],
    }
    return render(request, "index/method.html", told)
