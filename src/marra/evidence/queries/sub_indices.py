"""Read what is known of the parts of the Online Service Index: weights and published figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Final

from django.conf import settings

from marra.evidence.queries import observations, releases
from marra.index.edition import PILLARS
from marra.inventory.rules.features import Module
from marra.inventory.rules.sub_indices import Weights, weights
from marra.people.rules.rights import Stamp

PUBLISHED: Final = "published"
WEIGHED: Final = tuple(each for each in Module if each is not Module.LITERACY)


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure of our country."""

    value: float
    on: date
    source: str


def known_weights() -> Weights | None:
    """The weights of the newest edition whose file states some."""
    years = sorted(releases.years(), reverse=True)
    found = (weights(releases.survey(year).edition) for year in years)
    return next((each for each in found if each), None)


def of_survey(code: str) -> Figure | None:
    """What the newest edition published of our country: a pillar, or the EPI."""
    year = max(releases.years(), default=0)
    survey = releases.survey(year) if year else None
    row = survey.rows.get(settings.COUNTRY) if survey else None
    if survey is None or row is None:
        return None
    value = survey.epi[row] if code == "epi" else survey.pillars[row, PILLARS.index(code)]
    title = survey.edition.title
    return None if isnan(value) else Figure(float(value), date(year, 12, 31), title)


def figures(stamp: Stamp) -> Mapping[Module, Figure]:
    """What was published of each sub-index: as somebody entered it; of e-participation the EPI."""
    epi = of_survey("epi")
    found: dict[Module, Figure] = {Module.PARTICIPATION: epi} if epi else {}
    rows = observations.visible_to(stamp).filter(
        indicator__in=[f"osi.{each}" for each in WEIGHED],
        place=settings.COUNTRY,
        basis=PUBLISHED,
        stands=True,
    )
    for row in rows.order_by("day", "id"):
        module = Module(row.indicator.removeprefix("osi."))
        found[module] = Figure(row.value, row.day, row.source)
    return found
