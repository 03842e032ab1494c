"""Seeking: short texts by what people write, in any script, with typos, in other words.

Every word of the texts is kept once with the texts that bear it. A word that is sought stands for
each kept word that is like it by its pieces of two and three letters (endings and slips of the
finger), and for each word that means the same (`concepts`). A text is as good as the share of the
question that it answers: each word counts by how few texts bear it, fillers count little or
nothing. What answers less than half of a question is no answer, so a question that is about
something else finds nothing.

Source: ours; P. Jaccard's and L. Dice's measures of likeness, F. Damerau, 1964, for slips; inverse
frequency after K. Spärck Jones, 1972. The thresholds are ours, tried on real questions.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marra.language.concepts import concepts
from marra.language.fillers import little, passed_over
from marra.language.fold import fold

LEAST: Final = 0.5
"""The share of a question that an answer has to answer."""

LIKE: Final = 0.5
SHORT: Final = 4
LIKE_SHORT: Final = 0.75
SURE: Final = 0.75
"""From here on a word is taken as meant, and no slip is looked for."""

SAME_MEANING: Final = 0.9
MOST_LIKE: Final = 16
FEWEST: Final = 6
MOST_LOOKED_AT: Final = 15_000
SHARED: Final = 0.3
LIGHT: Final = 0.25
LONGEST: Final = 200
MOST_WORDS: Final = 12

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Text = tuple[str, float]
"""A text of a document and how much it counts, up to 1."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers, by its place in the list, and how well, up to 1."""

    place: int
    score: float


@dataclass(frozen=True, slots=True)
class Bearing:
    """For each of several words the documents that bear it: cut out of one long list."""

    starts: NDArray[np.int64]
    documents: Ints
    weights: Floats

    def of(self, word: int) -> tuple[Ints, Floats]:
        """The documents of one word, and how much the word counts in each."""
        part = slice(self.starts[word], self.starts[word + 1])
        return self.documents[part], self.weights[part]


@dataclass(frozen=True, eq=False)
class Index:
    """Documents made ready to be sought in."""

    count: int
    words: Sequence[str]
    places: Mapping[str, int]
    bearing: Bearing
    meaning: Bearing  # by concept
    known: frozenset[int]  # concepts that some document has
    grams: Mapping[str, Ints]  # the words that have a piece
    sizes: Floats  # how many pieces each word has
    lengths: Floats  # how many words each document has
    prior: Floats  # how much a document is used, from 0 to 1


def index(documents: Sequence[Sequence[Text]], prior: Sequence[float] = ()) -> Index:
    """The documents made ready; each has texts, the heaviest first.

    >>> made = index([[("Nikohni qayd etish", 1.0)], [("Паспорт олиш", 1.0)]])
    >>> made.count, len(made.words)
    (2, 5)
    """
    borne: dict[str, dict[int, float]] = defaultdict(dict)
    meant: dict[int, dict[int, float]] = defaultdict(dict)
    lengths = np.ones(len(documents), dtype=np.float32)
    for place, texts in enumerate(documents):
        for number, (text, weight) in enumerate(texts):
            told = words_of(text)
            for word in told:
                _note(borne[word], place, weight)
            for _, found in concepts(told):
                _note(meant[found.concept], place, weight)
            if not number:
                lengths[place] = max(1, len(set(told)))
    words = sorted(borne)
    return Index(
        count=len(documents),
        words=words,
        places={word: at for at, word in enumerate(words)},
        bearing=_bearing([borne[word] for word in words]),
        meaning=_bearing([meant.get(at, {}) for at in range(max(meant, default=-1) + 1)]),
        known=frozenset(meant),
        grams=_grams(words),
        sizes=np.array([len(pieces(word)) for word in words], dtype=np.float32),
        lengths=lengths,
        prior=np.array(prior if prior else np.zeros(len(documents)), dtype=np.float32),
    )


def words_of(text: str) -> list[str]:
    """The folded words of a text without fillers; a word with a hyphen also in one piece.

    >>> words_of("ID-karta qanday olinadi?")
    ['idkarta', 'id', 'karta', 'olinadi']
    """
    joined = [fold(each).replace(" ", "") for each in HYPHENED.findall(text)]
    told = [word for word in fold(text).split() if word not in passed_over()]
    return [*joined, *told]


HYPHENED: Final = re.compile(r"\w+(?:[-‐‑]\w+)+")


@lru_cache(maxsize=65_536)
def pieces(word: str) -> frozenset[str]:
    """The pieces of two and three letters of a word, its ends among them.

    >>> sorted(pieces("uy"))
    [' u', ' uy', 'uy', 'uy ', 'y ']
    """
    padded = f" {word} "
    return frozenset(
        padded[at : at + size] for size in (2, 3) for at in range(len(padded) - size + 1)
    )


def find(made: Index, sought: str, most: int = 20) -> list[Hit]:
    """The documents that answer best, the best first; nothing where none answers.

    >>> made = index([[("Avtomobil oynalarini qoraytirish", 1.0)], [("Nikohni qayd etish", 1.0)]])
    >>> [hit.place for hit in find(made, "тонировка машины")]
    [0]
    >>> find(made, "bugun ob-havo qanday?")
    []
    """
    total = np.zeros(made.count, dtype=np.float32)
    asked = 0.0
    for weight, answers in _answers(made, sought):
        asked += weight
        if answers is not None:
            total += np.float32(weight) * answers
    if not asked:
        return []
    share = total / np.float32(asked)
    places = np.flatnonzero(share >= LEAST)
    score = (
        share[places] * (0.9 + 0.1 * _brevity(made, places, sought)) + 0.02 * made.prior[places]
    )
    best = places[np.argsort(-score, kind="stable")[:most]]
    by_place = dict(zip(places.tolist(), score.tolist(), strict=True))
    return [Hit(place, round(by_place[place], 4)) for place in best.tolist()]


