"""Concepts: words that mean the same for somebody who looks for a service, in three languages.

A person asks for a “загранпаспорт” or a “tonirovka”; the register says “xorijga chiqish pasporti”
and “oynalarni qoraytirish”. The list names such words side by side, as beginnings to which endings
are added; `=` before one means that it stands alone. Several words are found one after another.

Source: ours, `concepts.csv`: the vocabulary of public services in Uzbek, Russian and English.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from marra.language.fold import fold

SHORTEST: Final = 3
"""Letters of a beginning that endings may follow; a shorter word stands alone."""


@dataclass(frozen=True, slots=True)
class Found:
    """A concept and how many words of the text it took."""

    concept: int
    words: int


Phrase = tuple[tuple[str, ...], bool, int]
"""The beginnings of its words, whether the last one stands alone, and the concept."""


def concepts(words: Sequence[str]) -> Iterator[tuple[int, Found]]:
    """Each concept in the words, with the place where it begins; words are folded.

    >>> uz = {each.concept for _, each in concepts(fold("xorijga chiqish pasporti").split())}
    >>> ru = {each.concept for _, each in concepts(fold("загранпаспорт").split())}
    >>> len(uz & ru) > 0
    True
    """
    for place in range(len(words)):
        for stems, alone, concept in _beginning(words[place]):
            if _fits(words[place : place + len(stems)], stems, alone=alone):
                yield place, Found(concept, len(stems))


def _beginning(word: str) -> Iterator[Phrase]:
    """The phrases whose first word may be this one."""
    table = _phrases()
    for length in range(1, len(word) + 1):
        yield from table.get(word[:length], ())


def _fits(words: Sequence[str], stems: tuple[str, ...], *, alone: bool) -> bool:
    if len(words) < len(stems):
        return False
    if alone:
        return tuple(words) == stems
    return all(_is(word, stem) for word, stem in zip(words, stems, strict=True))


def _is(word: str, stem: str) -> bool:
    return word == stem or (len(stem) >= SHORTEST and word.startswith(stem))


@cache
def _phrases() -> dict[str, list[Phrase]]:
    """Every phrase by the beginning of its first word."""
    text = (files("marra.language") / "concepts.csv").read_text(encoding="utf-8")
    found: dict[str, list[Phrase]] = defaultdict(list)
    for concept, row in enumerate(csv.DictReader(text.splitlines())):
        for written in "|".join(row.values()).split("|"):
            stems = tuple(fold(written).split())
            if stems:
                found[stems[0]].append((stems, written.startswith("="), concept))
    return dict(found)
