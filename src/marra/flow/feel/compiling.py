"""From the parts of an expression to one function that is called with a scope.

Every part is compiled once; what makes no sense is `None` when it runs, never a fault. Work is
counted where it can grow: in loops, filters and calls.

Source: OMG, Decision Model and Notation 1.5, section 10.3.2 (semantics).
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from marra.flow.feel.access import attribute, filtered
from marra.flow.feel.calling import call, user_function
from marra.flow.feel.fuel import NESTED, counted, spend
from marra.flow.feel.loops import loop, quantified
from marra.flow.feel.operators import calculate, negative
from marra.flow.feel.running import Run, Scope
from marra.flow.feel.syntax import Node
from marra.flow.feel.types import Type, conforms
from marra.flow.feel.values import Range, Value, equal, order

INPUT: Final = "?"
"""The name of what unary tests judge."""


def compiled(part: Node) -> Run:
    """The part as a function of a scope."""
    return COMPILERS[part.op](*part.parts)


def _value(value: Value) -> Run:
    return lambda _scope: value


def _name(name: str) -> Run:
    return lambda scope: scope.find(name)


def _if(condition: Node, then: Node, otherwise: Node) -> Run:
    judge, yes, no = compiled(condition), compiled(then), compiled(otherwise)
    return lambda scope: yes(scope) if judge(scope) is True else no(scope)


def _or(*parts: Node) -> Run:
    return _ternary([compiled(part) for part in parts], decisive=True)


def _and(*parts: Node) -> Run:
    return _ternary([compiled(part) for part in parts], decisive=False)


def _ternary(parts: list[Run], *, decisive: bool) -> Run:
    """What one part decides; otherwise unknown if any part is, as in Kleene's logic."""

    def run(scope: Scope) -> Value:
        known = True
        for part in parts:
            found = part(scope)
            if found is decisive:
                return decisive
            known = known and isinstance(found, bool)
        return (not decisive) if known else None

    return run


def compare(sign: str, one: Value, other: Value) -> bool | None:
    """What a comparison says; None where these do not compare.

    >>> from decimal import Decimal
    >>> compare(">=", Decimal(2), Decimal(2)), compare("!=", "a", "b"), compare("<", "a", None)
    (True, True, None)
    """
    if sign == "=":
        return equal(one, other)
    if sign == "!=":
        same = equal(one, other)
        return None if same is None else not same
    if sign in {"<", "<="}:
        return order(one, other, len(sign) - 1)
    return order(other, one, len(sign) - 1)


def _compare(sign: str, left: Node, right: Node) -> Run:
    one, other = compiled(left), compiled(right)

    def run(scope: Scope) -> Value:
        first, second = one(scope), other(scope)
        if type(first) in NESTED:
            return counted(scope.work, partial(compare, sign), first, second)
        return compare(sign, first, second)

    return run


def _between(value: Node, low: Node, high: Node) -> Run:
    judged, least, most = compiled(value), compiled(low), compiled(high)

    def run(scope: Scope) -> Value:
        found, low_, high_ = judged(scope), least(scope), most(scope)
        if low_ is None or high_ is None:
            return None
        return Range(low_, high_, low_closed=True, high_closed=True).holds(found)

    return run


def _chain(first: Node, rest: tuple[tuple[str, Node], ...]) -> Run:
    start = compiled(first)
    steps = [(sign, compiled(part)) for sign, part in rest]

    def run(scope: Scope) -> Value:
        found = start(scope)
        for sign, part in steps:
            found = calculate(sign, found, part(scope))
            if isinstance(found, str):
                scope.work.sized(len(found))
        return found

    return run


def _minus(part: Node) -> Run:
    inner = compiled(part)
    return lambda scope: negative(inner(scope))


def _list(*parts: Node) -> Run:
    inner = [compiled(part) for part in parts]
    return lambda scope: [part(scope) for part in inner]


def _context(names: tuple[str, ...], parts: tuple[Node, ...]) -> Run:
    inner = [(name, compiled(part)) for name, part in zip(names, parts, strict=True)]
    doubled = len(set(names)) != len(names)

    def run(scope: Scope) -> Value:
        made: dict[str, Value] = {}
        within = scope.inside(made)
        for name, part in inner:
            made[name] = part(within)
        return None if doubled else made

    return run


def _range(low: Node, high: Node, *closed: bool) -> Run:
    least, most = compiled(low), compiled(high)

    def run(scope: Scope) -> Value:
        one, other = least(scope), most(scope)
        if one is None and other is None:
            return None
        ordered = one is None or other is None or order(one, other, 1)
        return Range(one, other, *closed) if ordered else None

    return run


def _half_range(sign: str, end: Node) -> Run:
    inner = compiled(end)

    def run(scope: Scope) -> Value:
        found = inner(scope)
        return None if found is None else half(sign, found)

    return run


def half(sign: str, end: Value) -> Range | None:
    """The range that a comparison without its left side means."""
    if sign == "!=":
        return None
    if sign == "=":
        return Range(end, end, low_closed=True, high_closed=True)
    closed = len(sign) == 2
    if sign[0] == "<":
        return Range(None, end, low_closed=False, high_closed=closed, half=True)
    return Range(end, None, low_closed=closed, high_closed=False, half=True)


