"""Make small surveys by hand, and changes of the packaged ones."""

from collections.abc import Mapping, Sequence
from functools import cache

from marra.index import PublishedRow, RawInput, Survey, build, definition, known, load, provisional

PARTS = ("osi", "tii", "hci")


def row(
    place: str, rank: int, egdi: float, *parts: float, flags: Sequence[str] = ()
) -> PublishedRow:
    osi, tii, hci = parts or (egdi, egdi, egdi)
    return PublishedRow(place, rank, egdi, osi, tii, hci, 0.5, frozenset(flags))


def survey(year: int, *rows: PublishedRow, inputs: Sequence[RawInput] = ()) -> Survey:
    """Rows under the method of a packaged edition, or a provisional one."""
    edition = definition(year) if year in known() else provisional(year, len(rows))
    return build(edition, rows, inputs, "by-hand")


def rows_of(given: Survey) -> list[PublishedRow]:
    """The rows a survey was built from."""
    return [
        PublishedRow(
            place=place,
            rank=int(given.ranks[at]),
            egdi=float(given.egdi[at]),
            osi=float(given.pillars[at, 0]),
            tii=float(given.pillars[at, 1]),
            hci=float(given.pillars[at, 2]),
            epi=float(given.epi[at]),
            flags=given.flags[at],
        )
        for at, place in enumerate(given.places)
    ]


def inputs_of(given: Survey) -> list[RawInput]:
    return list(given.input_facts.values())


def renamed(given: Survey, names: Mapping[str, str]) -> Survey:
    """The same figures under other countries' codes."""
    rows = [
        PublishedRow(names[r.place], r.rank, r.egdi, r.osi, r.tii, r.hci, r.epi, r.flags)
        for r in rows_of(given)
    ]
    inputs = [
        RawInput(names[i.place], i.indicator, i.value, i.unit, i.source, i.data_year)
        for i in inputs_of(given)
    ]
    return build(given.edition, rows, inputs, given.version)


@cache
def all_surveys() -> Mapping[int, Survey]:
    return {year: load(year) for year in known()}
