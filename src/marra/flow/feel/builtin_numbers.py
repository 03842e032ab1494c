"""Built-in functions on numbers, and from texts to numbers.

Source: OMG, Decision Model and Notation 1.5, tables 76, 79 (number) and 81.
"""

import re
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from typing import Final

from marra.flow.feel.builtin import builtin, overloaded
from marra.flow.feel.values import EXACT, ZERO, Function, Months, Value, finite, kind

SCALES: Final = (-6111, 6176)


def _rounded(how: str) -> Function:
    """A function that rounds to a scale in one way."""

    def run(number: Decimal, scale: Decimal) -> Decimal | None:
        places = int(scale)
        if not SCALES[0] <= places <= SCALES[1]:
            return None
        if -int(number.as_tuple().exponent) <= places:
            return number
        return _to(number, places, how)

    return builtin("n=n, scale=n", run)


def _to(number: Decimal, places: int, how: str) -> Decimal | None:
    found = EXACT.copy()
    found.rounding = how
    made = number.quantize(Decimal(1).scaleb(-places), context=found)
    return finite(made)


def _whole(how: str) -> Function:
    """Floor or ceiling, with or without a scale."""
    to_scale = _rounded(how)
    return overloaded(
        builtin("n=n", lambda number: _to(number, 0, how) if number.adjusted() < 33 else number),
        to_scale,
    )


def _modulo(one: Decimal, other: Decimal) -> Decimal | None:
    if not other:
        return None
    rest = EXACT.remainder(one, other)
    if not rest.is_finite():
        return None
    return EXACT.add(rest, other) if rest and (rest < ZERO) != (other < ZERO) else rest


def _absolute(value: Value) -> Value:
    if isinstance(value, Months):
        return Months(abs(value.count))
    what = kind(value)
    return abs(value) if what in {"number", "days and time duration"} else None


def _odd(number: Decimal) -> bool | None:
    return None if number != number.to_integral_value() else number % 2 != 0


def _even(number: Decimal) -> bool | None:
    return None if number != number.to_integral_value() else number % 2 == 0


def _root(number: Decimal) -> Decimal | None:
    return None if number < ZERO else finite(EXACT.sqrt(number))


def _log(number: Decimal) -> Decimal | None:
    return None if number <= ZERO else finite(EXACT.ln(number))


def _exp(number: Decimal) -> Decimal | None:
    return finite(EXACT.exp(number)) if abs(number) < 20_000 else None


WRITTEN: Final = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,4})?", re.ASCII)


def number(text: str, grouping: Value = None, point: Value = None) -> Decimal | None:
    """The number in a text, with the signs that group and divide it.

    >>> number("1 000,5", " ", ",")
    Decimal('1000.5')
    """
    if grouping not in (None, " ", ",", ".") or point not in (None, ".", ","):
        return None
    if grouping is not None and grouping == point:
        return None
    if grouping:
        text = text.replace(grouping, "")
    if point:
        text = text.replace(point, ".") if point in text or point == "." else text
    if not WRITTEN.fullmatch(text):
        return None
    return finite(EXACT.create_decimal(text))


def _number(text: str) -> Decimal | None:
    return number(text)


FUNCTIONS: Final[dict[str, Function]] = {
    "decimal": _rounded(ROUND_HALF_EVEN),
    "round up": _rounded(ROUND_UP),
    "round down": _rounded(ROUND_DOWN),
    "round half up": _rounded(ROUND_HALF_UP),
    "round half down": _rounded(ROUND_HALF_DOWN),
    "floor": _whole(ROUND_FLOOR),
    "ceiling": _whole(ROUND_CEILING),
    "abs": builtin("n=a", _absolute),
    "modulo": builtin("dividend=n, divisor=n", _modulo),
    "sqrt": builtin("number=n", _root),
    "log": builtin("number=n", _log),
    "exp": builtin("number=n", _exp),
    "odd": builtin("number=n", _odd),
    "even": builtin("number=n", _even),
    "number": overloaded(
        builtin("from=s", _number),
        builtin("from=s, grouping separator=o, decimal separator=o?", number),
    ),
}
