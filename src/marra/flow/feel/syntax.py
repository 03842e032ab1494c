"""The text of an expression, read sign by sign: spaces, comments, words, numbers and names.

Names may have spaces and signs in them, so they are found by what is known: the longest known name
that stands at a place is taken, otherwise one plain word.

Source: OMG, Decision Model and Notation 1.5, section 10.3.1.2 (grammar rules 21 to 35).
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

LONGEST: Final = 50_000
"""Signs of one expression."""

DEEPEST: Final = 40
"""Levels of one expression inside another."""

START: Final = (
    r"[A-Z?_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D"
    r"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF]"
)
WORD: Final = re.compile(rf"{START}(?:{START}|[0-9\u00B7\u0300-\u036F\u203F-\u2040])*")
SPACE: Final = re.compile(
    r"(?:[\s\u0085\u00A0\u1680\u180E\u2000-\u200B\u2028\u2029\u202F\u205F\u3000\uFEFF]"
    r"|//[^\n]*|/\*.*?\*/)+",
    re.DOTALL,
)
NUMBER: Final = re.compile(r"(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
STRING: Final = re.compile(r'"((?:[^"\\\n]|\\.)*)"', re.DOTALL)
ESCAPE: Final = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|[0-9a-fA-F]{4})"
    r"|U([0-9a-fA-F]{6})|(.))",
    re.DOTALL,
)
ESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}

KEYWORDS: Final = frozenset(
    {
        "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or",
        "between", "function", "external", "true", "false", "null", "instance", "of",
    }
)  # fmt: skip


class NotFeel(Invalid):
    """The text is no expression of FEEL."""

    sentence = gettext_noop(
        "This is no FEEL expression: at character {column} {wanted} was expected, not “{found}”."
    )


class TooLong(Invalid):
    """The expression is longer or deeper than what is read."""

    sentence = gettext_noop(
        "This expression is too long or too deep: at most {signs} characters and {levels} levels."
    )


@dataclass(frozen=True, slots=True)
class Node:
    """One part of an expression; its operands follow in `parts`."""

    op: str
    parts: tuple[Any, ...]
    depth: int


def node(op: str, *parts: Any) -> Node:
    """A part made of others; refuses what is too deep."""
    depth = 1 + max((deep(part) for part in parts), default=0)
    if depth > 2 * DEEPEST:
        raise TooLong(signs=LONGEST, levels=DEEPEST)
    return Node(op, parts, depth)


def deep(part: Any) -> int:
    """How many levels lie in a part."""
    if isinstance(part, Node):
        return part.depth
    if isinstance(part, tuple):
        return max((deep(each) for each in part), default=0)
    return 0


def tidy(name: str) -> str:
    """A name with single spaces between its words.

    >>> tidy("  first   name ")
    'first name'
    """
    return " ".join(name.split())


@lru_cache(maxsize=512)
def _pattern(names: frozenset[str]) -> re.Pattern[str] | None:
    """What finds the longest of these names; spaces inside may be any."""
    if not names:
        return None
    longest = sorted(names, key=lambda name: (-len(name), name))
    told = (r"\s+".join(re.escape(part) for part in name.split()) for name in longest)
    return re.compile("(?:" + "|".join(told) + ")")


class Text:
    """A text that is read from left to right, and the names known at a place."""

    def __init__(self, text: str, names: Collection[str], rule: "Callable[[Text], Node]") -> None:
        self.rule = rule  # of a whole expression
        if len(text) > LONGEST:
            raise TooLong(signs=LONGEST, levels=DEEPEST)
        self.text = text
        self.at = 0
        self.level = 0
        self.ranges = 0  # how many are open here
        self.known = [frozenset(tidy(name) for name in names if not WORD.fullmatch(name))]
        self.skip()

    def skip(self) -> None:
        """Go past spaces and comments."""
        if found := SPACE.match(self.text, self.at):
            self.at = found.end()

    def inner(self) -> Node:
        """A whole expression that stands here."""
        return self.rule(self)

    @contextmanager
    def knowing(self, *names: str) -> Iterator[None]:
        """Inside, these names are known too."""
        new = frozenset(name for name in names if not WORD.fullmatch(name))
        if new:
            self.known.append(new)
        try:
            yield
        finally:
            if new:
                self.known.pop()

    def fail(self, wanted: str) -> NotFeel:
        """What to raise where something else was expected."""
        found = self.text[self.at : self.at + 20] or "…"
        return NotFeel(column=self.at + 1, wanted=wanted, found=found)

    def take(self, sign: str) -> bool:
        """Whether this sign stands here; it is gone past."""
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        self.skip()
        return True

    def need(self, sign: str) -> None:
        """Go past this sign, which must stand here."""
        if not self.take(sign):
            raise self.fail(f"“{sign}”")

    def sees(self, word: str) -> bool:
        """Whether this whole word stands here."""
        found = WORD.match(self.text, self.at)
        return bool(found) and found[0] == word  # type: ignore[index]

    def word(self, word: str) -> bool:
        """Whether this whole word stands here; it is gone past."""
        if not self.sees(word):
            return False
        self.at += len(word)
        self.skip()
        return True

    def need_word(self, word: str) -> None:
        """Go past this word, which must stand here."""
        if not self.word(word):
            raise self.fail(f"“{word}”")

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What this pattern finds here; it is gone past."""
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
            self.skip()
        return found

    def name(self) -> str | None:
        """The longest known name that stands here, or one plain word that is no keyword."""
        plain = WORD.match(self.text, self.at)
        best = plain[0] if plain else ""
        for names in self.known:
            pattern = _pattern(names)
            found = pattern.match(self.text, self.at) if pattern else None
            if found and len(found[0]) > len(best) and self._ends(found.end()):
                best = found[0]
        if not best or best in KEYWORDS:
            return None
        self.at += len(best)
        self.skip()
        return tidy(best)

    def _ends(self, at: int) -> bool:
        """Whether no word goes on at a place."""
        return not (WORD.match("a" + self.text[at : at + 1]) or [""])[0][1:]

    def named_until(self, ends: Iterable[str]) -> str | None:
        """A new name, up to one of these signs or words, which stays; None if there is none."""
        stop = re.compile("|".join(ends))
        found = stop.search(self.text, self.at)
        told = self.text[self.at : found.start()] if found else ""
        if not NEW_NAME.fullmatch(told.strip()):
            return None
        self.at = found.start()  # type: ignore[union-attr]
        self.skip()
        return tidy(told)

    def string(self) -> str | None:
        """The text in quotes that stands here."""
        found = self.match(STRING)
        return ESCAPE.sub(_unescaped, found[1]) if found else None


NEW_NAME: Final = re.compile(
    rf"{START}(?:{START}|[0-9\u00B7\u0300-\u036F\u203F-\u2040]|[ \t\n./\-'+*])*"
)


def _unescaped(found: re.Match[str]) -> str:
    if found[3]:
        return ESCAPED.get(found[3], found[3] if found[3] in "\\\"'" else found[0])
    if found[1] and len(found[1]) > 4:  # a pair that stands for one sign
        high, low = int(found[1][:4], 16) - 0xD800, int(found[1][-4:], 16) - 0xDC00
        return chr(0x10000 + (high << 10) + low)
    code = int(found[1] or found[2], 16)
    return chr(code) if code < 0x110000 else found[0]
