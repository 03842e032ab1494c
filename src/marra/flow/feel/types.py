"""Types as they are written after `instance of` and of parameters, and whether a value is of one.

Source: OMG, Decision Model and Notation 1.5, sections 10.3.2.9 and 10.3.2.9.3 (conformance).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from marra.flow.feel.fuel import spend
from marra.flow.feel.syntax import Text, tidy
from marra.flow.feel.values import Function, Months, Range, Value, kind

NAMES: Final = (
    "years and months duration",
    "days and time duration",
    "date and time",
    "number",
    "string",
    "boolean",
    "date",
    "time",
    "Any",
    "Null",
    "null",
    "list",
    "context",
    "function",
    "range",
)
MODELLED: Final[Mapping[str, str]] = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
}


@dataclass(frozen=True, slots=True)
class Type:
    """One type: its name and what it is made of."""

    name: str
    inner: "Type | None" = None  # of a list or a range
    parts: "tuple[tuple[str, Type], ...]" = ()  # of a context or a function's parameters


ANY: Final = Type("Any")


def read_type(text: Text) -> Type:
    """The type that is written here."""
    name = next((each for each in NAMES if _written(text, each)), "")
    if not name:
        other = text.name()
        if other is None:
            raise text.fail("a type")
        while text.take("."):
            other += f".{text.name() or ''}"
        return Type(tidy(other))
    if name in {"list", "range"} and text.take("<"):
        inner = read_type(text)
        text.need(">")
        return Type(name, inner)
    if name == "context" and text.take("<"):
        return Type(name, parts=_parts(text))
    if name == "function" and text.take("<"):
        return _function(text)
    return Type(name)


def _written(text: Text, name: str) -> bool:
    before = text.at
    if all(text.word(word) for word in name.split()):
        return True
    text.at = before
    return False


def _parts(text: Text) -> tuple[tuple[str, Type], ...]:
    found = []
    while not text.take(">"):
        name = text.named_until((":",))
        if name is None:
            raise text.fail("a name")
        text.need(":")
        found.append((name, read_type(text)))
        if not text.take(",") and not text.text.startswith(">", text.at):
            raise text.fail("“,” or “>”")
    return tuple(found)


def _function(text: Text) -> Type:
    found = []
    while not text.take(">"):
        found.append(("", read_type(text)))
        if not text.take(",") and not text.text.startswith(">", text.at):
            raise text.fail("“,” or “>”")
    text.need("->")
    return Type("function", read_type(text), tuple(found))


def conforms(value: Value, wanted: Type) -> bool:
    """Whether a value is of a type; a function only by the number of what it takes.

    >>> conforms("a", Type("string")), conforms(["a"], Type("list", Type("number")))
    (True, False)
    """
    judge = JUDGES.get(wanted.name)
    if judge:
        return judge(value, wanted)
    name = MODELLED.get(wanted.name, wanted.name)
    return value is not None and kind(value) == name


def _list(value: Value, wanted: Type) -> bool:
    inner = wanted.inner
    spend(1 + len(value) if isinstance(value, list) else 1)
    return isinstance(value, list) and (
        inner is None or all(each is None or conforms(each, inner) for each in value)
    )


def _range(value: Value, wanted: Type) -> bool:
    if not isinstance(value, Range):
        return False
    ends = [end for end in (value.low, value.high) if end is not None]
    return wanted.inner is None or all(conforms(end, wanted.inner) for end in ends)


def _context(value: Value, wanted: Type) -> bool:
    spend(1 + len(wanted.parts))
    return isinstance(value, dict) and all(
        name in value and (value[name] is None or conforms(value[name], inner))
        for name, inner in wanted.parts
    )


def _function_of(value: Value, wanted: Type) -> bool:
    if not isinstance(value, Function):
        return False
    return not wanted.inner or len(value.names) == len(wanted.parts)


def _duration(value: Value, _wanted: Type) -> bool:
    return isinstance(value, Months)


JUDGES: Final[Mapping[str, Callable[[Value, Type], bool]]] = {
    "Any": lambda value, _wanted: value is not None,
    "Null": lambda value, _wanted: value is None,
    "null": lambda value, _wanted: value is None,
    "list": _list,
    "range": _range,
    "context": _context,
    "function": _function_of,
    "years and months duration": _duration,
}
