"""Loops: `for`, `some` and `every`, over lists, ranges of whole numbers and ranges of days.

Source: OMG, Decision Model and Notation 1.5, section 10.3.2.14 (for, some, every).
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from marra.flow.feel.running import Run, Scope
from marra.flow.feel.values import Range, Value


def loop(names: Sequence[str], sources: Sequence[Run], body: Run) -> Run:
    """A list of what the body says for each; `partial` is what was said before."""

    def run(scope: Scope) -> Value:
        made: list[Value] = []
        rounds = each_round(names, sources, scope.inside({"partial": made}))
        if rounds is None:
            return None
        for inner in rounds:
            made.append(body(inner))  # noqa: PERF401  the body may look at what was made before
        return made

    return run


def quantified(names: Sequence[str], sources: Sequence[Run], body: Run, *, decisive: bool) -> Run:
    """Whether the body is true of some, or of every."""

    def run(scope: Scope) -> Value:
        rounds = each_round(names, sources, scope)
        if rounds is None:
            return None
        known = True
        for inner in rounds:
            found = body(inner)
            if found is decisive:
                return decisive
            if found is not None and not isinstance(found, bool):
                return None
            known = known and isinstance(found, bool)
        return (not decisive) if known else None

    return run


def each_round(
    names: Sequence[str], sources: Sequence[Run], scope: Scope
) -> Iterator[Scope] | None:
    """The scopes of all rounds, the last name turning fastest; None where one has no items."""
    first = items(sources[0](scope), scope)
    return None if first is None else _rounds(names, sources, scope, first)


def _rounds(
    names: Sequence[str], sources: Sequence[Run], scope: Scope, first: Sequence[Value]
) -> Iterator[Scope]:
    for value in first:
        scope.work.spend(1)
        inner = scope.inside({names[0]: value})
        if len(names) == 1:
            yield inner
        else:
            yield from each_round(names[1:], sources[1:], inner) or ()


def items(source: Value, scope: Scope) -> Sequence[Value] | None:
    """What is gone through: a list, a range's numbers or days, a single value; None for none."""
    if isinstance(source, list):
        return source
    if isinstance(source, Range):
        return _steps(source, scope)
    return None if source is None else [source]


def _steps(source: Range, scope: Scope) -> Sequence[Value] | None:
    low, high = source.low, source.high
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        return _numbers(source, low, high, scope)
    if _is_day(low) and _is_day(high):
        return _days(source, low, high, scope)
    return None


def _is_day(value: Value) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _numbers(source: Range, low: Decimal, high: Decimal, scope: Scope) -> list[Value] | None:
    if low != low.to_integral_value() or high != high.to_integral_value():
        return None
    first, last = int(low), int(high)
    step = 1 if first <= last else -1
    scope.work.sized(abs(last - first) + 1)
    found = range(
        first + (0 if source.low_closed else step),
        last + (step if source.high_closed else 0),
        step,
    )
    return [Decimal(number) for number in found]


def _days(source: Range, low: date, high: date, scope: Scope) -> list[Value]:
    step = 1 if low <= high else -1
    many = abs((high - low).days) + 1
    scope.work.sized(many)
    found: list[Value] = [low + timedelta(days=step * number) for number in range(many)]
    return found[0 if source.low_closed else 1 : len(found) if source.high_closed else -1]
