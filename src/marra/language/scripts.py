"""Scripts: Uzbek in Latin letters, written in Cyrillic letters by rule.

Both scripts are in use and the State writes in both; we write once, in Latin, and derive the
other. The rules are those of the two alphabets. What no rule can know (a soft sign, a Russian ц
that Latin writes as s) stands in `exceptions.csv`, one word a line with the reason:

- `stem`: the beginning of a word, whatever ending follows. A soft sign that closes a stem stands
  only where no ending follows: январь, but январдан; роль, but роли.
- `word`: exactly this word. `phrase`: several words.
- `keep`: stays in Latin letters, with an ending in Cyrillic: EGDIнинг. International abbreviations
  (OSI, CSV, ISO) are not Uzbek and stay; Uzbek ones (BMT) are written in Cyrillic: БМТ.

Left as it is: addresses, tags, entities, placeholders, code, options, Roman numerals, codes with
digits (M49), and any word with w or with c that is not ch: such a word is not Uzbek.

Source: law of the Republic of Uzbekistan of 2 September 1993 on the Uzbek alphabet based on Latin
script (as of 6 May 1995); Cabinet of Ministers, 24 August 1995, No. 339, principal rules of
orthography; Cyrillic orthography of 1956.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_ENDINGS: Final = (
    "uz|ru|org|com|net|int|edu|gov|info|csv|json|xlsx|xml|html|toml|svg|png|pdf|py|md|txt|zip|po"
)
_UNTOUCHED: Final = re.compile(
    r"""
      <(?:code|kbd|samp|var)\b[^>]*>.*?</(?:code|kbd|samp|var)>   # code, with its tags
    | </?[A-Za-z!][^>]*>                                          # a tag
    | &(?:\#?\w+);                                                # an entity
    | `[^`]*` | «marra\ [a-z\ -]+»                                # code, a command
    | %\(\w+\)[-\#0\ +]*[\d.]*[a-zA-Z]                            # %(name)s
    | %[-\#0+]*[\d.]*[sdifgr]\b | %%                              # %s
    | \{[^{}]*\}                                                  # {name}
    | \b[a-z][a-z0-9+.-]*://[^\s<>"»”]+                           # an address with its scheme
    | \b[\w.+-]+@[\w-]+(?:\.[\w-]+)+                              # a mail address
    | (?<![\w.])(?:/[\w.{}-]+){2,}/?                              # a path
    | \b[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:{ENDINGS})\b         # a domain, a file
    | (?<![^\s(«“"])--?[a-z][\w-]*                                # an option
    | \b\w+_\w+\b | \b[a-z]+=[^\s;,]+                             # an identifier, a setting
    | \b[A-Za-z]+\d\w*\b                                          # a code with digits
    | \b(?=[IVXLC]{2,}\b)(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b   # a Roman numeral
    """.replace("{ENDINGS}", _ENDINGS),
    re.VERBOSE | re.DOTALL,
)

_WORD: Final = re.compile(r"[A-Za-z](?:[A-Za-zʻʼ]|['’‘`](?=[A-Za-z]))*")
_FOREIGN: Final = re.compile(r"w|c(?!h)", re.IGNORECASE)
_VOWELS: Final = frozenset("aeiouʻаеёиоуўэюя")

_LETTERS: Final = {
    "sʼh": "сҳ",
    "oʻ": "ў",
    "gʻ": "ғ",
    "sh": "ш",
    "ch": "ч",
    "yo": "ё",
    "yu": "ю",
    "ya": "я",
    "ye": "е",
    "ʼ": "ъ",
    **dict(zip("abdefghijklmnopqrstuvxyz", "абдефгҳижклмнопқрстувхйз", strict=True)),
}
_LETTER: Final = re.compile(
    r"sʼh|oʻ|gʻ|sh|ch|yo(?!ʻ)|y[uae]|ts(?=i[aoy])|(?<=[kpn])s(?=i[yo])|[a-zʼ]"
)
"""One Uzbek letter; `ts` and `s` are ц in the endings -tsiya, -ksiya, -nsiya, -psiya."""


@dataclass(frozen=True, slots=True)
class _Exceptions:
    keep: re.Pattern[str]
    phrase: re.Pattern[str]
    phrases: dict[str, str]
    words: dict[str, str]
    stems: dict[str, str]


