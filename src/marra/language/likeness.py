"""Likeness: how much two short texts have in common, by their pieces of three letters.

Texts are compared folded, so that one written in Cyrillic and one in Latin letters, with any kind
of apostrophe, are the same. The measure is Jaccard's: pieces in common among all pieces of both.
It needs no dictionary and forgives endings and the order of words; texts that say the same in
other words it does not find, and it does not say that texts which are alike mean the same.

To find every pair that is at least so alike, not each is compared with each: two such texts must
share one of their rarest pieces, so only texts that do are compared.

Source: P. Jaccard, 1901, for the measure; R. J. Bayardo, Y. Ma, R. Srikant, “Scaling up all pairs
similarity search”, WWW 2007, for the rarest pieces.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache


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
    found = {key: own for key, text in texts.items() if (own := pieces(text))}
    rarity = Counter(piece for own in found.values() for piece in own)
    seen: dict[str, list[int]] = defaultdict(list)
    for key in sorted(found):
        rare = _rarest(found[key], rarity, least)
        for other in {before for piece in rare for before in seen[piece]}:
            share = likeness(found[key], found[other])
            if share >= least:
                yield share, other, key
        for piece in rare:
            seen[piece].append(key)


def _rarest(own: frozenset[str], rarity: Mapping[str, int], least: float) -> Sequence[str]:
    """So many of the rarest pieces that texts which share none of them cannot be alike."""
    ordered = sorted(own, key=lambda piece: (rarity[piece], piece))
    return ordered[: len(own) - math.ceil(least * len(own)) + 1]
