"""The reference class: how many of those who once stood near a place reached the goal in time.

The outside view beside the model: no assumption, only counting. A start is a country in an edition
that stood within a band of places, provided that an edition appeared so many years later and gave
it an index too. It counts as reached when the country stood at the goal or better in that later
edition. Starts begin with 2008: from then on the survey appears every second year.

Episodes overlap (a country may start in each of several editions) and share what happened to the
whole world, so they are fewer independent trials than they look. The interval takes them as
independent and is therefore the narrowest that can be defended; `countries` counts each once.

Source: published ranks; C. J. Clopper and E. S. Pearson, The use of confidence or fiducial limits,
Biometrika 26, 1934; D. Lovallo and D. Kahneman, Delusions of success, 2003, for the outside view.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from marra.index.ranks import NoScore
from marra.index.survey import NO_INDEX, Survey
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

SINCE: Final = 2008
"""The first start that counts, unless asked otherwise."""
ABOVE: Final = 13
BELOW: Final = 12
"""How far the band around a place reaches: 26 places, 50 to 75 around the 63rd."""
NEARER: Final = 10
FARTHER: Final = 15
"""How much wider the band is whose gains are told: 40 to 90 instead of 50 to 75."""
SURE: Final = 0.95
"""How sure the interval of a share is, were the episodes independent."""

Band = tuple[int, int]


class WrongBand(Invalid):
    """Two numbers that are no band of places."""

    sentence = gettext_noop(
        "Places {first} to {last} are no band. Name two places, the better one first: 50-75."
    )


class NotABand(Invalid):
    """Not two places with a hyphen between."""

    sentence = gettext_noop(
        "“{band}” is no band of places. Write two places, the better one first: 50-75."
    )


class AlreadyThere(Invalid):
    """The start is at the goal or better: nothing is left to climb."""

    sentence = gettext_noop(
        "Place {first} is not behind place {goal}, so nobody climbs from there to it. "
        "Choose a better goal or a band behind it."
    )


class TooFewEditions(Invalid):
    """No two editions lie so far apart."""

    sentence = gettext_noop(
        "No two editions since {since} lie {years} years apart. Choose 2, 4 or 6 years."
    )


@dataclass(frozen=True, slots=True)
class Episode:
    """One country from one edition to another, and what became of it afterwards."""

    place: str
    since: int
    until: int
    start: int  # rank
    end: int
    later: tuple[tuple[int, int | None], ...]  # edition and rank after `until`; None: no index

    @property
    def places(self) -> int:
        """Places gained."""
        return self.start - self.end

    def stayed(self, goal: int) -> bool | None:
        """Whether it stood at the goal or better ever after; None when nothing came after."""
        if not self.later:
            return None
        return all(rank is not None and rank <= goal for _, rank in self.later)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the exact interval of Clopper and Pearson."""

    reached: int
    starts: int
    value: float | None  # None without a start
    low: float
    high: float


@dataclass(frozen=True)
class ReferenceClass:
    """Those who started within the band, who of them reached the goal, and who else did."""

    band: Band
    goal: int
    years: int
    since: int
    share: Share  # of starts: at the goal when the years were over
    within: Share  # of starts: at the goal in any edition until then
    countries: Share  # of countries that started at least once
    by_edition: Mapping[int, tuple[int, int]]  # edition of the start -> starts, reached
    reached: tuple[Episode, ...]
    passed: tuple[Episode, ...]  # at the goal on the way, but no longer at the end
    from_outside: tuple[Episode, ...]  # started behind the band and reached the goal all the same
    data_version: str
    edition_version: str

    @cached_property
    def known_later(self) -> tuple[Episode, ...]:
        """Episodes, from inside and outside, after which another edition appeared."""
        return tuple(each for each in (*self.reached, *self.from_outside) if each.later)


@dataclass(frozen=True)
class RankGains:
    """Places gained in so many years by everyone who started within a band, ascending."""

    band: Band
    years: int
    since: int
    values: tuple[int, ...]
    data_version: str
    edition_version: str

    def quantile(self, share: float) -> float:
        """The gain that this share of the starts did not exceed."""
        return float(np.quantile(self.values, share))

    def share_of(self, places: int) -> Share:
        """How many of the starts gained at least so many places."""
        return share_of(sum(value >= places for value in self.values), len(self.values))


def band_around(rank: int, *, goal: int = 30, members: int = 193) -> Band:
    """The 26 places around a rank, without those at the goal or better.

    >>> band_around(63), band_around(40), band_around(190)
    ((50, 75), (31, 52), (177, 193))
    """
    if rank <= goal:
        raise AlreadyThere(first=rank, goal=goal)
    return max(rank - ABOVE, goal + 1), min(rank + BELOW, members)


def band_of(survey: Survey, place: str, *, goal: int = 30) -> Band:
    """The band around a country's place in an edition; refuses a country without an index.

    >>> from marra.index.load import load
    >>> band_of(load(2024), "UZB")
    (50, 75)
    """
    row = survey.at(place)
    if NO_INDEX in survey.flags[row]:
        raise NoScore(country=place)
    return band_around(int(survey.ranks[row]), goal=goal, members=len(survey.places))