def to_cyrillic(latin: str) -> str:
    """The same Uzbek text in Cyrillic letters; what is not Uzbek in it stays as it is.

    >>> to_cyrillic("Oʻzbekiston 63-oʻrinda: EGDIning %(gap)s qismi")
    'Ўзбекистон 63-ўринда: EGDIнинг %(gap)s қисми'
    >>> to_cyrillic("Iyul, iyulda, Fransiya, eʼlon, Isʼhoq, BMT")
    'Июль, июлда, Франция, эълон, Исҳоқ, БМТ'
    """
    parts, start = [], 0
    for untouched in _UNTOUCHED.finditer(latin):
        parts += [_plain_text(latin[start : untouched.start()]), untouched.group()]
        start = untouched.end()
    return "".join([*parts, _plain_text(latin[start:])])


def _plain_text(text: str) -> str:
    exceptions = _exceptions()
    parts, start = [], 0
    for found in exceptions.phrase.finditer(text):
        before = _WORD.sub(_word, text[start : found.start()])
        parts += [before, exceptions.phrases[found.group()]]
        start = found.end()
    return "".join([*parts, _WORD.sub(_word, text[start:])])


def _word(found: re.Match[str]) -> str:
    word = _official(found.group())
    exceptions = _exceptions()
    if kept := exceptions.keep.match(word):
        return kept.group() + _spell(word[kept.end() :], before="-")
    if _FOREIGN.search(word):
        return word
    small = word.lower()
    if whole := exceptions.words.get(small):
        return _in_case_of(word, whole)
    for length in range(len(small), 2, -1):
        if stem := exceptions.stems.get(small[:length]):
            return _with_ending(word, length, stem)
    return _spell(word)


def _official(word: str) -> str:
    """The word with the two apostrophes of the official script."""
    word = re.sub(r"(?<=[oOgG])['’‘`ʼ]", "ʻ", word)
    return re.sub(r"['’‘`]", "ʼ", word)


def _with_ending(word: str, length: int, stem: str) -> str:
    ending = word[length:]
    if ending and stem.endswith("ь"):
        stem = stem.removesuffix("ь")
    return _in_case_of(word[:length], stem) + _spell(ending, before=stem[-1])


def _spell(word: str, before: str = "") -> str:
    """The word letter by letter; `before` is the letter that precedes it, if any."""
    letters: list[str] = []
    for found in _LETTER.finditer(word.lower()):
        latin, original = found.group(), word[found.start() : found.end()]
        letter = _letter(found, before)
        letters.append(_in_case_of(original, letter, all_capitals=word.isupper()))
        before = latin[-1]
    return "".join(letters)


def _letter(found: re.Match[str], before: str) -> str:
    latin = found.group()
    follows = found.string[found.end() : found.end() + 2]
    if latin == "ts" or (latin == "s" and before in "kpn" and follows in ("iy", "io")):
        return "ц"
    if latin == "e" and (not before or before in _VOWELS):
        return "э"
    if latin == "ye" and before and before not in _VOWELS and before not in "ʼ-":
        return "ье"
    return _LETTERS[latin]


def _in_case_of(latin: str, cyrillic: str, *, all_capitals: bool | None = None) -> str:
    capitals = latin.isupper() and len(latin) > 1 if all_capitals is None else all_capitals
    if capitals:
        return cyrillic.upper()
    return cyrillic[0].upper() + cyrillic[1:] if latin[0].isupper() else cyrillic


@cache
def _exceptions() -> _Exceptions:
    table = (files("marra.language") / "exceptions.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(table.splitlines()))
    kinds = {
        kind: {row["latin"]: row["cyrillic"] for row in rows if row["kind"] == kind}
        for kind in ("keep", "phrase", "word", "stem")
    }
    return _Exceptions(
        keep=re.compile(rf"(?:{_any(kinds['keep'])})(?![A-Z])"),
        phrase=re.compile(rf"\b(?:{_any(kinds['phrase'])})"),
        phrases=kinds["phrase"],
        words=kinds["word"],
        stems=kinds["stem"],
    )


def _any(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
