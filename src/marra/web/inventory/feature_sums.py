"""What the states of features come to: sub-indices by the weights of an edition, and published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext

from marra.evidence.queries import observations, releases
from marra.index.edition import PILLARS
from marra.inventory.queries.features import Entry
from marra.inventory.rules.features import MODULES, OSI, STATES, Module, State
from marra.inventory.rules.sub_indices import (
    Beside,
    Bounds,
    Part,
    Weights,
    estimate,
    parts,
    weights,
)
from marra.people.rules.rights import Stamp

PUBLISHED: Final = "published"
WEIGHED: Final = tuple(each for each in Module if each is not Module.LITERACY)


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure of our country."""

    value: float
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class PartShown:
    """A module with its counts, its share, its weight in the index, and what was published."""

    part: Part
    weight: float | None
    figure: Figure | None

    @property
    def name(self) -> str:
        """The module in the reader's language."""
        return gettext(MODULES[self.part.module])

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many features stand in each state, with the state in words."""
        return [(gettext(told), self.part.counts.get(state, 0)) for state, told in STATES.items()]

    @property
    def beside(self) -> Beside | None:
        """The published figure beside the bounds."""
        return Beside(self.figure.value, self.part.share) if self.figure else None


def known_weights() -> Weights | None:
    """The weights of the newest edition whose file states some."""
    years = sorted(releases.years(), reverse=True)
    found = (weights(releases.survey(year).edition) for year in years)
    return next((each for each in found if each), None)


def sums(who: Stamp, every: Sequence[Entry], of_list: str) -> dict[str, Any]:
    """The counts of a whole list, its modules, and the estimate beside what was published."""
    of_parts = parts((each.feature.module, each.state) for each in every)
    by = known_weights() if of_list == OSI else None
    bounds: Bounds | None = estimate(of_parts, by) if by else None
    figures = _figures(who) if by else {}
    whole = _of_survey("osi") if by else None
    return {
        "all": len(every),
        "there": sum(each.state is State.YES for each in every),
        "unknown": sum(each.state is State.UNKNOWN for each in every),
        "parts": [
            PartShown(each, by.of.get(each.module) if by else None, figures.get(each.module))
            for each in of_parts
        ],
        "states": [gettext(told) for told in STATES.values()],
        "weights": by,
        "bounds": bounds,
        "whole": whole,
        "beside": Beside(whole.value, bounds) if whole and bounds else None,
        "unpublished": by is not None and len(figures) < len(WEIGHED),
    }


def _figures(who: Stamp) -> Mapping[Module, Figure]:
    """What was published of each sub-index: as somebody entered it; of e-participation the EPI."""
    epi = _of_survey("epi")
    found: dict[Module, Figure] = {Module.PARTICIPATION: epi} if epi else {}
    rows = observations.visible_to(who).filter(
        indicator__in=[f"osi.{each}" for each in WEIGHED],
        place=settings.COUNTRY,
        basis=PUBLISHED,
        stands=True,
    )
    for row in rows.order_by("day", "id"):
        module = Module(row.indicator.removeprefix("osi."))
        found[module] = Figure(row.value, row.day, row.source)
    return found


def _of_survey(code: str) -> Figure | None:
    """What the newest edition published of our country."""
    year = max(releases.years(), default=0)
    survey = releases.survey(year) if year else None
    row = survey.rows.get(settings.COUNTRY) if survey else None
    if survey is None or row is None:
        return None
    value = survey.epi[row] if code == "epi" else survey.pillars[row, PILLARS.index(code)]
    title = survey.edition.title
    return None if isnan(value) else Figure(float(value), date(year, 12, 31), title)
