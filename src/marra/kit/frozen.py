"""Frozen documents: a record as one line of JSON, the same text for the same record, and back.

Keys stand in alphabetical order without blanks, days in ISO 8601, so two records are the same
exactly when their texts are, and a text is known by its digest for ever. Reading follows the
types of the record; a field that came later takes its default in an older text.

Source: ours; RFC 8785 in spirit for the canonical form, FIPS 180-4 for the digest.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from hashlib import sha256
from types import UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

Made = TypeVar("Made")
Reader = Callable[[Any], Any]


def written(record: Any) -> str:
    """A dataclass as canonical JSON.

    >>> from marra.kit.text import Text
    >>> written(Text("Yoʻl", "Йўл", "Путь", "Road"))
    '{"en":"Road","ru":"Путь","uz":"Yoʻl","uz_cyrl":"Йўл"}'
    """
    return json.dumps(
        asdict(record),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
        default=_plain,
    )


def read(kind: type[Made], text: str) -> Made:
    """The record that was written.

    >>> from marra.kit.text import Text
    >>> road = Text("Yoʻl", "Йўл", "Путь", "Road")
    >>> read(Text, written(road)) == road
    True
    """
    hint: Any = kind
    made: Made = _reader(hint)(json.loads(text))
    return made


def digest(document: str) -> str:
    """What a document is known by: the SHA-256 of its text.

    >>> digest("{}")[:8]
    '44136fa3'
    """
    return sha256(document.encode()).hexdigest()


def _plain(value: object) -> str:
    assert isinstance(value, date | datetime)  # noqa: S101  # nosec B101  nothing else is in it
    return value.isoformat()


@cache
def _reader(kind: Any) -> Reader:
    """What makes a value of that type out of what JSON told."""
    if is_dataclass(kind):
        return _record(kind)
    if get_origin(kind) is tuple:
        each = _reader(get_args(kind)[0])
        return lambda told: tuple(map(each, told))
    if get_origin(kind) in (UnionType, Union):
        (given,) = (_reader(part) for part in get_args(kind) if part is not type(None))
        return lambda told: None if told is None else given(told)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return MOMENTS.get(kind, _same)


def _record(kind: Any) -> Reader:
    hints = get_type_hints(kind)
    readers = {each.name: _reader(hints[each.name]) for each in fields(kind)}
    return lambda told: kind(**{name: readers[name](each) for name, each in told.items()})


def _same(told: Any) -> Any:
    return told


MOMENTS: Final[dict[Any, Reader]] = {date: date.fromisoformat, datetime: datetime.fromisoformat}
