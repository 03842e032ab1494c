"""Judge our decisions by the Technology Compatibility Kit: its cases, its expected values.

A case passes when every result it names is what is expected; numbers may differ in the last digits
that decimal128 and double precision do not share.

Source: DMN TCK (github.com/dmn-tck/tck, commit 0dbcaf9), testCases.xsd.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from marra.flow.dmn import Model
from marra.flow.dmn.boxed import child, children, local
from marra.flow.feel import Months, Value
from marra.flow.feel.builtin_numbers import number
from marra.flow.feel.spelling import clock, day, duration, moment
from marra.flow.feel.values import equal
from marra.flow.xml import parse_xml
from marra.kit.errors import Refusal

NIL: Final = "{http://www.w3.org/2001/XMLSchema-instance}nil"
TYPE: Final = "{http://www.w3.org/2001/XMLSchema-instance}type"
NOW: Final = datetime(2026, 1, 1, 12, tzinfo=UTC)
NEAR: Final = Decimal("1e-8")


@dataclass(frozen=True, slots=True)
class Case:
    """One case and what came of it."""

    id: str
    passed: bool
    why: str


def model_name(xml: bytes) -> str:
    """The file of the model that the cases are about."""
    found = child(parse_xml(xml), "modelName")
    return "" if found is None else (found.text or "").strip()


def judged(xml: bytes, model: Model | None, why: str = "") -> Iterator[Case]:
    """Every case in a file; all fail where there is no model."""
    for node in children(parse_xml(xml), "testCase"):
        code = node.get("id", "")
        if model is None:
            yield Case(code, passed=False, why=why)
            continue
        faults = [told for told in _wrong(node, model) if told]
        yield Case(code, passed=not faults, why="; ".join(faults))


def _wrong(case: Any, model: Model) -> Iterator[str]:
    given = {each.get("name", ""): value_of(each) for each in children(case, "inputNode")}
    for result in children(case, "resultNode"):
        name = result.get("name", "")
        expected = child(result, "expected")
        wanted = value_of(expected) if expected is not None else None
        try:
            found = _found(case, name, model, given)
        except Refusal as refusal:
            found = None
            if wanted is not None:
                yield f"{name}: {refusal}"
                continue
        if not near(wanted, found):
            yield f"{name}: {wanted!r} was expected, not {found!r}"


def _found(case: Any, name: str, model: Model, given: Mapping[str, Value]) -> Value:
    service = case.get("invocableName", "")
    if not service or case.get("type", "decision") == "decision":
        return model.decide(name, given, now=NOW)
    if case.get("type") == "bkm":
        return None
    told = model.serve(service, given, now=NOW)
    return told.get(name, told) if isinstance(told, dict) and name in told else told


def value_of(node: Any) -> Value:
    """A value as the kit writes it: one, a list, or a context of components."""
    listed = child(node, "list")
    if listed is not None:
        if listed.get(NIL) == "true":
            return None
        return [value_of(each) for each in children(listed, "item")]
    parts = children(node, "component")
    if parts:
        return {part.get("name", ""): value_of(part) for part in parts}
    plain = child(node, "value")
    if plain is None and local(node) == "value":
        plain = node
    return None if plain is None or plain.get(NIL) == "true" else _plain(plain)


def _plain(node: Any) -> Value:
    written = "".join(node.itertext())
    kind = (node.get(TYPE) or "string").rpartition(":")[2]
    read = READERS.get(kind)
    return read(written.strip()) if read else written


def _number(written: str) -> Decimal | None:
    return number(written)


READERS: Final[Mapping[str, Any]] = {
    "boolean": lambda written: written == "true",
    "decimal": _number,
    "double": _number,
    "float": _number,
    "integer": _number,
    "int": _number,
    "long": _number,
    "date": day,
    "time": clock,
    "dateTime": moment,
    "duration": duration,
    "dayTimeDuration": duration,
    "yearMonthDuration": duration,
}


def near(wanted: Value, found: Value) -> bool:
    """Whether a value is what was expected."""
    if isinstance(wanted, Decimal) and isinstance(found, Decimal):
        return abs(wanted - found) <= NEAR * max(Decimal(1), abs(wanted))
    if isinstance(wanted, list):
        if not isinstance(found, list) or len(wanted) != len(found):
            return False
        return all(near(a, b) for a, b in zip(wanted, found, strict=True))
    if isinstance(wanted, dict):
        if not isinstance(found, dict) or wanted.keys() != found.keys():
            return False
        return all(near(value, found[key]) for key, value in wanted.items())
    if isinstance(wanted, (date, time, datetime, timedelta, Months)):
        return equal(wanted, found) is True
    return type(wanted) is type(found) and bool(wanted == found)