def _brevity(made: Index, places: NDArray[np.int64], sought: str) -> Floats:
    """How near the length of each document is to that of the question."""
    length = max(1, len(words_of(sought[:LONGEST])))
    found: Floats = np.minimum(1, np.float32(length) / made.lengths[places])
    return found


def _answers(made: Index, sought: str) -> Iterator[tuple[float, Floats | None]]:
    """For each word of the question: how much it counts, and how well each document answers it."""
    told = _asked(made, sought)
    meant: dict[int, list[int]] = defaultdict(list)
    for place, found in concepts(told):
        for at in range(place, place + found.words):
            meant[at].append(found.concept)
    for at, word in enumerate(told):
        answers = _one(made, word, meant.get(at, ()))
        rare = np.log1p(made.count / (1 + np.count_nonzero(answers >= LIKE)))
        weight = float(rare) * (LIGHT if word in little() else 1.0)
        yield weight, answers


def _asked(made: Index, sought: str) -> list[str]:
    """The words of a question: a hyphened one in one piece if some document has it so."""
    text = sought[:LONGEST]
    for each in HYPHENED.findall(text):
        joined = fold(each).replace(" ", "")
        text = text.replace(each, joined if joined in made.places else each.replace("-", " "))
    told = [word for word in fold(text).split() if word not in passed_over()]
    return list(dict.fromkeys(told))[:MOST_WORDS]


def _one(made: Index, word: str, meant: Iterable[int]) -> Floats:
    """How well each document answers one word, from 0 to 1."""
    answers = np.zeros(made.count, dtype=np.float32)
    for like, place in sorted(_like(made, word)):
        documents, weights = made.bearing.of(place)
        answers[documents] = np.maximum(answers[documents], np.float32(like) * weights)
    for concept in meant:
        if concept in made.known:
            documents, weights = made.meaning.of(concept)
            found = np.float32(SAME_MEANING) * weights
            answers[documents] = np.maximum(answers[documents], found)
    return answers


def _like(made: Index, word: str) -> list[tuple[float, int]]:
    """The kept words that this one may stand for, with how like they are."""
    own = pieces(word)
    found = [
        (_likeness(word, made.words[at], 2 * len(own & pieces(made.words[at])), len(own)), at)
        for at in _near(made, own)
    ]
    if max((like for like, _ in found), default=0.0) < SURE:
        found = [(max(like, _slipped(word, made.words[at])), at) for like, at in found]
    least = LIKE_SHORT if len(word) <= SHORT else LIKE
    return [(like, at) for like, at in found if like >= least]


def _near(made: Index, own: frozenset[str]) -> list[int]:
    """The kept words that have most of these pieces; the rarest pieces are looked at first."""
    bearing = sorted((made.grams[piece] for piece in own if piece in made.grams), key=len)
    sums = list(accumulate(map(len, bearing)))
    used = max(FEWEST, bisect_right(sums, MOST_LOOKED_AT))
    if not bearing:
        return []
    both = np.bincount(np.concatenate(bearing[:used]), minlength=len(made.words))
    near = np.flatnonzero(both >= max(1, SHARED * min(used, len(bearing))))
    if len(near) > MOST_LIKE:
        likeness = both[near] / (len(own) + made.sizes[near])
        near = near[np.argpartition(-likeness, MOST_LIKE)[:MOST_LIKE]]
    found: list[int] = near.tolist()
    return found


def _likeness(word: str, other: str, shared: int, size: int) -> float:
    """How like two words are: the same, the same with other endings, or much alike."""
    if word == other:
        return 1.0
    short, long = sorted((word, other), key=len)
    common = next((at for at, each in enumerate(short) if each != long[at]), len(short))
    if common >= max(4, 0.6 * len(long)) or (common == len(short) >= SHORT and common >= 5):
        return 0.95 if common == len(short) else 0.85
    return min(shared / (size + len(pieces(other))), 0.8)


def _slipped(word: str, other: str) -> float:
    """How like two words are if letters were left out, doubled, changed or swapped."""
    if abs(len(word) - len(other)) > 2 or min(len(word), len(other)) <= 3:
        return 0.0
    slips = distance(word, other)
    return 0.9 * (1 - slips / max(len(word), len(other))) if slips <= 2 else 0.0


def distance(one: str, other: str) -> int:
    """How many letters have to be put in, taken out, changed or swapped with their neighbour.

    >>> distance("pasprot", "pasport"), distance("nikoh", "nikox")
    (1, 1)
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        row = [at]
        for to, each in enumerate(other, start=1):
            cost = min(last[to] + 1, row[to - 1] + 1, last[to - 1] + (letter != each))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == each:
                cost = min(cost, before[to - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def _note(found: dict[int, float], place: int, weight: float) -> None:
    found[place] = max(found.get(place, 0.0), weight)


def _bearing(found: Sequence[Mapping[int, float]]) -> Bearing:
    starts = np.zeros(len(found) + 1, dtype=np.int64)
    np.cumsum([len(each) for each in found], out=starts[1:])
    size = int(starts[-1])
    documents = np.fromiter((place for each in found for place in each), np.int32, size)
    weights = np.fromiter((w for each in found for w in each.values()), np.float32, size)
    return Bearing(starts, documents, weights)


def _grams(words: Sequence[str]) -> dict[str, Ints]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        for piece in pieces(word):
            found[piece].append(at)
    return {piece: np.array(places, dtype=np.int32) for piece, places in found.items()}
