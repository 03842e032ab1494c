"""Fresh figures: which inputs are newer than the Survey's, and what they would change of it.

A value counts when it is of a later year than the Survey's own, on a basis on which the Survey
counts, in the unit of the input, and the newest such value of its series. Every other one is told
with the reason why not. What counts is put into the edition as it was published: input by input,
and all at once.

The rank that comes out has everybody else standing still. The range has others renewed as well, by
the inputs that are out for them, and HCI on either reading of its weights where they are unknown.

Source: ours, on the method of the edition; `marra.index.what_if` and `marra.index.estimate`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import product
from typing import Final

from marra.evidence.rules.indicators import indicator, indicators
from marra.index import estimate
from marra.index.edition import PILLARS
from marra.index.estimate import HCI
from marra.index.survey import RawInput, Survey
from marra.index.what_if import Standing, changeable, refuse, what_if
from marra.kit.text import gettext_noop

Changes = Mapping[tuple[str, str], float]


class WhyNot(StrEnum):
    """Why a value does not count."""

    BASIS = gettext_noop("another basis than the Survey's")
    UNIT = gettext_noop("another unit")
    OLDER = gettext_noop("not newer than what the Survey used")
    SUPERSEDED = gettext_noop("there is a newer one")
    NO_PART = gettext_noop("no input of this edition")
    INCOMPLETE = gettext_noop("other inputs of the country are not known")
    DOUBTFUL = gettext_noop("its value or its unit is in doubt")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that might be newer than the Survey's."""

    indicator: str
    value: float
    day: date
    basis: str
    unit: str
    source: str
    code: str = ""  # of the observation; "" for a figure of an international source
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One value beside the Survey's own, with what it would change alone."""

    candidate: Candidate
    survey_value: float | None
    survey_year: int | None
    why_not: WhyNot | None
    egdi_change: float | None = None
    rank_change: int | None = None  # places won are positive
    estimated: bool = False  # the weights of HCI are not known: by least squares

    @property
    def used(self) -> bool:
        """Whether it counts."""
        return self.why_not is None


@dataclass(frozen=True, slots=True)
class Fresh:
    """What newer inputs would change of an edition for one country."""

    place: str
    edition: int
    data_year: int
    published: Standing
    nowcast: Standing  # all that counts at once, others standing still
    best: Standing
    worst: Standing
    lines: tuple[Line, ...]
    others: int  # countries renewed at the worse end of the range
    data_version: str
    edition_version: str

    @property
    def used(self) -> tuple[Line, ...]:
        """The values that count."""
        return tuple(each for each in self.lines if each.used)


def fresh(
    survey: Survey,
    place: str,
    candidates: Iterable[Candidate],
    others: Mapping[str, Sequence[RawInput]],
) -> Fresh:
    """What newer values would change; `others` are inputs of other countries that are out.

    Refuses with `NotInEdition` and `NoIndexThere` where the country has no standing.

    >>> from marra.index.load import load
    >>> last = date(2024, 12, 31)
    >>> years = Candidate("hci.expected_years", 13.3, last, "uis-method", "years", "x")
    >>> found = fresh(load(2024), "UZB", [years], {})
    >>> found.published.rank, found.nowcast.rank, found.lines[0].estimated
    (63, 59, True)
    """
    refuse(survey, place, "osi", 0.0)
    published = what_if(survey, {}).before[place]
    told = [_told(survey, place, each) for each in _ordered(candidates)]
    lines = tuple(_alone(survey, place, published, each) for each in _newest(told))
    given = {each.candidate.indicator: each.candidate.value for each in lines if each.used}
    moved_others = _others(survey, place, others)
    standings = [
        _standing(survey, place, given, reading, also)
        for reading, also in product(("likely", "low", "high"), ({}, moved_others))
    ]
    return Fresh(
        place=place,
        edition=survey.year,
        data_year=_data_year(survey),
        published=published,
        nowcast=standings[0],
        best=min(standings, key=_by_rank),
        worst=max(standings, key=_by_rank),
        lines=lines,
        others=len({country for country, _ in moved_others}),
        data_version=survey.version,
        edition_version=survey.edition.version,
    )


@dataclass(frozen=True, slots=True)
class Worth:
    """What a country would win if the Survey had used another value of one input."""

    egdi_change: float
    rank_change: int  # places won are positive
    rank: int
    estimated: bool


def worth(survey: Survey, place: str, code: str, value: float) -> Worth | None:
    """What one other value would change, others standing still; None where it cannot be told.

    >>> from marra.index.load import load
    >>> found = worth(load(2024), "UZB", "hci.expected_years", 13.3)
    >>> found.rank_change, found.estimated
    (4, True)
    """
    if place not in survey.rows or code not in _inputs(survey):
        return None
    if not _complete(survey, place, code):
        return None
    before = what_if(survey, {}).before.get(place)
    if before is None:
        return None
    after = _standing(survey, place, {code: value}, "likely", {})
    return Worth(
        egdi_change=after.egdi - before.egdi,
        rank_change=before.rank - after.rank,
        rank=after.rank,
        estimated=code.startswith(HCI) and estimate.needed(survey),
    )


