"""Document: a portfolio as one line of JSON, the same text for the same portfolio, and back.

Names stand in alphabetical order and numbers as Python writes them, so two portfolios are the same
exactly when their texts are. A field that came later takes its default in an older text.

Source: ours.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, Final, TypeVar

from marra.index.edition import Basis
from marra.index.plan.portfolio import (
    Budget,
    Capacity,
    Effect,
    Initiative,
    Name,
    Portfolio,
    Words,
)
from marra.kit.text import Text

PARTS: Final[Mapping[str, type]] = {
    "initiatives": Initiative,
    "effects": Effect,
    "budgets": Budget,
    "capacities": Capacity,
    "names": Name,
}
"""What the lists of a portfolio hold, by the name of the field."""

FLOATS: Final = frozenset({"low", "likely", "high", "amount", "chance", "load", "costs"})
"""Fields of numbers that need not be whole; 5 and 5.0 are the same there."""

Made = TypeVar("Made")


def written(portfolio: Portfolio) -> str:
    """The portfolio as canonical JSON.

    >>> written(Portfolio("p", "Road", "UZB", ()))[:40]
    '{"budgets":[],"capacities":[],"code":"p"'
    """
    told = _plain(asdict(portfolio))
    return json.dumps(
        told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def read(text: str) -> Portfolio:
    """The portfolio that was written.

    >>> road = Portfolio("p", Text("Yoʻl", "Йўл", "Путь", "Road"), "UZB", ())
    >>> read(written(road)) == road
    True
    """
    return _made(Portfolio, json.loads(text))


def _plain(told: Any) -> Any:
    if isinstance(told, dict):
        return {name: _number(name, _plain(value)) for name, value in told.items()}
    if isinstance(told, (list, tuple)):
        return [_plain(each) for each in told]
    return told


def _number(name: str, value: Any) -> Any:
    if name not in FLOATS:
        return value
    return [float(each) for each in value] if isinstance(value, list) else float(value)


def _made(kind: type[Made], told: Mapping[str, Any]) -> Made:
    known = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # all are dataclasses
    return kind(**{name: _value(name, told[name]) for name in known if name in told})


def _value(name: str, value: Any) -> Any:
    if part := PARTS.get(name):
        return tuple(_made(part, each) for each in value)
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return _words(value)
    return Basis(value) if name == "basis" else value


def _words(told: Mapping[str, str]) -> Words:
    return Text(**told)
