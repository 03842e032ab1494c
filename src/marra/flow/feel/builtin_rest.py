"""Built-in functions on contexts and on ranges.

Source: OMG, Decision Model and Notation 1.5, tables 83 (contexts) and 85 (ranges, after Allen).
"""

from collections.abc import Callable
from typing import Final

from marra.flow.feel.builtin import builtin, overloaded
from marra.flow.feel.values import Function, Range, Value, equal, order

# ── Contexts


def _get(context: dict[str, Value], key: str) -> Value:
    return context.get(key)


def _get_deep(context: Value, keys: list[Value]) -> Value:
    for key in keys:
        if not isinstance(context, dict) or not isinstance(key, str):
            return None
        context = context.get(key)
    return context if keys else None


def _entries(context: dict[str, Value]) -> list[Value]:
    return [{"key": key, "value": value} for key, value in context.items()]


def _context(entries: list[Value]) -> dict[str, Value] | None:
    made: dict[str, Value] = {}
    for entry in entries:
        if not isinstance(entry, dict) or not {"key", "value"} <= entry.keys():
            return None
        if not isinstance(entry["key"], str) or entry["key"] in made:
            return None
        made[entry["key"]] = entry["value"]
    return made


def _put(context: dict[str, Value], key: str, value: Value) -> dict[str, Value]:
    return {**context, key: value}


def _put_deep(context: dict[str, Value], keys: list[Value], value: Value) -> Value:
    if not keys or not isinstance(keys[0], str):
        return None
    if len(keys) == 1:
        return {**context, keys[0]: value}
    inner = context.get(keys[0])
    changed = _put_deep(inner, keys[1:], value) if isinstance(inner, dict) else None
    return None if changed is None else {**context, keys[0]: changed}


def _merge(contexts: list[Value]) -> dict[str, Value] | None:
    if not all(isinstance(each, dict) for each in contexts):
        return None
    return {key: value for each in contexts for key, value in each.items()}


# ── Ranges; a point is a range of one


def _as_range(value: Value) -> Range:
    return (
        value
        if isinstance(value, Range)
        else Range(value, value, low_closed=True, high_closed=True)
    )


def _before(one: Value, other: Value) -> bool | None:
    left, right = _as_range(one), _as_range(other)
    if left.high is None or right.low is None:
        return None
    if order(left.high, right.low):
        return True
    touching = equal(left.high, right.low)
    if touching is None:
        return None
    return touching and not (left.high_closed and right.low_closed)


def _meets(one: Range, other: Range) -> bool | None:
    same = equal(one.high, other.low)
    return None if same is None else same and one.high_closed and other.low_closed


def _overlaps(one: Range, other: Range) -> bool | None:
    apart = [_before(one, other), _before(other, one)]
    return None if None in apart else not any(apart)


def _starts_before(one: Range, other: Range) -> bool:
    first = order(one.low, other.low) is True
    same = equal(one.low, other.low) is True
    return first or (same and one.low_closed and not other.low_closed)


def _ends_before(one: Range, other: Range) -> bool:
    first = order(one.high, other.high) is True
    same = equal(one.high, other.high) is True
    return first or (same and other.high_closed and not one.high_closed)


def _overlaps_before(one: Range, other: Range) -> bool | None:
    crossing = _overlaps(one, other)
    if crossing is None:
        return None
    return crossing and _starts_before(one, other) and not _ends_before(other, one)


def _overlaps_after(one: Range, other: Range) -> bool | None:
    crossing = _overlaps(one, other)
    if crossing is None:
        return None
    return crossing and _ends_before(other, one) and not _starts_before(one, other)


def _includes(one: Value, other: Value) -> bool | None:
    outer, inner = _as_range(one), _as_range(other)
    if order(outer.low, inner.low, 1) is None or order(inner.high, outer.high, 1) is None:
        return None
    return not _starts_before(inner, outer) and not _ends_before(outer, inner)


def _starts(one: Value, other: Range) -> bool | None:
    left = _as_range(one)
    same = equal(left.low, other.low)
    if same is None:
        return None
    return same and left.low_closed == other.low_closed and not _ends_before(other, left)


def _finishes(one: Value, other: Range) -> bool | None:
    left = _as_range(one)
    same = equal(left.high, other.high)
    if same is None:
        return None
    return same and left.high_closed == other.high_closed and not _starts_before(left, other)


def _coincides(one: Value, other: Value) -> bool | None:
    return equal(_as_range(one), _as_range(other)) if type(one) is type(other) else None


def _turned(run: Callable[[Value, Value], Value]) -> Callable[[Value, Value], Value]:
    return lambda one, other: run(other, one)


def _pair(run: Callable[[Value, Value], Value], first: str = "a", second: str = "a") -> Function:
    """A function of two, whatever they are called: points, or ranges."""
    made = builtin(f"point1={first}, point2={second}", run)
    named = [
        builtin(f"{one}={first}, {other}={second}", run)
        for one, other in (
            ("range1", "range2"),
            ("point", "range"),
            ("range", "point"),
        )
    ]
    return overloaded(made, *named)


FUNCTIONS: Final[dict[str, Function]] = {
    "get value": overloaded(
        builtin("m=c, key=s", _get),
        builtin("context=c, key=s", _get),
        builtin("context=c, keys=l", _get_deep),
    ),
    "get entries": overloaded(builtin("m=c", _entries), builtin("context=c", _entries)),
    "context": builtin("entries=l", _context),
    "context put": overloaded(
        builtin("context=c, key=s, value=o", _put),
        builtin("context=c, keys=l, value=o", _put_deep),
    ),
    "context merge": builtin("contexts=l", _merge),
    "before": _pair(_before),
    "after": _pair(_turned(_before)),
    "meets": _pair(_meets, "r", "r"),
    "met by": _pair(_turned(_meets), "r", "r"),
    "overlaps": _pair(_overlaps, "r", "r"),
    "overlaps before": _pair(_overlaps_before, "r", "r"),
    "overlaps after": _pair(_overlaps_after, "r", "r"),
    "finishes": _pair(_finishes, "a", "r"),
    "finished by": _pair(_turned(_finishes), "r"),
    "includes": _pair(_includes, "r"),
    "during": _pair(_turned(_includes), "a", "r"),
    "starts": _pair(_starts, "a", "r"),
    "started by": _pair(_turned(_starts), "r"),
    "coincides": _pair(_coincides),
}
