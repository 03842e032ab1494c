"""The four checks: when the list of a body is exact.

1. Every function has a process, or a reason why it has none.
2. No process is without a function.
3. No function is owned twice, unless the owners declared that they share it.
4. Every service has a category and a deadline.

Two functions are the same if their titles are, in whatever letters, and their COFOG codes may mean
the same. Governments of different regions do the same each in its own region: that is no second
owner. One declaration is enough for all who are joined by it. Titles that are only alike are
proposed for a look and stand in nobody's way.

Source: ours, after clause 4 of the decision PQ-308 of 14.09.2023, which asks for a concrete list
of processes and services with deadlines and categories.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from marra.inventory.rules.cofog import may_be_one
from marra.kit.text import gettext_noop

LEAST_ALIKE: Final = 0.6
"""From which likeness on two titles are proposed as one; ours, tried on titles of the portal."""


class Check(StrEnum):
    """One of the four."""

    FUNCTION_WITHOUT_PROCESS = "function-without-process"
    PROCESS_WITHOUT_FUNCTION = "process-without-function"
    OWNED_TWICE = "owned-twice"
    SERVICE_UNFINISHED = "service-unfinished"


TOLD: Final[Mapping[Check, str]] = {
    Check.FUNCTION_WITHOUT_PROCESS: gettext_noop(
        "Every function has a process, or a reason why it has none"
    ),
    Check.PROCESS_WITHOUT_FUNCTION: gettext_noop("No process is without a function"),
    Check.OWNED_TWICE: gettext_noop("No function has two owners, unless declared as shared"),
    Check.SERVICE_UNFINISHED: gettext_noop("Every service has a category and a deadline"),
}
"""The checks as pages say them."""


@dataclass(frozen=True, slots=True)
class FunctionSeen:
    """A function, as far as the checks look at it."""

    code: str
    body: str
    title: str
    key: str  # the folded title
    cofog: str = ""
    excused: bool = False  # says why it has no process
    has_process: bool = False
    shared_with: frozenset[str] = frozenset()  # bodies
    region: str = ""  # of the government of a region


@dataclass(frozen=True, slots=True)
class ProcessSeen:
    """A process, as far as the checks look at it."""

    code: str
    body: str
    title: str
    has_function: bool


@dataclass(frozen=True, slots=True)
class ServiceSeen:
    """A service, as far as the checks look at it."""

    code: str
    body: str
    title: str
    category: str
    deadline: date | None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is left to do before a list is exact."""

    check: Check
    body: str
    thing: str
    title: str
    others: tuple[str, ...] = ()  # bodies that own the same function
    lacks: tuple[str, ...] = ()  # category, deadline


@dataclass(frozen=True, slots=True)
class Alike:
    """Two functions of different bodies that may be one."""

    share: float
    one: FunctionSeen
    other: FunctionSeen


@dataclass(slots=True)
class _Joined:
    """Which functions of one title are joined by declarations."""

    above: dict[str, str] = field(default_factory=dict)

    def top(self, code: str) -> str:
        while (above := self.above.get(code, code)) != code:
            code = above
        return code

    def join(self, one: str, other: str) -> None:
        self.above[self.top(one)] = self.top(other)


def problems(
    functions: Sequence[FunctionSeen],
    processes: Iterable[ProcessSeen],
    services: Iterable[ServiceSeen],
) -> list[Problem]:
    """What is left to do, check by check; nothing is left when the lists are exact.

    >>> problems([FunctionSeen("f1", "justice", "Nikoh", "nikoh")], [], [])[0].check.value
    'function-without-process'
    """
    found = [
        Problem(Check.FUNCTION_WITHOUT_PROCESS, each.body, each.code, each.title)
        for each in functions
        if not each.has_process and not each.excused
    ]
    found += [
        Problem(Check.PROCESS_WITHOUT_FUNCTION, each.body, each.code, each.title)
        for each in processes
        if not each.has_function
    ]
    found += owned_twice(functions)
    found += [
        Problem(Check.SERVICE_UNFINISHED, each.body, each.code, each.title, lacks=lacks)
        for each in services
        if (lacks := lacking(each.category, each.deadline))
    ]
    return found


def lacking(category: str, deadline: date | None) -> tuple[str, ...]:
    """What a service lacks for the list: its category, its deadline.

    >>> lacking("permit", None)
    ('deadline',)
    """
    return (*(() if category else ("category",)), *(() if deadline else ("deadline",)))


def owned_twice(functions: Iterable[FunctionSeen]) -> list[Problem]:
    """Functions that another body owns too, without a declaration that joins the two.

    >>> mine = FunctionSeen("f1", "justice", "Nikoh", "nikoh", "01.3")
    >>> theirs = FunctionSeen("f2", "health", "Никоҳ", "nikoh")
    >>> [(each.thing, each.others) for each in owned_twice([mine, theirs])]
    [('f1', ('health',)), ('f2', ('justice',))]
    """
    by_key: dict[str, list[FunctionSeen]] = defaultdict(list)
    for each in functions:
        by_key[each.key].append(each)
    return [
        Problem(Check.OWNED_TWICE, each.body, each.code, each.title, others=others)
        for same in by_key.values()
        if len(same) > 1
        for each, others in _disputed(same)
        if others
    ]


def _disputed(same: Sequence[FunctionSeen]) -> Iterator[tuple[FunctionSeen, tuple[str, ...]]]:
    """Each function of one title with the bodies that dispute it."""
    joined = _Joined()
    for each in same:
        for other in same:
            if other.body in each.shared_with:
                joined.join(each.code, other.code)
    for each in same:
        others = {
            other.body
            for other in same
            if _same(each, other) and joined.top(each.code) != joined.top(other.code)
        }
        yield each, tuple(sorted(others))


def _same(one: FunctionSeen, other: FunctionSeen) -> bool:
    """Whether two functions of one title are one function with two owners."""
    elsewhere = bool(one.region and other.region) and one.region != other.region
    return one.body != other.body and not elsewhere and may_be_one(one.cofog, other.cofog)


def proposals(found: Iterable[Alike]) -> list[Alike]:
    """Those that may be one function and are not declared as shared, the likest first.

    >>> a = FunctionSeen("f1", "justice", "…", "nikohlarni qayd etish va rasmiylashtirish")
    >>> b = FunctionSeen("f2", "health", "…", "nikohni qayd etish va rasmiylashtirish")
    >>> [(each.one.code, each.other.code) for each in proposals([Alike(0.8, a, b)])]
    [('f1', 'f2')]
    """
    kept = [
        each
        for each in found
        if each.one.key != each.other.key
        and _same(each.one, each.other)
        and each.other.body not in each.one.shared_with
        and each.one.body not in each.other.shared_with
    ]
    return sorted(kept, key=lambda each: (-each.share, each.one.code, each.other.code))
