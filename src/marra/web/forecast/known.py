"""What is known already of the next edition: TII and HCI from inputs that are out.

Source: ours; marra.index.projection.nowcast on the packaged inputs.
"""

from dataclasses import dataclass
from functools import lru_cache

from marra.evidence.queries import releases as queries
from marra.index.components import components
from marra.index.projection.nowcast import Expected, Nowcast, nowcast
from marra.index.projection.sheets import Series
from marra.web import layout
from marra.web.charts.future import futures
from marra.web.charts.words import measure


@dataclass(frozen=True, slots=True)
class Late:
    """An input that is late or missing: what would make the forecast better."""

    name: str
    year: int | None  # of the middle country's figure


@dataclass(frozen=True, slots=True)
class Known:
    """What the inputs say of a country."""

    target: int
    origin: int
    parts: tuple[tuple[str, Expected], ...]  # name, and what is expected
    late: tuple[Late, ...]
    fresh: int  # inputs that are out in time
    inputs: int


def known(place: str) -> Known | None:
    """None where the futures rest on no newer inputs, or leave the country out."""
    found = futures()
    if found.evidence is None or place not in found.places:
        return None
    return _known(place, found.editions[0], layout.language(), queries.data_version())


@lru_cache(maxsize=512)
def _known(place: str, target: int, _language: str, data_version: str) -> Known:
    found = _nowcast(target, data_version)
    late = found.late()
    return Known(
        target=target,
        origin=found.origin,
        parts=tuple((measure(each.part), each) for each in found.of(place)),
        late=tuple(_late(each) for each in late),
        fresh=len(found.series) - len(late),
        inputs=len(found.series),
    )


@lru_cache(maxsize=2)
def _nowcast(target: int, _data_version: str) -> Nowcast:
    return nowcast(target, components(), queries.surveys())


def _late(series: Series) -> Late:
    return Late(measure(series.name), series.data_year)
