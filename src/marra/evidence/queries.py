"""Read the published figures that stand, as surveys ready for the index; and sealed forecasts.

Surveys are built once per process and kept under the list of releases that made them, so a page
costs one small query, and an import made in another process is seen at the next request.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from math import isnan, nan
from typing import Final

from django.db import connection
from django.db.models import Prefetch

from marra.evidence.models.releases import Figure, Forecast, Release, Score
from marra.evidence.rules.forecasts import Sealed, digest, drawn_alike, read
from marra.evidence.rules.reader import method
from marra.evidence.rules.releases import FIGURES, INPUTS, NoSuchEdition, Standing, current
from marra.index.components import components
from marra.index.survey import PublishedRow, RawInput, Survey, build
from marra.index.verify import Verification, verify
from marra.journal import queries as journal
from marra.kit.findings import Finding
from marra.kit.places import place
from marra.people.rules import Stamp
from marra.store import Named

Releases = tuple[Standing, ...]

TIDY: Final = ("edition", "iso3", "country", "rank", "egdi", "osi", "tii", "hci", "epi", "flag")
"""The head of the tidy form."""


@dataclass(frozen=True, slots=True)
class Status:
    """One edition's figures: from which release, and whether they pass the checks."""

    release: Release
    inputs: Release | None
    survey: Survey
    checks: Verification


@dataclass(frozen=True, slots=True)
class Judged:
    """A forecast by the figures of one release: its score, and that of persistence beside it."""

    release: Release
    projection: Score
    persistence: Score

    @property
    def withdrawn(self) -> bool:
        """Whether the figures that judged it were taken back since."""
        return self.release.withdrawn_at is not None


def survey(year: int) -> Survey:
    """The figures of an edition as they stand; refuses with `NoSuchEdition`."""
    standing = _standing()
    if year not in _years(standing):
        raise NoSuchEdition(edition=year, known=", ".join(map(str, _years(standing))))
    return _survey(standing, year)


def surveys() -> dict[int, Survey]:
    """Every edition's figures as they stand, oldest first."""
    standing = _standing()
    return {year: _survey(standing, year) for year in _years(standing)}


def years() -> tuple[int, ...]:
    """The editions there are figures of, oldest first."""
    return _years(_standing())


def latest() -> int:
    """The latest edition, provisional or not; refuses when there is none at all."""
    found = years()
    if not found:
        raise NoSuchEdition(edition="–", known="–")
    return max(found)


def data_version() -> str:
    """Eight digits that change whenever any standing figure changes."""
    return _version(_standing())


def visible_to(_stamp: Stamp) -> Named[Release]:
    """Every release, newest first: where figures come from is open to all."""
    return Release.all()


def releases() -> Named[Release]:
    """Every release, newest first, withdrawn ones too."""
    return Release.all()


def current_codes() -> frozenset[str]:
    """The codes of the releases that stand."""
    return frozenset(release.code for release in _current(_standing()).values())


def status() -> list[Status]:
    """Which data, from when, from whom, and with which checks; one edition each."""
    standing = _standing()
    rows = Release.objects.in_bulk([each.code for each in standing], field_name="code")
    found = []
    for year in _years(standing):
        figures = _current(standing)[year, FIGURES]
        inputs = _current(standing).get((year, INPUTS))
        survey = _survey(standing, year)
        found.append(
            Status(
                release=rows[figures.code],
                inputs=rows[inputs.code] if inputs else None,
                survey=survey,
                checks=_checked(standing, year),
            )
        )
    return found


def remarks(release: Release) -> list[Finding]:
    """What was worth knowing when a release was taken in."""
    return [Finding(**remark) for remark in release.warnings]


def tidy(survey: Survey) -> Iterator[tuple[object, ...]]:
    """The published figures of an edition as rows under `TIDY`; empty where none was published."""
    for row, code in enumerate(survey.places):
        values = (survey.egdi[row], *survey.pillars[row], survey.epi[row])
        yield (
            survey.edition.year,
            code,
            place(code).name.en,
            int(survey.ranks[row]),
            *("" if isnan(value) else float(value) for value in values),
            ";".join(sorted(survey.flags[row])),
        )


def forecasts() -> Named[Forecast]:
    """Every sealed forecast, newest first, with its scores by release: open to all.

    A score of a withdrawn release stays, and its `release.withdrawn_at` says so. The sealed text
    is read when it is asked for.
    """
    found = Forecast.all().defer("document")
    return found.prefetch_related(Prefetch("scores", Score.objects.select_related("release")))


