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
        series = observations.all_series(settings.COUNTRY, stamp)
        for measure in observed:
            found[measure] = tuple(
                Seen(each.value, each.day, each.source, each.basis, each.link)
                for each in series.get(measure, ())
            )
    return found


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
