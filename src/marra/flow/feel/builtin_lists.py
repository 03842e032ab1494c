"""Built-in functions on lists.

Source: OMG, Decision Model and Notation 1.5, tables 80 and 82 (sort).
"""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key, partial, reduce
from typing import Final

from marra.flow.feel.builtin import all_of, builtin, of_list, overloaded
from marra.flow.feel.fuel import Work, counted
from marra.flow.feel.values import EXACT, ZERO, Function, Value, equal, finite, order


def _has(items: list[Value], wanted: Value) -> bool:
    return any(equal(each, wanted) is True for each in items)


def _extreme(*, least: bool) -> Callable[[list[Value]], Value]:
    def run(items: list[Value]) -> Value:
        if not items:
            return None
        best = items[0]
        for each in items:
            before = order(each, best, 1)
            if before is None:
                return None
            if (least and before) or (not least and order(best, each) is True):
                best = each
        return best

    return run


def _numbers(fold: Callable[[list[Decimal]], Value]) -> Callable[[list[Value]], Value]:
    def run(items: list[Value]) -> Value:
        return fold(items) if items and all_of(items, "number") else None

    return run


def _sum(items: list[Decimal]) -> Decimal | None:
    return finite(reduce(EXACT.add, items, ZERO))


def _mean(items: list[Decimal]) -> Decimal | None:
    total = _sum(items)
    return None if total is None else finite(EXACT.divide(total, Decimal(len(items))))


def _product(items: list[Decimal]) -> Decimal | None:
    return finite(reduce(EXACT.multiply, items, Decimal(1)))


def _median(items: list[Decimal]) -> Decimal | None:
    ranked, middle = sorted(items), len(items) // 2
    return ranked[middle] if len(items) % 2 else _mean(ranked[middle - 1 : middle + 1])


def _stddev(items: list[Decimal]) -> Decimal | None:
    mean = _mean(items)
    if mean is None or len(items) < 2:
        return None
    away = (EXACT.subtract(each, mean) for each in items)
    squares = reduce(EXACT.add, (EXACT.multiply(each, each) for each in away), ZERO)
    return finite(EXACT.sqrt(EXACT.divide(squares, Decimal(len(items) - 1))))


def _mode(items: list[Value]) -> Value:
    if not all_of(items, "number"):
        return None
    counted = Counter(items)
    most = max(counted.values(), default=0)
    return sorted(each for each, many in counted.items() if many == most)


def _all(items: list[Value]) -> bool | None:
    if any(each is False for each in items):
        return False
    return True if all(each is True for each in items) else None


def _any(items: list[Value]) -> bool | None:
    if any(each is True for each in items):
        return True
    return False if all(each is False for each in items) else None


def _at(items: list[Value], position: Decimal, more: int = 0) -> int | None:
    """Where a position counted from one, or from the end below nought, lies."""
    at = int(position)
    if at == 0 or abs(at) > len(items) + more:
        return None
    return at - 1 if at > 0 else len(items) + at


def _sublist(items: list[Value], start: Decimal, length: Decimal | None = None) -> Value:
    at = _at(items, start)
    if at is None or (length is not None and (length < 1 or at + length > len(items))):
        return None
    return items[at:] if length is None else items[at : at + int(length)]


def _insert(items: list[Value], position: Decimal, new: Value) -> Value:
    at = _at(items, position)
    return None if at is None else [*items[:at], new, *items[at:]]


def _remove(items: list[Value], position: Decimal) -> Value:
    at = _at(items, position)
    return None if at is None else [*items[:at], *items[at + 1 :]]


def _replace(work: Work, items: list[Value], where: Value, new: Value) -> Value:
    if isinstance(where, Decimal):
        at = _at(items, where)
        return None if at is None else [*items[:at], new, *items[at + 1 :]]
    if not isinstance(where, Function) or len(where.names) != 2:
        return None
    made = []
    for each in items:
        work.spend(1)
        found = where.run(work, each, new)
        if not isinstance(found, bool):
            return None
        made.append(new if found else each)
    return made


def _append(work: Work, items: Value, *more: Value) -> Value:
    if items is None:
        return None
    found = [*(items if isinstance(items, list) else [items]), *more]
    work.sized(len(found))
    return found


def _concatenate(work: Work, *lists: Value) -> Value:
    if any(each is None for each in lists):
        return None
    found = [each for part in lists for each in (part if isinstance(part, list) else [part])]
    work.sized(len(found))
    return found


def _union(work: Work, *lists: Value) -> Value:
    found = _concatenate(work, *lists)
    return None if found is None else counted(work, partial(_distinct, work), found)


def _distinct(work: Work, items: list[Value]) -> list[Value]:
    made: list[Value] = []
    for each in items:
        work.spend(1 + len(made))
        if not _has(made, each):
            made.append(each)
    return made


def _flatten(work: Work, items: list[Value]) -> list[Value]:
    made: list[Value] = []
    waiting = [*reversed(items)]
    while waiting:
        work.spend(1)
        each = waiting.pop()
        if isinstance(each, list):
            waiting.extend(reversed(each))
        else:
            made.append(each)
    return made


def _index_of(items: list[Value], wanted: Value) -> list[Value]:
    found = (at for at, each in enumerate(items, start=1) if equal(each, wanted) is True)
    return [Decimal(at) for at in found]


def _sort(work: Work, items: list[Value], precedes: Value = None) -> Value:
    """In the order that a function says, or the natural one."""
    if precedes is not None and not isinstance(precedes, Function):
        return None
    clear = True

    def compare(one: Value, other: Value) -> int:
        nonlocal clear
        work.spend(1)
        first = precedes.run(work, one, other) if precedes else order(one, other)
        clear = clear and isinstance(first, bool)
        if first is True:
            return -1
        second = precedes.run(work, other, one) if precedes else order(other, one)
        return 1 if second is True else 0

    if precedes is not None and len(precedes.names) != 2:
        return None
    made = sorted(items, key=cmp_to_key(compare))
    return made if clear else None


FUNCTIONS: Final[dict[str, Function]] = {
    "list contains": builtin("list=l, element=o", _has),
    "count": builtin("list=l", lambda items: Decimal(len(items))),
    "min": of_list(_extreme(least=True)),
    "max": of_list(_extreme(least=False)),
    "sum": of_list(_numbers(_sum)),
    "mean": of_list(_numbers(_mean)),
    "product": of_list(_numbers(_product)),
    "median": of_list(_numbers(_median)),
    "stddev": of_list(_numbers(_stddev)),
    "mode": of_list(_mode),
    "all": of_list(_all),
    "any": of_list(_any),
    "sublist": builtin("list=l, start position=n, length=n?", _sublist),
    "append": Function(("list", "item"), _append, needed=1, variadic=True),
    "concatenate": Function(("list",), _concatenate, needed=1, variadic=True),
    "union": Function(("list",), _union, needed=1, variadic=True),
    "insert before": builtin("list=l, position=n, newItem=o", _insert),
    "remove": builtin("list=l, position=n", _remove),
    "list replace": overloaded(
        builtin("list=l, position=n, newItem=o", _replace, works=True),
        builtin("list=l, match=f, newItem=o", _replace, works=True),
    ),
    "reverse": builtin("list=l", lambda items: items[::-1]),
    "index of": builtin("list=l, match=o", _index_of),
    "distinct values": builtin("list=l", _distinct, works=True),
    "flatten": builtin("list=l", _flatten, works=True),
    "sort": builtin("list=l, precedes=o?", _sort, works=True),
}
