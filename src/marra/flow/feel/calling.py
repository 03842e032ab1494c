"""Calls of functions, by place or by name, and the functions that a model itself defines.

Source: OMG, Decision Model and Notation 1.5, sections 10.3.2.13.5 and 10.3.2.9.4 (coercion).
"""

from collections.abc import Sequence

from marra.flow.feel.fuel import CALLS, Work
from marra.flow.feel.running import Run, Scope
from marra.flow.feel.types import Type, conforms
from marra.flow.feel.values import Function, Range, Value


def call(function: Value, values: list[Value], names: Sequence[str], work: Work) -> Value:
    """What a function says; None where it is none or gets other arguments than it takes."""
    work.spend(1)
    if isinstance(function, Range):
        return function.holds(values[0]) if len(values) == 1 else None
    if not isinstance(function, Function):
        return None
    found = _fitting(function, values, names)
    if found is None:
        return None
    function, values = found
    if work.calls >= CALLS:
        raise work.refusal()
    work.calls += 1
    try:
        return function.run(work, *values)
    finally:
        work.calls -= 1


def _fitting(
    function: Function, values: list[Value], names: Sequence[str]
) -> tuple[Function, list[Value]] | None:
    """The function of this name that takes such arguments, and they in its order."""
    for each in (function, *function.others):
        placed = _placed(each, values, names) if names else values
        if placed is None or len(placed) < each.needed:
            continue
        if len(placed) > len(each.names) and not each.variadic:
            continue
        if each.fits is None or each.fits(placed):
            return each, placed
    return None


def _placed(function: Function, values: list[Value], names: Sequence[str]) -> list[Value] | None:
    """The arguments in the order of the function's names; what is left out is nothing."""
    given = dict(zip(names, values, strict=True))
    if len(given) != len(names) or not set(given) <= set(function.names):
        return None
    if not all(name in given for name in function.names[: function.needed]):
        return None
    last = max(function.names.index(name) for name in given)
    return [given.get(name) for name in function.names[: last + 1]]


def user_function(
    names: tuple[str, ...], kinds: tuple[Type | None, ...], body: Run, scope: Scope
) -> Function:
    """A function that a model defines, with the names around it."""

    def run(work: Work, *values: Value) -> Value:
        fitting = [fit(value, kind) for value, kind in zip(values, kinds, strict=True)]
        if any(ok is False for ok, _value in fitting):
            return None
        given = {name: value for name, (_ok, value) in zip(names, fitting, strict=True)}
        return body(Scope(given, scope, work))

    return Function(names, run, needed=len(names), kinds=kinds)


def fit(value: Value, kind: Type | None) -> tuple[bool, Value]:
    """Whether a value fits a type, and as what: one item for a list of one, and the other way."""
    if kind is None or value is None or kind.name == "Any" or conforms(value, kind):
        return True, value
    if isinstance(value, list) and len(value) == 1 and conforms(value[0], kind):
        return True, value[0]
    if kind.name == "list" and conforms([value], kind):
        return True, [value]
    return False, None
