"""Nowcast: TII and HCI of the coming edition, from inputs that are out already.

For each country the value that is expected, with the middle 80 % around it, on the scale of the
last edition: as it would be if the mean and the deviation of the part over all countries stayed as
they were. They will not, but that moves everybody; who stands ahead of whom does not depend on it.
Beside it stands what each series is, how late, and whether it is as it was known then.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from marra.index.components import Components
from marra.index.edition import PILLARS
from marra.index.projection.evidence import HCI, TII, Evidence, gather
from marra.index.projection.informed import Bools, informed
from marra.index.projection.method import VERSION, Method
from marra.index.projection.model import Learnt, learn
from marra.index.projection.panel import panel
from marra.index.projection.project import CHOSEN
from marra.index.projection.sheets import Series, State
from marra.index.ranks import NoScore
from marra.index.survey import Floats, Survey

SHARES = (0.1, 0.9)


@dataclass(frozen=True, slots=True)
class Expected:
    """A part of a country in the coming edition, on the scale of the last one."""

    part: str  # tii or hci
    published: float  # in the last edition
    expected: float
    low: float  # a tenth lies below
    high: float  # a tenth lies above
    from_inputs: bool  # false: no evidence, only what the past says of such countries

    @property
    def change(self) -> float:
        """How much more is expected than was published."""
        return self.expected - self.published


@dataclass(frozen=True, slots=True, eq=False)
class Nowcast:
    """What the inputs say of every country; see `evidence` for how they say it."""

    target: int
    origin: int
    formula: int  # the edition whose formula of TII is used
    series: tuple[Series, ...]
    places: tuple[str, ...]
    parts: Mapping[str, tuple[Expected, Expected]]  # by country: TII and HCI
    missing: Mapping[str, tuple[str, ...]]  # by part, the countries without evidence
    left_out: tuple[str, ...]  # countries without all three parts in the last edition
    evidence: Evidence
    data_version: str
    edition_version: str
    method_version: str = VERSION

    def of(self, place: str) -> tuple[Expected, Expected]:
        """TII and HCI of a country; refuses with `NoScore` where it is left out."""
        if place not in self.parts:
            raise NoScore(country=place)
        return self.parts[place]

    def late(self) -> tuple[Series, ...]:
        """The series that are behind or missing: what would make the nowcast better."""
        return tuple(each for each in self.series if each.state is not State.FRESH)


def nowcast(
    target: int,
    components: Components,
    surveys: Mapping[int, Survey],
    *,
    method: Method = CHOSEN,
) -> Nowcast:
    """TII and HCI of the edition after the last, for all countries.

    Refuses with `NoComponents` and `TooFewEditions`.

    >>> from marra.index.components import components
    >>> from marra.index.load import known, load
    >>> found = nowcast(2026, components(), {year: load(year) for year in known()})
    >>> tii, hci = found.of("UZB")
    >>> tii.published, round(tii.expected, 2), tii.from_inputs
    (0.87687, 0.87, True)
    >>> [each.name for each in found.late()]
    ['tii.mobile_broadband', 'hci.enrolment', 'hci.expected_years', 'hci.mean_years']
    """
    known = panel({year: survey for year, survey in surveys.items() if year < target})
    whole, origin = known.whole(), known.years[-1]
    evidence = gather(components, known, target)
    learnt = learn(whole, origin, target - origin, method)
    found = informed(learnt, whole, target - origin, method, evidence)
    knows = {part: _knows(evidence.of(target, whole.places)[part]) for part in (TII, HCI)}
    told = {part: _expected(found, whole.parts[-1], knows[part], part) for part in (TII, HCI)}
    return Nowcast(
        target=target,
        origin=origin,
        formula=evidence.formula,
        series=evidence.series,
        places=whole.places,
        parts=dict(zip(whole.places, zip(told[TII], told[HCI], strict=True), strict=True)),
        missing={
            PILLARS[part]: tuple(
                each for each, has in zip(whole.places, known_of, strict=True) if not has
            )
            for part, known_of in knows.items()
        },
        left_out=tuple(place for place in known.places if place not in whole.places),
        evidence=evidence,
        data_version=f"{known.data_version} {evidence.version}",
        edition_version=known.edition_version,
    )


def _knows(columns: Floats) -> Bools:
    """Which countries have any evidence, (n, q) -> (n,)."""
    return np.asarray(~np.isnan(columns).all(axis=1))


def _expected(learnt: Learnt, published: Floats, knows: Bools, part: int) -> list[Expected]:
    """One part of every country, from what was learnt of it."""
    order = np.argsort(learnt.surprises[:, part])
    surprises = learnt.surprises[order, part]
    reached = np.cumsum(learnt.likeness[:, order], axis=1)
    found = []
    for row, now in enumerate(published[:, part].tolist()):
        ends = [surprises[np.searchsorted(reached[row], share)] for share in SHARES]
        standing = learnt.expected[row, part] + np.array([0.0, *ends])
        value, low, high = _on_scale(learnt, part, standing)
        found.append(Expected(PILLARS[part], now, value, low, high, bool(knows[row])))
    return found


def _on_scale(learnt: Learnt, part: int, standing: Floats) -> list[float]:
    """Standings as values of the last edition, which end at 0 and 1."""
    values = learnt.mean[part] + learnt.spread[part] * standing
    return [float(value) for value in np.clip(values, 0.0, 1.0)]