def reference_class(
    surveys: Mapping[int, Survey],
    band: Band,
    *,
    goal: int = 30,
    years: int = 6,
    since: int = SINCE,
) -> ReferenceClass:
    """Who started within the band and stood at the goal or better so many years later.

    >>> from marra.index.load import load
    >>> from marra.index.method import known
    >>> found = reference_class({year: load(year) for year in known()}, (50, 75))
    >>> found.share.reached, found.share.starts, f"{found.share.low:.3f} {found.share.high:.3f}"
    (6, 155, '0.014 0.082')
    >>> [f"{each.place} {each.since} {each.start}-{each.end}" for each in found.reached]
    ['RUS 2008 60-27', 'CYP 2014 58-18', 'CYP 2016 64-27', 'LVA 2018 57-29', 'SAU 2018 52-6', \
'TUR 2018 53-27']
    >>> [f"{each.place} {each.since} {each.start}-{each.end}" for each in found.from_outside]
    ['KAZ 2008 81-28', 'UKR 2018 82-30']
    """
    first, last = checked(band)
    if first <= goal:
        raise AlreadyThere(first=first, goal=goal)
    ranks = _ranks(surveys)
    every = list(_episodes(ranks, years, since))
    starts = [each for each in every if first <= each.start <= last]
    reached = [each for each in starts if each.end <= goal]
    passed = [each for each in starts if each.end > goal and _touched(ranks, each, goal)]
    return ReferenceClass(
        band=(first, last),
        goal=goal,
        years=years,
        since=since,
        share=share_of(len(reached), len(starts)),
        within=share_of(len(reached) + len(passed), len(starts)),
        countries=share_of(len({e.place for e in reached}), len({e.place for e in starts})),
        by_edition={
            year: (_count(starts, year), _count(reached, year))
            for year in sorted({each.since for each in every})
        },
        reached=tuple(reached),
        passed=tuple(passed),
        from_outside=tuple(e for e in every if e.start > last and e.end <= goal),
        **_versions(surveys),
    )


def rank_gains(
    surveys: Mapping[int, Survey], band: Band, *, years: int = 6, since: int = SINCE
) -> RankGains:
    """How many places everyone who started within the band gained in so many years.

    >>> from marra.index.load import load
    >>> from marra.index.method import known
    >>> found = rank_gains({year: load(year) for year in known()}, (40, 90))
    >>> len(found.values), [round(found.quantile(q)) for q in (0.5, 0.75, 0.9, 0.95, 0.99)]
    (306, [-2, 13, 22, 27, 42])
    """
    first, last = checked(band)
    gained = sorted(
        each.places
        for each in _episodes(_ranks(surveys), years, since)
        if first <= each.start <= last
    )
    return RankGains((first, last), years, since, tuple(gained), **_versions(surveys))


def widened(band: Band, members: int = 193) -> Band:
    """A band wide enough to see how far countries move: ten places above, fifteen below.

    >>> widened((50, 75)), widened((5, 190))
    ((40, 90), (1, 193))
    """
    first, last = band
    return max(first - NEARER, 1), max(last, min(last + FARTHER, members))


def read_band(words: str) -> Band | None:
    """Two places as they are written; None when nothing is.

    >>> read_band("50-75"), read_band(" 50 – 75 "), read_band("")
    ((50, 75), (50, 75), None)
    """
    if not words.strip():
        return None
    match = re.fullmatch(r"\s*([0-9]{1,3})\s*[-–]\s*([0-9]{1,3})\s*", words)
    if not match:
        raise NotABand(band=words[:20])
    return int(match[1]), int(match[2])


def checked(band: Band) -> Band:
    """The band, its better place first; refuses with `WrongBand`."""
    first, last = band
    if not 1 <= first <= last:
        raise WrongBand(first=first, last=last)
    return first, last


def share_of(reached: int, starts: int, sure: float = SURE) -> Share:
    """So many of so many with their exact interval, which holds whatever the true share is.

    >>> found = share_of(6, 155)
    >>> f"{found.value:.3f} {found.low:.3f} {found.high:.3f}"
    '0.039 0.014 0.082'
    >>> share_of(0, 26).low, round(share_of(0, 26).high, 3), share_of(0, 0).value
    (0.0, 0.132, None)
    """
    from scipy.special import betaincinv

    missed, tail = starts - reached, (1 - sure) / 2
    low = float(betaincinv(reached, missed + 1, tail)) if reached else 0.0
    high = float(betaincinv(reached + 1, missed, 1 - tail)) if missed else 1.0
    return Share(reached, starts, reached / starts if starts else None, low, high)


Ranks = Mapping[int, Mapping[str, int]]


def _ranks(surveys: Mapping[int, Survey]) -> Ranks:
    """Ranks by edition and place; a place without an index has none."""
    return {
        year: {
            place: int(survey.ranks[row])
            for row, place in enumerate(survey.places)
            if NO_INDEX not in survey.flags[row]
        }
        for year, survey in sorted(surveys.items())
    }


def _episodes(ranks: Ranks, years: int, since: int) -> Iterator[Episode]:
    """Every country from every edition to the one so many years later, by edition and place."""
    pairs = [(year, year + years) for year in ranks if year >= since and year + years in ranks]
    if years < 1 or not pairs:
        raise TooFewEditions(since=since, years=years)
    for year, end in pairs:
        for place, rank in ranks[year].items():
            if place in ranks[end]:
                later = tuple((y, known.get(place)) for y, known in ranks.items() if y > end)
                yield Episode(place, year, end, rank, ranks[end][place], later)


def _touched(ranks: Ranks, each: Episode, goal: int) -> bool:
    """Whether the country stood at the goal in an edition between."""
    between = (known for year, known in ranks.items() if each.since < year < each.until)
    return any(known.get(each.place, goal + 1) <= goal for known in between)


def _count(episodes: list[Episode], year: int) -> int:
    return sum(each.since == year for each in episodes)


def _versions(surveys: Mapping[int, Survey]) -> dict[str, str]:
    ordered = [surveys[year] for year in sorted(surveys)]
    return {
        "data_version": " ".join(dict.fromkeys(survey.version for survey in ordered)),
        "edition_version": " ".join(survey.edition.version for survey in ordered),
    }