def _by_rank(standing: Standing) -> tuple[int, float]:
    return standing.rank, -standing.egdi


def _data_year(survey: Survey) -> int:
    return survey.edition.data_year or survey.year - 2


ORDER: Final = {code: number for number, code in enumerate(indicators())}


def _ordered(candidates: Iterable[Candidate]) -> list[Candidate]:
    """By indicator, the newest first."""
    return sorted(candidates, key=lambda c: (ORDER[c.indicator], -c.day.toordinal(), c.code))


def _told(survey: Survey, place: str, given: Candidate) -> Line:
    """A value beside the Survey's own, with the first reason against it."""
    fact = survey.input_facts.get((place, given.indicator))
    year = (fact.data_year if fact else None) or _data_year(survey)
    return Line(
        candidate=given,
        survey_value=fact.value if fact else None,
        survey_year=year if fact else None,
        why_not=_why_not(survey, place, given),
    )


def _why_not(survey: Survey, place: str, given: Candidate) -> WhyNot | None:
    measured = indicator(given.indicator)
    reasons = (
        (WhyNot.NO_PART, given.indicator not in _inputs(survey)),
        (WhyNot.BASIS, not measured.counts_as(given.basis)),
        (WhyNot.UNIT, given.unit != measured.unit),
        (WhyNot.DOUBTFUL, given.doubtful),
        (WhyNot.OLDER, year_of(given.day) <= _data_year(survey)),
        (WhyNot.INCOMPLETE, not _complete(survey, place, given.indicator)),
    )
    return next((reason for reason, holds in reasons if holds), None)


def year_of(day: date) -> int:
    """The year that a value of that day tells of: on 1 January it is the year that has ended.

    >>> year_of(date(2025, 1, 1)), year_of(date(2025, 6, 30))
    (2024, 2025)
    """
    return (day - timedelta(days=1)).year


def _inputs(survey: Survey) -> frozenset[str]:
    """The inputs of an edition that a new value can move."""
    known = frozenset(changeable(survey))
    if estimate.needed(survey):
        known |= frozenset(estimate.rates(survey).names) - {estimate.STANDS_FOR}
    return known


def _newest(lines: Iterable[Line]) -> Iterable[Line]:
    """Of each indicator only the first that counts; the others give way to it."""
    seen: set[str] = set()
    for line in lines:
        code = line.candidate.indicator
        if line.used and code in seen:
            yield Line(line.candidate, line.survey_value, line.survey_year, WhyNot.SUPERSEDED)
            continue
        if line.used:
            seen.add(code)
        yield line


def _alone(survey: Survey, place: str, before: Standing, line: Line) -> Line:
    """The line with what it would change if nothing else did."""
    if not line.used:
        return line
    given = line.candidate
    after = _standing(survey, place, {given.indicator: given.value}, "likely", {})
    return Line(
        candidate=given,
        survey_value=line.survey_value,
        survey_year=line.survey_year,
        why_not=None,
        egdi_change=after.egdi - before.egdi,
        rank_change=before.rank - after.rank,
        estimated=given.indicator.startswith(HCI) and estimate.needed(survey),
    )


def _standing(
    survey: Survey, place: str, given: Mapping[str, float], reading: str, also: Changes
) -> Standing:
    """Where the country stands when its inputs become these values."""
    changes = {(place, name): value for name, value in given.items()}
    if estimate.needed(survey):
        own = {name: value for name, value in given.items() if name.startswith(f"{HCI}.")}
        changes = {key: value for key, value in changes.items() if key[1] not in own}
        if own:
            by: float = getattr(estimate.moved(survey, place, own), reading)
            changes[place, HCI] = _bounded(_hci(survey, place) + by)
    return what_if(survey, {**also, **changes}).after[place]


def _hci(survey: Survey, place: str) -> float:
    return float(survey.pillars[survey.at(place), 2])


def _bounded(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _others(
    survey: Survey, place: str, others: Mapping[str, Sequence[RawInput]]
) -> dict[tuple[str, str], float]:
    """Newer inputs of the other countries, of those series that can be recomputed."""
    names = frozenset(changeable(survey))
    found = {}
    for country, inputs in others.items():
        if country == place or country not in survey.rows:
            continue
        for raw in inputs:
            newer = (raw.data_year or 0) > _data_year(survey)
            if newer and raw.indicator in names and _complete(survey, country, raw.indicator):
                found[country, raw.indicator] = raw.value
    return found


def _complete(survey: Survey, country: str, name: str) -> bool:
    """Whether enough is known of a country for a new value of a series to move its part.

    Where the part is recomputed, all its inputs; where it is only estimated, the series itself.
    """
    part = name.split(".", 1)[0]
    if part not in PILLARS:
        return False
    if part == HCI and estimate.needed(survey):
        return (country, name) in survey.input_facts
    series = (s for each in survey.edition.pillar(part).inputs for s in each.of)
    return all((country, each) in survey.input_facts for each in series)
