"""What runs while an expression is evaluated: the names in scope.

Source: ours; OMG, Decision Model and Notation 1.5, section 10.3.2.10 (scope and context stack).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from marra.flow.feel.fuel import Work
from marra.flow.feel.values import Value


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
                return scope.names[name]
            scope = scope.outer
        return None


Run = Callable[[Scope], Value]
