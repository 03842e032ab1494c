"""What runs while an expression is evaluated: names in scope, and work that is counted.

Source: ours; OMG, Decision Model and Notation 1.5, section 10.3.2.10 (scope and context stack).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from marra.flow.feel.values import Value, plain
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


@dataclass(slots=True)
class Scope:
    """Names and their values, inside those around them."""

    names: Mapping[str, Value]
    outer: "Scope | None"
    work: Work

    def inside(self, names: Mapping[str, Value]) -> "Scope":
        """A scope inside this one."""
        return Scope(names, self, self.work)

    def find(self, name: str) -> Value:
        """The value of a name, nothing where it is unknown."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return plain(scope.names[name])
            scope = scope.outer
        return None


Run = Callable[[Scope], Value]
