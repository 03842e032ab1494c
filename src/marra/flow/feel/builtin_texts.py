"""Built-in functions on texts; patterns are those of XPath, held to a time.

Source: OMG, Decision Model and Notation 1.5, table 78; W3C XQuery and XPath Functions 3.1,
section 5.6 (flags, replacement), XML Schema 1.1 Part 2, appendix G (patterns).
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

import regex

from marra.flow.feel.builtin import builtin
from marra.flow.feel.fuel import Work
from marra.flow.feel.values import Function, Value, kind

PATIENCE: Final = 0.05
"""Seconds that one pattern may search; then the evaluation is stopped."""

SEARCH: Final = 400
"""Steps that a search costs, so that an evaluation has no more than some hundred of them."""

GROWS: Final = 5_000_000
"""Signs that a replacement may come to at worst."""

LONGEST_PATTERN: Final = 2000
FLAGS: Final = {
    "i": regex.IGNORECASE,
    "m": regex.MULTILINE,
    "s": regex.DOTALL,
}
DOT: Final = re.compile(r"(\[(?:[^\]\\]|\\.)*\]|\\.)|\.")
CLASSES: Final = {
    r"\i": "[_:A-Za-z]",
    r"\I": "[^_:A-Za-z]",
    r"\c": r"[-._:\w]",
    r"\C": r"[^-._:\w]",
}


def _place(text: str, start: Decimal) -> int | None:
    """Where a position counted from one, or from the end below nought, lies."""
    at = int(start)
    return None if at == 0 or start != at else at - 1 if at > 0 else max(len(text) + at, 0)


def _substring(text: str, start: Decimal, length: Decimal | None = None) -> str | None:
    at = _place(text, start)
    if at is None or (length is not None and length < 1):
        return None
    return text[at:] if length is None else text[at : at + int(length)]


def _before(text: str, match: str) -> str:
    return text[: text.index(match)] if match in text else ""


def _after(text: str, match: str) -> str:
    return text[text.index(match) + len(match) :] if match in text else ""


def _join(work: Work, items: list[Value], between: Value = None) -> str | None:
    told = [each for each in items if each is not None]
    if not all(isinstance(each, str) for each in told) or kind(between) not in {"null", "string"}:
        return None
    work.sized(sum(map(len, told)) + len(told) * len(between or ""))
    return (between or "").join(told)


@lru_cache(maxsize=256)
def _pattern(pattern: str, flags: str) -> "regex.Pattern[str] | None":
    """A pattern of XPath, or None where it is none."""
    if len(pattern) > LONGEST_PATTERN or not set(flags) <= set("imsxq"):
        return None
    told = re.escape(pattern) if "q" in flags else _ours(pattern, flags)
    bits = regex.VERSION1
    for flag in set(flags) & FLAGS.keys():
        bits |= FLAGS[flag]
    try:
        return None if told is None else regex.compile(told, bits)
    except (regex.error, OverflowError, RecursionError):
        return None


def _ours(pattern: str, flags: str) -> str | None:
    """A pattern of XPath as the library writes it; None where XPath has no such thing."""
    if "x" in flags:
        pattern = _without_spaces(pattern)
    if re.search(r"\(\?(?!:)|\[[^\]]*\\[0-9]", pattern):
        return None
    if "s" not in flags:
        pattern = DOT.sub(lambda found: found[1] or r"[^\n\r]", pattern)
    for written, meant in CLASSES.items():
        pattern = pattern.replace(written, meant)
    pattern = re.sub(r"\\p\{Is(\w+)\}", r"\\p{In\1}", pattern, flags=re.IGNORECASE)
    return re.sub(r"(?<=[^\[\\])-\[", "--[", pattern)


def _without_spaces(pattern: str) -> str:
    """Spaces outside of square brackets do not count."""
    return re.sub(r"(\[(?:[^\]\\]|\\.)*\])|\s+", lambda found: found[1] or "", pattern)


def _matches(work: Work, text: str, pattern: str, flags: Value = None) -> bool | None:
    found = _pattern(pattern, flags or "") if kind(flags) in {"null", "string"} else None
    if found is None:
        return None
    work.spend(SEARCH)
    try:
        return found.search(text, timeout=PATIENCE) is not None
    except TimeoutError:
        raise work.refusal() from None


def _replace(work: Work, text: str, pattern: str, by: str, flags: Value = None) -> str | None:
    if kind(flags) not in {"null", "string"}:
        return None
    found = _pattern(pattern, flags or "")
    told = by.replace("\\", r"\\") if "q" in (flags or "") else _replacement(by, found)
    if found is None or told is None:
        return None
    work.spend(SEARCH)
    if (len(text) + 1) * len(by) > GROWS:
        raise work.refusal()
    try:
        if found.search("", timeout=PATIENCE):
            return None
        made: str = found.sub(told, text, timeout=PATIENCE)
    except TimeoutError:
        raise work.refusal() from None
    except (regex.error, IndexError):
        return None
    work.sized(len(made))
    return made


def _replacement(by: str, found: "regex.Pattern[str] | None") -> str | None:
    """A replacement of XPath as the library writes it; groups there are none of are empty."""
    if found is None or re.search(r"(?<!\\)(?:\\\\)*\\(?![\\$])", by):
        return None
    if re.search(r"(?<!\\)\$(?!\d)", by):
        return None
    groups = found.groups

    def told(sign: "re.Match[str]") -> str:
        if sign[0] == r"\$":
            return "$"
        if sign[0] == "\\\\":
            return r"\\"
        digits = sign[1]
        while len(digits) > 1 and int(digits) > groups:
            digits = digits[:-1]
        rest = sign[1][len(digits) :]
        return (rf"\g<{digits}>" if int(digits) <= groups else "") + rest

    return re.sub(r"\\\$|\\\\|\$(\d+)", told, by)


def _split(work: Work, text: str, delimiter: str) -> list[Value] | None:
    found = _pattern(delimiter, "")
    if found is None:
        return None
    work.spend(SEARCH)
    try:
        if found.search("", timeout=PATIENCE):
            return None
        return list(found.split(text, timeout=PATIENCE))
    except TimeoutError:
        raise work.refusal() from None


FUNCTIONS: Final[dict[str, Function]] = {
    "substring": builtin("string=s, start position=n, length=n?", _substring),
    "string length": builtin("string=s", lambda text: Decimal(len(text))),
    "upper case": builtin("string=s", str.upper),
    "lower case": builtin("string=s", str.lower),
    "substring before": builtin("string=s, match=s", _before),
    "substring after": builtin("string=s, match=s", _after),
    "contains": builtin("string=s, match=s", lambda text, match: match in text),
    "starts with": builtin("string=s, match=s", str.startswith),
    "ends with": builtin("string=s, match=s", str.endswith),
    "matches": builtin("input=s, pattern=s, flags=o?", _matches, works=True),
    "replace": builtin("input=s, pattern=s, replacement=s, flags=o?", _replace, works=True),
    "split": builtin("string=s, delimiter=s", _split, works=True),
    "string join": builtin("list=l, delimiter=o?", _join, works=True),
}
