"""Read the published figures that stand, as surveys ready for the index.

Surveys are built once per process and kept under the list of releases that made them, so a page
costs one small query, and an import made in another process is seen at the next request.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from math import isnan, nan
from typing import Final

from django.db import connection

from marra.evidence.models.releases import Figure, Release
from marra.evidence.rules.reader import method
from marra.evidence.rules.releases import FIGURES, INPUTS, NoSuchEdition, Standing, current
from marra.index.survey import PublishedRow, RawInput, Survey, build
from marra.index.verify import Verification, verify
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


STANDING: Final = """
SELECT id, code, edition, kind, origin, version, withdrawn_at IS NOT NULL
FROM evidence_release ORDER BY id
"""


_HELD: ContextVar[list[Releases] | None] = ContextVar("held releases", default=None)


@contextmanager
def held() -> Iterator[None]:
    """Within, the list of releases is read once: what only reads is all of one state."""
    before = _HELD.set([])
    try:
        yield
    finally:
        _HELD.reset(before)


def _standing() -> Releases:
    """Every release, as it is or as it is held."""
    held = _HELD.get()
    if held is None:
        return _read()
    if not held:
        held.append(_read())
    return held[0]


def _read() -> Releases:
    """Every release; written out, because each page asks it and building the query costs most."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        return tuple(
            Standing(number, code, edition, kind, origin, version, bool(withdrawn))
            for number, code, edition, kind, origin, version, withdrawn in cursor.fetchall()
        )


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