def sealed(forecast: Forecast) -> Sealed:
    """What was sealed, as distributions; kept by the process, for it never changes."""
    return _sealed(forecast.digest)


def judged(forecast: Forecast) -> list[Judged]:
    """How a forecast was scored, by release, the first one first; costs nothing after `forecasts`.

    More than one where an edition was taken in more than once; a withdrawn release stays.
    """
    found: dict[int, dict[str, Score]] = defaultdict(dict)
    for score in forecast.scores.all():
        found[score.release_id][score.subject] = score
    return [
        Judged(each["projection"].release, each["projection"], each["persistence"])
        for _, each in sorted(found.items())
    ]


def is_intact(forecast: Forecast) -> bool:
    """Whether the sealed text still has the digest it was sealed under."""
    return digest(forecast.document) == forecast.digest


def is_in_journal(stamp: Stamp, forecast: Forecast) -> bool:
    """Whether the journal has the same digest, from the same moment."""
    entries = journal.about(stamp, forecast.code).filter(deed="forecast.sealed")
    noted = [(entry.at, entry.facts["digest"]) for entry in entries]
    return noted == [(forecast.sealed_at, forecast.digest)]


def comes_again(forecast: Forecast) -> bool | None:
    """Whether the same text comes out when it is drawn anew; takes about a second.

    None where that cannot be asked: the figures or the method are not those of the sealing any
    more.
    """
    return drawn_alike(forecast.document, surveys(), components())


STANDING: Final = """
SELECT id, code, edition, kind, origin, version, withdrawn_at IS NOT NULL
FROM evidence_release ORDER BY id
"""


def _standing() -> Releases:
    """Every release; written out, because each page asks it and building the query costs most."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        return tuple(
            Standing(number, code, edition, kind, origin, version, bool(withdrawn))
            for number, code, edition, kind, origin, version, withdrawn in cursor.fetchall()
        )


@lru_cache(maxsize=32)
def _sealed(digest: str) -> Sealed:
    return read(Forecast.objects.get(digest=digest).document)


@lru_cache(maxsize=4)
def _current(standing: Releases) -> Mapping[tuple[int, str], Standing]:
    return current(standing)


@lru_cache(maxsize=4)
def _years(standing: Releases) -> tuple[int, ...]:
    return tuple(sorted(year for year, kind in _current(standing) if kind == FIGURES))


@lru_cache(maxsize=4)
def _version(standing: Releases) -> str:
    told = sorted((key, release.version) for key, release in _current(standing).items())
    return sha256(repr(told).encode()).hexdigest()[:8]


@lru_cache(maxsize=64)
def _survey(standing: Releases, year: int) -> Survey:
    figures = _current(standing)[year, FIGURES]
    inputs = _current(standing).get((year, INPUTS))
    version = figures.version
    if inputs is not None and inputs.version != version:
        version = f"{version}+{inputs.version}"
    return build(method(year), _rows(figures), _inputs(inputs), version)


@lru_cache(maxsize=64)
def _checked(standing: Releases, year: int) -> Verification:
    return verify(_survey(standing, year))


def _rows(release: Standing) -> tuple[PublishedRow, ...]:
    places: dict[str, dict[str, float | None]] = defaultdict(dict)
    flags: dict[str, set[str]] = defaultdict(set)
    figures = Figure.objects.filter(release__code=release.code)
    for code, indicator, value, flag in figures.values_list("place", "indicator", "value", "flag"):
        places[code][indicator] = value
        flags[code] |= set(flag.split(";")) - {""}
    return tuple(
        PublishedRow(
            place=code,
            rank=int(values["rank"] or 0),
            egdi=values["egdi"] or 0.0,
            osi=_published(values["osi"]),
            tii=_published(values["tii"]),
            hci=_published(values["hci"]),
            epi=values["epi"],
            flags=frozenset(flags[code]),
        )
        for code, values in sorted(places.items())
    )


def _published(value: float | None) -> float:
    return nan if value is None else value


def _inputs(release: Standing | None) -> tuple[RawInput, ...]:
    if release is None:
        return ()
    figures = Figure.objects.filter(release__code=release.code).order_by("place", "indicator")
    fields = ("place", "indicator", "value", "unit", "source", "data_year")
    return tuple(RawInput(*row) for row in figures.values_list(*fields))
