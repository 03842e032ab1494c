"""Sub-indices: what the states of features come to, and which feature is the cheapest next.

The survey counts a feature as there or not there. So a sub-index lies between the share of
features that are there and the share that may be: those partly there or not known count 0 in the
first and 1 in the second. The online service index is the weighted sum of five of them, which the
survey then stretches over all member states; that is not done here, for the others are not known.

The weights stand in a statement of the edition's file, with how well they are known.

What a missing feature takes is what somebody wrote down, or else what features of its kind are
assumed to take (`feature_efforts.toml`); both are told apart wherever they are shown.

Source: UN E-Government Survey 2022, annex on the method (weights recalled, see the edition's
file); bounds are ours.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from marra.index.edition import Edition
from marra.inventory.rules.features import Feature, Module, State

BEGINS: Final = "Weights: "
NAMED: Final = {
    "institutional framework": Module.INSTITUTIONAL,
    "content provision": Module.CONTENT,
    "services provision": Module.SERVICES,
    "e-participation": Module.PARTICIPATION,
    "technology": Module.TECHNOLOGY,
}


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sub-index counts, and how well that is known."""

    of: Mapping[Module, float]
    pillar: float  # what the online service index counts in the whole index
    basis: str
    source: str
    edition: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """A figure that lies between two."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Part:
    """One module: how many of its features stand in each state."""

    module: Module
    counts: Mapping[State, int]

    @property
    def size(self) -> int:
        """How many features the module has."""
        return sum(self.counts.values())

    @property
    def there(self) -> int:
        """How many of them are there."""
        return self.counts.get(State.YES, 0)

    @property
    def is_known(self) -> bool:
        """Whether it is known of every feature how far it is there."""
        return not self.counts.get(State.UNKNOWN, 0)

    @property
    def share(self) -> Bounds:
        """The sub-index: the share that is there, and the share that may be."""
        absent = self.counts.get(State.NO, 0)
        return Bounds(self.there / self.size, (self.size - absent) / self.size)


@dataclass(frozen=True, slots=True)
class Step:
    """A feature that is missing, with what having it would bring and every factor of that."""

    feature: Feature
    state: State
    weight: float  # of its module in the online service index
    size: int  # features of that module
    pillar: float  # of the online service index in the whole index
    effort: float  # person-days
    is_assumed: bool  # nobody wrote the effort down

    @property
    def gain(self) -> float:
        """What the online service index gains, before the survey stretches it."""
        return self.weight / self.size

    @property
    def gain_whole(self) -> float:
        """What the whole index gains by it."""
        return self.gain * self.pillar

    @property
    def worth(self) -> float:
        """The gain for a hundred person-days."""
        return self.gain / self.effort * 100


@dataclass(frozen=True, slots=True)
class Beside:
    """A published figure beside the bounds that the register comes to."""

    published: float
    bounds: Bounds

    @property
    def difference(self) -> float:
        """How far the published figure lies above the bounds, or below if negative; 0 within.

        >>> Beside(0.7, Bounds(0.4, 0.6)).difference, Beside(0.5, Bounds(0.4, 0.6)).difference
        (0.1, 0.0)
        """
        low, high = self.bounds.low, self.bounds.high
        nearest = min(max(self.published, low), high)
        return round(self.published - nearest, 9)


@dataclass(frozen=True, slots=True)
class Assumed:
    """What features of each kind are assumed to take, in person-days."""

    days: Mapping[str, float]
    partly: float  # share of it for a feature that is partly there
    basis: str
    source: str

    def of(self, feature: Feature, state: State) -> float:
        """The assumed effort to have a feature that is in a state."""
        return self.days[feature.kind] * (self.partly if state is State.PARTLY else 1.0)


def weights(edition: Edition) -> Weights | None:
    """The weights that an edition's file states; None where it states none.

    >>> from marra.index import load
    >>> told = weights(load(2024).edition)
    >>> told.of[Module.SERVICES], told.basis, weights(load(2012).edition)
    (0.45, 'recalled', None)
    """
    pillar = edition.pillar("osi")
    told = next((each for each in pillar.statements if each.says.startswith(BEGINS)), None)
    if told is None:
        return None
    found = re.findall(r"([a-z-]+(?: [a-z]+)?) (\d+) %", told.says.removeprefix(BEGINS))
    of = {NAMED[name]: int(percent) / 100 for name, percent in found if name in NAMED}
    return Weights(of, float(pillar.weight), told.basis.value, told.source, edition.year)


def parts(states: Iterable[tuple[Module, State]]) -> tuple[Part, ...]:
    """Each module that has features, with how they stand.

    >>> told = parts([(Module.CONTENT, State.YES), (Module.CONTENT, State.UNKNOWN)])
    >>> told[0].share
    Bounds(low=0.5, high=1.0)
    """
    counts: dict[Module, Counter[State]] = {}
    for module, state in states:
        counts.setdefault(module, Counter())[state] += 1
    return tuple(Part(each, counts[each]) for each in Module if each in counts)


def estimate(of_parts: Iterable[Part], by: Weights) -> Bounds:
    """The weighted sum of the sub-indices, between two bounds; modules without weight are out.

    >>> from marra.index import load
    >>> every = parts((module, State.YES) for module in Module)
    >>> estimate(every, weights(load(2024).edition))
    Bounds(low=1.0, high=1.0)
    """
    weighted = [(by.of.get(each.module, 0.0), each.share) for each in of_parts]
    return Bounds(
        round(sum(weight * share.low for weight, share in weighted), 12),
        round(sum(weight * share.high for weight, share in weighted), 12),
    )


@cache
def assumed() -> Assumed:
    """What features of each kind are assumed to take.

    >>> assumed().basis, assumed().days["content"] < assumed().days["transaction"]
    ('assumed', True)
    """
    text = (files("marra.inventory.rules") / "feature_efforts.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    days = MappingProxyType({kind: float(each) for kind, each in told["days"].items()})
    return Assumed(days, float(told["partly"]), told["basis"], told["source"])


def steps(
    states: Mapping[str, tuple[Feature, State, float | None]], by: Weights, times: float = 1.0
) -> tuple[Step, ...]:
    """The features that are missing or partly there, the most gained for the least effort first.

    Features that are not known are no step: finding out comes first. Modules without a weight
    bring nothing that can be told. `times` multiplies assumed efforts, to try how much hangs on
    them.
    """
    sizes = Counter(feature.module for feature, _, _ in states.values())
    found = [
        Step(
            feature,
            state,
            by.of[feature.module],
            sizes[feature.module],
            by.pillar,
            effort or assumed().of(feature, state) * times,
            is_assumed=effort is None,
        )
        for feature, state, effort in states.values()
        if state in (State.NO, State.PARTLY) and feature.module in by.of
    ]
    return tuple(sorted(found, key=lambda step: (-step.worth, step.effort, step.feature.code)))


def first_stays(states: Mapping[str, tuple[Feature, State, float | None]], by: Weights) -> bool:
    """Whether the first step stays first when all assumed efforts are half or twice as large."""
    firsts = {found[0].feature.code for t in (0.5, 1.0, 2.0) if (found := steps(states, by, t))}
    return len(firsts) <= 1
