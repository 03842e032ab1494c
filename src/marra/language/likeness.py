"""Likeness: how much two short texts have in common, by their pieces of three letters.

Texts are compared folded, so that one written in Cyrillic and one in Latin letters, with any kind
of apostrophe, are the same. The measure is Jaccard's: pieces in common among all pieces of both.
It needs no dictionary and forgives endings and the order of words; texts that say the same in
other words it does not find, and it does not say that texts which are alike mean the same.

To find every pair that is at least so alike, the texts that bear each piece are listed once, and
for each text it is counted how many of its pieces every earlier one has.

Source: P. Jaccard, 1901, for the measure.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray


@lru_cache(maxsize=32_768)
def pieces(key: str) -> frozenset[str]:
    """The pieces of three letters of a folded text, its ends among them.

    >>> sorted(pieces("reja"))
    [' re', 'eja', 'ja ', 'rej']
    """
    padded = f" {key} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2)) if key else frozenset()


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of pieces that both have, from 0 to 1.

    >>> likeness(pieces("reja"), pieces("reja")), likeness(pieces("reja"), pieces("tarmoq"))
    (1.0, 0.0)
    """
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def alike(texts: Mapping[int, str], least: float) -> Iterator[tuple[float, int, int]]:
    """Every pair of texts at least so alike, with how alike; the keys in their order.

    >>> list(alike({1: "reja tuzish", 2: "reja tuzish", 3: "tarmoq"}, 0.6))
    [(1.0, 1, 2)]
    """
    found = {key: own for key in sorted(texts) if (own := pieces(texts[key]))}
    keys, sizes = list(found), np.array([len(own) for own in found.values()], dtype=np.int64)
    bearing = _bearing(list(found.values()))
    passed = dict.fromkeys(bearing, 0)  # how many of those that bear a piece came before
    for at, own in enumerate(found.values()):
        before = np.concatenate([bearing[piece][: passed[piece]] for piece in own])
        both = np.bincount(before, minlength=at)[:at]
        shares = both / (sizes[:at] + len(own) - both)
        for place in np.flatnonzero(shares >= least):
            yield float(shares[place]), keys[place], keys[at]
        for piece in own:
            passed[piece] += 1


class Alikes:
    """Every pair that is alike among texts that change little from one question to the next.

    What was compared is remembered, so that only texts that are new or were changed are held
    against the others; many at once are compared anew.
    """

    FEW: Final = 40

    def __init__(self, least: float) -> None:
        self._least = least
        self._texts: dict[int, str] = {}
        self._shares: dict[tuple[int, int], float] = {}
        self._lock = Lock()

    def among(self, texts: Mapping[int, str]) -> Mapping[tuple[int, int], float]:
        """How alike the two of each pair are; keys in their order.

        >>> known = Alikes(0.6)
        >>> known.among({1: "reja tuzish", 2: "tarmoq", 3: "reja tuzish"})
        {(1, 3): 1.0}
        >>> known.among({1: "reja tuzish", 2: "tarmoqlar", 4: "tarmoqlar"})
        {(2, 4): 1.0}
        """
        with self._lock:
            fresh = [key for key in texts if self._texts.get(key) != texts[key]]
            if len(fresh) > self.FEW:
                self._shares = {
                    (one, other): share for share, one, other in alike(texts, self._least)
                }
            elif fresh or len(texts) != len(self._texts):
                self._follow(texts, set(fresh))
            self._texts = dict(texts)
            return dict(self._shares)

    def _follow(self, texts: Mapping[int, str], fresh: set[int]) -> None:
        left = texts.keys() - fresh
        kept = {pair: each for pair, each in self._shares.items() if left.issuperset(pair)}
        for key in fresh:
            own = pieces(texts[key])
            for other in texts:
                if other < key or (other > key and other not in fresh):
                    share = likeness(own, pieces(texts[other]))
                    if own and share >= self._least:
                        kept[min(key, other), max(key, other)] = share
        self._shares = kept


def _bearing(texts: Sequence[frozenset[str]]) -> dict[str, NDArray[np.int32]]:
    """The places of the texts that bear each piece, in their order."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, own in enumerate(texts):
        for piece in own:
            found[piece].append(at)
    return {piece: np.array(places, dtype=np.int32) for piece, places in found.items()}
