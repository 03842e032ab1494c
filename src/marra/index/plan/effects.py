"""Effects: how initiatives turn out in each future, in points of the score.

In each future an initiative succeeds or fails, as whole as all that it needs, and its effects have
the size that the triangular range gives at one level, the same for all of its effects. The luck of
one does not depend on which others there are.

Source: ours; strata of chance after McKay, Beckman and Conover, Technometrics 21, 1979; triangular
ranges by inversion.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from marra.index.edition import PILLARS
from marra.index.plan.gains import NEAR, Channel, Gains, Overlap, Reals, Sets, grained
from marra.index.plan.portfolio import Effect, Initiative
from marra.index.plan.stakes import Lever, Stakes
from marra.index.survey import Floats


def gains(
    initiatives: Sequence[Initiative],
    stakes: Stakes,
    needed: Mapping[str, frozenset[str]],
    rng: np.random.Generator,
) -> Gains:
    """What initiatives add in each future; the draws of one do not depend on the others."""
    success, levels = _drawn(initiatives, needed, stakes.futures, rng)
    weights = stakes.weights
    rows = np.zeros((3, len(initiatives), stakes.futures), np.float32)
    channels = []
    for name, found in sorted(_by_indicator(initiatives).items()):
        lever = _lever(name, stakes.levers)
        scale = lever.per_unit * float(weights[lever.part])
        sizes = {
            each: grained(scale * _size(effect, levels[each[0]]) * success[each[0]])
            for each, effect in found.items()
        }
        plain = [
            e for e, effect in found.items() if np.isinf(lever.headroom) and not effect.overlap
        ]
        for each in plain:
            rows[lever.part, each[0]] += sizes[each]
        words = {each: effect.overlap for each, effect in found.items() if each not in plain}
        if words:
            most = abs(scale) * lever.headroom
            channels.append(_channel(lever.part, most, words, sizes))
    parts = stakes.parts.T.astype(np.float64)
    room = (np.maximum(parts, 1.0) - parts) * weights[:, None]
    lacking = stakes.threshold - weights @ parts - NEAR
    return Gains(rows, tuple(channels), grained(room), grained(lacking))


def _drawn(
    initiatives: Sequence[Initiative],
    needed: Mapping[str, frozenset[str]],
    futures: int,
    rng: np.random.Generator,
) -> tuple[Mapping[int, Sets], Mapping[int, Floats]]:
    """Whether each initiative succeeds in each future, and at which level of its range."""
    seed = int(rng.integers(2**62))
    alone: dict[str, Sets] = {}
    levels: dict[int, Floats] = {}
    for row, each in enumerate(initiatives):
        own = np.random.default_rng([seed, *each.code.encode()])
        alone[each.code] = _even(own, futures) < each.chance
        levels[row] = _even(own, futures)
    success = {
        row: np.logical_and.reduce([alone[code] for code in (each.code, *needed[each.code])])
        for row, each in enumerate(initiatives)
    }
    return success, levels


def _even(rng: np.random.Generator, futures: int) -> Floats:
    """Numbers from 0 to 1, one in each of as many equal strata, in any order."""
    drawn: Floats = (rng.permutation(futures) + rng.random(futures)) / futures
    return drawn


def _size(effect: Effect, level: Floats) -> Floats:
    """The triangular range at each level, by inversion."""
    low, likely, high = effect.low, effect.likely, effect.high
    if high == low:
        return np.full(len(level), low)
    turn = (likely - low) / (high - low)
    rising = low + np.sqrt(level * (high - low) * (likely - low))
    falling = high - np.sqrt((1 - level) * (high - low) * (high - likely))
    size: Floats = np.where(level < turn, rising, falling)
    return size


def _by_indicator(
    initiatives: Sequence[Initiative],
) -> dict[str, dict[tuple[int, int], Effect]]:
    found: dict[str, dict[tuple[int, int], Effect]] = {}
    for row, each in enumerate(initiatives):
        for number, effect in enumerate(each.effects):
            found.setdefault(effect.indicator, {})[row, number] = effect
    return found


def _lever(name: str, levers: Mapping[str, Lever]) -> Lever:
    if name in levers:
        return levers[name]
    return Lever(PILLARS.index(name), 1.0, np.inf)


def _channel(
    part: int,
    most: float,
    words: Mapping[tuple[int, int], str],
    sizes: Mapping[tuple[int, int], Reals],
) -> Channel:
    """One indicator's effects, those that share a word together."""
    groups: dict[str, list[tuple[int, int]]] = {}
    for each, word in words.items():
        groups.setdefault(word, []).append(each)
    free = groups.pop("", [])
    stacked = {word: np.array([sizes[e] for e in group]) for word, group in groups.items()}
    width = len(next(iter(sizes.values())))
    return Channel(
        part=part,
        most=float(grained(np.array(most))),
        members=tuple(row for row, _number in free),
        sizes=np.array([sizes[each] for each in free], np.float32).reshape(-1, width),
        overlaps=tuple(
            Overlap(tuple(row for row, _number in groups[word]), stacked[word])
            for word in sorted(groups)
        ),
    )