def _path(part: Node, name: str) -> Run:
    inner = compiled(part)
    return lambda scope: attribute(inner(scope), name, scope.work)


def _filter(part: Node, condition: Node) -> Run:
    inner, judge = compiled(part), compiled(condition)
    return lambda scope: filtered(inner(scope), judge, scope)


def _instance(part: Node, wanted: Type) -> Run:
    inner = compiled(part)
    return lambda scope: counted(scope.work, partial(conforms, wanted=wanted), inner(scope))


def _call(function: Node, names: tuple[str, ...], values: tuple[Node, ...]) -> Run:
    called, inner = compiled(function), [compiled(value) for value in values]
    return lambda scope: call(called(scope), [value(scope) for value in inner], names, scope.work)


def _function(names: tuple[str, ...], kinds: tuple[Type | None, ...], body: Node) -> Run:
    inner = compiled(body)
    return lambda scope: user_function(names, kinds, inner, scope)


def _external(names: tuple[str, ...], _about: Node) -> Run:
    """A function of another language: it can be held and not run."""
    return lambda scope: user_function(names, (None,) * len(names), lambda _scope: None, scope)


def _for(names: tuple[str, ...], sources: tuple[Node, ...], body: Node) -> Run:
    return loop(names, [compiled(source) for source in sources], compiled(body))


def _some(names: tuple[str, ...], sources: tuple[Node, ...], body: Node) -> Run:
    inner = [compiled(source) for source in sources]
    return quantified(names, inner, compiled(body), decisive=True)


def _every(names: tuple[str, ...], sources: tuple[Node, ...], body: Node) -> Run:
    inner = [compiled(source) for source in sources]
    return quantified(names, inner, compiled(body), decisive=False)


def _steps(low: Node, high: Node) -> Run:
    """The ends of an iteration from one whole number or day to another."""
    first, last = compiled(low), compiled(high)
    return lambda scope: Range(first(scope), last(scope), low_closed=True, high_closed=True)


def _in(value: Node, tests: Node) -> Run:
    judged, judge = compiled(value), compiled(tests)
    return lambda scope: judge(scope.inside({INPUT: judged(scope)}))


def _tests(*parts: Node) -> Run:
    """Whether the input meets one of several tests."""
    return _ternary([compiled(part) for part in parts], decisive=True)


def _not_tests(*parts: Node) -> Run:
    inner = _tests(*parts)

    def run(scope: Scope) -> Value:
        found = inner(scope)
        return (not found) if isinstance(found, bool) else None

    return run


def _test(part: Node) -> Run:
    """One test: a range that holds the input, a list that has it, its equal, or a truth of it."""
    inner = compiled(part)
    about = "?" in free(part)

    def run(scope: Scope) -> Value:
        found, judged = inner(scope), scope.find(INPUT)
        if about and isinstance(found, bool):
            return found
        return counted(scope.work, meets, judged, found)

    return run


def meets(judged: Value, found: Value) -> bool | None:
    """Whether an input meets the value of a test."""
    if isinstance(found, Range) and not isinstance(judged, Range):
        return found.holds(judged)
    if isinstance(found, list):
        spend(len(found))
    if isinstance(found, list) and not isinstance(judged, list):
        return any(meets(judged, each) is True for each in found)
    if isinstance(found, list):
        return equal(judged, found) is True or any(equal(judged, each) is True for each in found)
    return equal(judged, found)


def _half(sign: str, end: Node) -> Run:
    inner = compiled(end)
    judge = partial(compare, sign)
    return lambda scope: counted(scope.work, judge, scope.find(INPUT), inner(scope))


def _any() -> Run:
    return lambda _scope: True


BINDERS: Final = {"for", "some", "every"}


def free(part: Any) -> frozenset[str]:
    """The names that a part takes from outside; those of builtins too."""
    if isinstance(part, tuple):
        return frozenset().union(*map(free, part))
    if not isinstance(part, Node):
        return frozenset()
    if part.op == "name":
        return frozenset({part.parts[0]})
    inner = frozenset().union(*map(free, part.parts))
    if part.op in BINDERS or part.op == "function":
        return inner - set(part.parts[0]) - {"partial"}
    if part.op == "context":
        return inner - set(part.parts[0])
    return inner - {"item"} if part.op == "filter" else inner


def mentioned(part: Any) -> frozenset[str]:
    """Every name in a part, wherever it is bound."""
    if isinstance(part, tuple):
        return frozenset().union(*map(mentioned, part))
    if not isinstance(part, Node):
        return frozenset()
    return frozenset({part.parts[0]}) if part.op == "name" else mentioned(part.parts)


COMPILERS: Final[Mapping[str, Callable[..., Run]]] = {
    "value": _value,
    "name": _name,
    "if": _if,
    "or": _or,
    "and": _and,
    "compare": _compare,
    "between": _between,
    "chain": _chain,
    "minus": _minus,
    "list": _list,
    "context": _context,
    "range": _range,
    "half-range": _half_range,
    "path": _path,
    "filter": _filter,
    "instance": _instance,
    "call": _call,
    "function": _function,
    "external": _external,
    "for": _for,
    "some": _some,
    "every": _every,
    "steps": _steps,
    "in": _in,
    "tests": _tests,
    "not-tests": _not_tests,
    "test": _test,
    "half": _half,
    "any": _any,
}
