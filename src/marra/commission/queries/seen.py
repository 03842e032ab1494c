"""What was seen of the indicators by which obligations are judged: published, or observed."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from django.conf import settings

from marra.commission.rules.obligations import Seen
from marra.evidence import measures as published
from marra.evidence.queries import observations, releases
from marra.index.survey import NO_INDEX
from marra.people.rules.rights import Stamp

RANK: Final = "egdi.rank"
"""The one that the Survey itself publishes; its figures need no observation beside them."""


def seen(measures: Collection[str], stamp: Stamp) -> Mapping[str, tuple[Seen, ...]]:
    """The values of each indicator that this person may read, the oldest first."""
    found: dict[str, tuple[Seen, ...]] = {}
    observed = set(measures) - {RANK}
    if RANK in measures:
        found[RANK] = tuple(_ranks(stamp.at.date()))
    if observed:
        found |= _observed(observed, stamp)
    return found


def _observed(measures: Collection[str], stamp: Stamp) -> dict[str, tuple[Seen, ...]]:
    """The values that stand, as far as this person may read them; one query for all."""
    series: dict[str, list[Seen]] = {measure: [] for measure in measures}
    rows = observations.visible_to(stamp).filter(
        indicator__in=measures, place=settings.COUNTRY, stands=True
    )
    for each in rows.order_by("day", "vintage", "id"):
        value = Seen(each.value, each.day, each.source, each.basis, each.link)
        series[each.indicator].append(value)
    return {measure: tuple(values) for measure, values in series.items()}


def _ranks(today: date) -> list[Seen]:
    """The rank in each edition that is out."""
    ranks = []
    surveys = sorted(releases.surveys().items())
    for (_, survey), day in zip(surveys, published.days(today), strict=False):
        row = survey.rows.get(settings.COUNTRY)
        if row is not None and NO_INDEX not in survey.flags[row]:
            rank = float(survey.ranks[row])
            ranks.append(Seen(rank, day, survey.edition.title, published.BASIS))
    return ranks
