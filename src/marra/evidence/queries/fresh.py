"""Read which inputs are newer than the Survey's, and what they would change."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from marra.evidence.models.observations import Observation
from marra.evidence.queries import observations, releases
from marra.evidence.queries.board import last_points
from marra.evidence.rules.fresh import Candidate, Fresh, fresh
from marra.evidence.rules.indicators import indicators
from marra.evidence.rules.observations import Flag
from marra.index.components import components
from marra.index.load import sources
from marra.index.survey import RawInput, Survey
from marra.people.rules import Stamp


def nowcast(place: str, stamp: Stamp, edition: int | None = None) -> Fresh:
    """What newer inputs would change of an edition, the latest by default, for one country.

    Takes observations that this person may see, and figures of international sources that came
    along. Refuses with `NoSuchEdition`, `NotInEdition` and `NoIndexThere`.
    """
    survey = releases.survey(edition or releases.latest())
    inputs = [each.code for each in indicators().values() if each.is_input]
    rows = last_points(place, stamp, inputs)
    given = [*_observed(rows, stamp.at.date()), *_international(survey, place)]
    return _kept(survey, place, tuple(given))


@lru_cache(maxsize=16)
def _kept(survey: Survey, place: str, given: tuple[Candidate, ...]) -> Fresh:
    return fresh(survey, place, given, _by_country(survey.year))


def _observed(rows: Mapping[str, Sequence[Observation]], on: date) -> Iterator[Candidate]:
    """Observations of inputs of the index; what is flagged for its unit or range says so."""
    for code, values in rows.items():
        for row, odd in observations.flagged(values, on):
            yield Candidate(
                indicator=code,
                value=row.value,
                day=row.day,
                basis=row.basis,
                unit=row.unit,
                source=row.source,
                code=row.code,
                doubtful=bool({each.flag for each in odd} & {Flag.UNIT, Flag.RANGE}),
            )


def _international(survey: Survey, place: str) -> Iterator[Candidate]:
    """What is out of the next edition's inputs for the country, on the Survey's own basis."""
    for raw in _by_country(survey.year).get(place, ()):
        measured = indicators().get(raw.indicator)
        basis = next((each for each in measured.bases if each.survey), None) if measured else None
        if measured is None or basis is None or raw.data_year is None:
            continue
        yield Candidate(
            indicator=raw.indicator,
            value=raw.value,
            day=date(raw.data_year, 12, 31),
            basis=basis.code,
            unit=measured.unit.value,
            source=publisher(raw.source),
        )


@lru_cache(maxsize=4)
def _by_country(edition: int) -> Mapping[str, Sequence[RawInput]]:
    found = defaultdict(list)
    for raw in components().get(edition + 2, ()):
        found[raw.place].append(raw)
    return found


def publisher(source: str) -> str:
    """Who published a figure of the packaged tables, in words, with the day it was taken there."""
    told = []
    for part in source.split("+"):
        known = sources().get(part.partition("@")[0])
        told.append(f"{known['publisher']}: {known['title']}" if known else part)
    return "; ".join(dict.fromkeys(told))
