"""How plain a text is, in Uzbek, Russian or English: sentences, long words, office language.

Uzbek joins endings to words, so scales that count letters were made for other languages and none
was calibrated for it. We count what a writer can mend: words in a sentence, long words, and
phrases of offices, each with what to write instead. Uzbek in Latin letters is counted in its
Cyrillic spelling, so that both scripts of one text are equally plain.

Source: ours, after ISO 24495-1:2023; for Russian also Flesch's scale in Oborneva's form (2006),
206.835 - 1.3 words in a sentence - 60.1 syllables in a word, recalled. `plain_language.toml` has
the thresholds and phrases.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from marra.language.scripts import to_cyrillic

_WORD: Final = re.compile(r"[^\W\d_](?:[\w'’ʻʼ‘`-]*[^\W_])?")
_END: Final = re.compile(r"(?<=[.!?…])[\"”»)]*\s+(?=[\"“«(]*[A-ZА-ЯЁЎҚҒҲ0-9])")
_VOWELS: Final = frozenset("аеёиоуыэюя")
_UZBEK_CYRILLIC: Final = frozenset("ўқғҳ")
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("'’‘`ʼ", "ʻ"))
_UZBEK = "va uchun bilan bu yoki kerak boʻlgan ham bir har davlat xizmat emas qanday mumkin"
_UZBEK_WORDS: Final = frozenset(_UZBEK.split())
_ENGLISH = "the and of to for in is you your with or"
_ENGLISH_WORDS: Final = frozenset(_ENGLISH.split())


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on a text is not plain."""

    words_in_sentence: float
    longest_sentence: int
    long_word: int
    long_share: float
    least_words: int
    most_shown: int
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Office:
    """A phrase of office language, what to write instead, and where it stands."""

    phrase: str
    better: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Plainness:
    """What was counted in a text."""

    language: str
    words: int
    sentences: int
    words_in_sentence: float
    longest: tuple[str, ...]  # sentences over the limit, the longest first
    long_share: float
    long_words: tuple[str, ...]  # the longest, each once
    office: tuple[Office, ...]
    ease: float | None  # Flesch's scale for Russian, 0 hard to 100 easy

    @property
    def is_enough(self) -> bool:
        """Whether there is text enough to say anything."""
        return self.words >= limits().least_words


@cache
def limits() -> Limits:
    """From where on a text is not plain.

    >>> limits().words_in_sentence
    15
    """
    row = {name: value for name, value in _file().items() if name != "office"}
    return Limits(**row)


def measure(blocks: Sequence[str], language: str) -> Plainness:
    """What is counted in the blocks of a text; a block ends its last sentence.

    >>> found = measure(["Arizani yuboring. Mazkur hujjat kerak emas."], "uz")
    >>> found.sentences, found.words_in_sentence, found.office[0].better
    (2, 3.0, 'bu, shu')
    """
    sentences = [each for block in blocks for each in _sentences(block)]
    told = [(each, words(each)) for each in sentences]
    told = [(each, found) for each, found in told if found]
    every = [each for _, found in told for each in found]
    letters = {each: _letters(each, language) for each in set(every)}
    long = [each for each in every if letters[each] > limits().long_word]
    over = sorted(
        ((len(found), each) for each, found in told if len(found) > limits().longest_sentence),
        reverse=True,
    )
    ordered = sorted({each.lower() for each in long}, key=lambda each: (-len(each), each))
    return Plainness(
        language=language,
        words=len(every),
        sentences=len(told),
        words_in_sentence=len(every) / len(told) if told else 0.0,
        longest=tuple(each for _, each in over[: limits().most_shown]),
        long_share=len(long) / len(every) if every else 0.0,
        long_words=tuple(ordered[: limits().most_shown]),
        office=tuple(_office((each for each, _ in told), language)),
        ease=_ease(every, len(told)) if language == "ru" and every else None,
    )


def words(text: str) -> list[str]:
    """The words of a text; numbers and signs are none.

    >>> words("Oʻn 10 ta ma'lumot, e-pochta.")
    ['Oʻn', 'ta', "ma'lumot", 'e-pochta']
    """
    return _WORD.findall(text)


def language_of(text: str) -> str:
    """The language a text is in: uz, uz-cyrl, ru, en; empty where it cannot be told.

    >>> language_of("Ariza va hujjat uchun"), language_of("Для заявления и документа нужно")
    ('uz', 'ru')
    >>> language_of("Ариза учун ҳужжат керак эмас ва қоғоз ҳам")
    'uz-cyrl'
    """
    found = words(text.lower().translate(_APOSTROPHES))
    joined = "".join(found)
    if not joined:
        return ""
    cyrillic = sum("а" <= each <= "я" or each in "ёўқғҳ" for each in joined)
    if 2 * cyrillic > len(joined):
        own = sum(each in _UZBEK_CYRILLIC for each in joined)
        return "uz-cyrl" if own > 0.01 * cyrillic else "ru"
    uzbek = sum(each in _UZBEK_WORDS or "oʻ" in each or "gʻ" in each for each in found)
    english = sum(each in _ENGLISH_WORDS for each in found)
    if max(uzbek, english) < max(1, 0.02 * len(found)):
        return ""
    return "uz" if uzbek >= english else "en"


def _sentences(block: str) -> Iterator[str]:
    text = " ".join(block.split())
    return (each for each in _END.split(text) if each)


def _letters(word: str, language: str) -> int:
    """Letters of a word; of a Latin Uzbek one, those of its Cyrillic spelling."""
    written = to_cyrillic(word) if language == "uz" else word
    return sum(each.isalpha() and each not in "ʻʼ" for each in written)


def _office(sentences: Iterable[str], language: str) -> Iterator[Office]:
    """Each phrase of office language once, with the first sentence it stands in."""
    left = dict(_phrases(language))
    shown = 0
    for sentence in sentences:
        plain = sentence.lower().translate(_APOSTROPHES)
        for pattern in [each for each in left if each.search(plain)]:
            phrase, better = left.pop(pattern)
            if shown < limits().most_shown:
                yield Office(phrase.replace("{s}", "…"), better, sentence[:300])
            shown += 1


@cache
def _phrases(language: str) -> tuple[tuple[re.Pattern[str], tuple[str, str]], ...]:
    """Phrases with what to write instead; those for Cyrillic Uzbek are made by rule."""
    base = "uz" if language.startswith("uz") else language
    found = []
    for phrase, better in _file()["office"].get(base, ()):
        told = [
            to_cyrillic(each) if language == "uz-cyrl" else each for each in phrase.split("{s}")
        ]
        pattern = r"\w*".join(re.escape(each.lower().translate(_APOSTROPHES)) for each in told)
        shown = "{s}".join(told)
        instead = to_cyrillic(better) if language == "uz-cyrl" else better
        found.append((re.compile(rf"(?<!\w){pattern}(?!\w)"), (shown, instead)))
    return tuple(found)


def _ease(found: Sequence[str], sentences: int) -> float:
    syllables = sum(max(1, sum(each in _VOWELS for each in word.lower())) for word in found)
    return 206.835 - 1.3 * len(found) / sentences - 60.1 * syllables / len(found)


@cache
def _file() -> dict:  # type: ignore[type-arg]
    text = (files("marra.inventory.rules") / "plain_language.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
