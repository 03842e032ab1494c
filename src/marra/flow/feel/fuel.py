"""Fuel: the work of one evaluation, counted wherever it can grow.

Lists and contexts may hold the same part many times over, so that a small expression makes a value
of more parts than any machine can go through. Whoever goes through a value counts its parts.

Source: ours.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Final

from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

FUEL: Final = 200_000
"""Steps that one evaluation may take."""

CALLS: Final = 40
"""How deep functions may call each other."""

MOST: Final = 100_000
"""Items of one list and signs of one text that an evaluation may make."""


class TooMuchWork(Invalid):
    """The evaluation was stopped, because it takes more than it may."""

    sentence = gettext_noop(
        "This expression was stopped: it takes more than {most} steps, calls itself too deeply, "
        "or makes a list or text that is too long. Let it do less."
    )


class Work:
    """The work of one evaluation."""

    __slots__ = ("calls", "fuel", "most", "now")

    def __init__(self, fuel: int, now: datetime | None) -> None:
        self.fuel = self.most = fuel
        self.now = now
        self.calls = 0

    def spend(self, steps: int = 1) -> None:
        """Count steps; refuses with `TooMuchWork` when they are used up."""
        self.fuel -= steps
        if self.fuel < 0:
            raise self.refusal()

    def sized(self, size: int) -> None:
        """Refuse a list or text that is too long, and count what making it takes."""
        if size > MOST:
            raise self.refusal()
        self.spend(1 + size // 16)

    def refusal(self) -> TooMuchWork:
        """What to raise where it is too much."""
        return TooMuchWork(most=self.most)


NESTED: Final = frozenset({list, dict})

CURRENT: Final[ContextVar[Work | None]] = ContextVar("work of the evaluation", default=None)
"""What goes through values counts on it; one evaluation may hold another."""


@contextmanager
def working(work: Work) -> Iterator[None]:
    """Inside, what goes through values counts on this work; one evaluation may hold another."""
    before = CURRENT.set(work)
    try:
        yield
    finally:
        CURRENT.reset(before)


def counted(work: Work, run: Callable[..., Any], *values: Any) -> Any:
    """What a function says of values, going through them on this work."""
    if not any(type(each) in NESTED for each in values):
        return run(*values)
    with working(work):
        return run(*values)


def spend(parts: int) -> None:
    """Count parts of a value that are gone through, if an evaluation runs."""
    if (work := CURRENT.get()) is not None:
        work.spend(parts)


def measured(value: Any, work: Work) -> Any:
    """The value, if what it comes to can be gone through; refuses with `TooMuchWork`.

    >>> measured([1, [2]], Work(9, None))
    [1, [2]]
    """
    waiting = [value] if type(value) in NESTED else []
    while waiting:
        each = waiting.pop()
        work.spend(1 + len(each))
        parts = each.values() if type(each) is dict else each
        waiting += [part for part in parts if type(part) in NESTED]
    return value
