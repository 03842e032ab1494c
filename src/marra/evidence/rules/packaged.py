"""The figures that came with the program, as releases to be taken in like any other.

Source: ours; publisher, date and licence of each table stand in `index/figures/SOURCES.toml`.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from marra.evidence.rules.figures import Published
from marra.evidence.rules.inputs import Given
from marra.evidence.rules.reader import Parsed, digest
from marra.index.load import data_version, published_rows, raw_inputs, source_of, sources
from marra.index.method import known

NAMES: Final = {"figures": "published.csv", "inputs": "inputs.csv"}


def version() -> str:
    """The version of everything that came along."""
    return data_version()


def editions() -> Iterator[Parsed]:
    """The figures, and then the raw inputs where there are any, of each edition."""
    for year in known():
        rows = tuple(
            Published(
                0, row.place, row.rank, row.egdi, row.osi, row.tii, row.hci, row.epi, row.flags
            )
            for row in published_rows(year)
        )
        yield Parsed(year, provisional=False, digest=digest(rows), rows=rows)
        given = tuple(
            Given(0, raw.place, raw.indicator, raw.value, raw.unit, raw.source, raw.data_year)
            for raw in raw_inputs(year)
        )
        if given:
            yield Parsed(year, provisional=False, digest=digest(given), given=given)


def source(parsed: Parsed) -> str:
    """From whom the figures of an edition are, in words."""
    codes = {source_of(parsed.edition)} if parsed.rows else {one.source for one in parsed.given}
    known_sources = sources()
    told = {
        _in_words(known_sources[name])
        for code in codes
        for name in known_sources
        if name == code or name in code.replace("@", "+").split("+")
    }
    return "; ".join(sorted(told))


def _in_words(told: Mapping[str, Any]) -> str:
    return f"{told['publisher']}: {told['title']}"
