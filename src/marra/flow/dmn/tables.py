"""Decision tables: which rules hit, and what the hits say together.

Source: OMG, Decision Model and Notation 1.5, chapter 8 and section 10.3.3 (hit policies).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from marra.flow.feel import BUILTINS, Value
from marra.flow.feel.running import Run, Scope
from marra.flow.feel.values import equal

Hit = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One column of inputs: what it looks at, its type, and what it may be."""

    run: Run
    fit: Callable[[Value, Scope], Value]
    allowed: Run | None

    def allows(self, value: Value, scope: Scope) -> bool:
        """Whether the value is one that the column may have."""
        return self.allowed is None or self.allowed(scope.inside({"?": value})) is True


@dataclass(frozen=True, slots=True)
class Output:
    """One column of outputs."""

    name: str
    fit: Callable[[Value, Scope], Value]
    listed: Run | None  # its values, the weightiest first
    default: Run | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: a test for each input that matters, with its column, and what it says."""

    tests: tuple[tuple[int, Run], ...]
    says: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of decisions."""

    policy: str
    aggregation: str
    inputs: tuple[Clause, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]

    def __call__(self, scope: Scope) -> Value:
        """What the table says for these names."""
        given = [clause.fit(clause.run(scope), scope) for clause in self.inputs]
        for value, clause in zip(given, self.inputs, strict=True):
            if value is not None and not clause.allows(value, scope):
                return None
        scopes = [scope.inside({"?": value}) for value in given]
        if self.policy == "FIRST":
            first = next((rule for rule in self.rules if _hits(rule, scopes)), None)
            hits = [first] if first else []
        else:
            hits = [rule for rule in self.rules if _hits(rule, scopes)]
        scope.work.spend(1 + len(self.rules))
        if not hits:
            return self._nothing(scope)
        said = [self._said(rule, scope) for rule in hits]
        return POLICIES[self.policy](self, said, scope)

    def _said(self, rule: Rule, scope: Scope) -> Hit:
        return tuple(
            output.fit(run(scope), scope)
            for run, output in zip(rule.says, self.outputs, strict=True)
        )

    def _nothing(self, scope: Scope) -> Value:
        """What no rule says: the defaults, if there are any."""
        if not any(output.default for output in self.outputs):
            return [] if self.policy == "COLLECT" and not self.aggregation else None
        hit = tuple(output.default(scope) if output.default else None for output in self.outputs)
        return self.whole(hit)

    def whole(self, hit: Hit) -> Value:
        """What one hit says: its value, or a context of several."""
        if len(self.outputs) == 1:
            return hit[0]
        return {output.name: value for output, value in zip(self.outputs, hit, strict=True)}

    def ranked(self, said: Sequence[Hit], scope: Scope) -> list[Hit]:
        """The hits, those first whose outputs are listed first."""
        listed = [_values(output.listed, scope) for output in self.outputs]

        def weight(hit: Hit) -> tuple[int, ...]:
            return tuple(
                next((at for at, each in enumerate(values) if equal(each, value)), len(values))
                for value, values in zip(hit, listed, strict=True)
            )

        return sorted(said, key=weight)


def _values(listed: Run | None, scope: Scope) -> list[Value]:
    found = listed(scope) if listed else []
    return found if isinstance(found, list) else [found]


def _hits(rule: Rule, scopes: Sequence[Scope]) -> bool:
    return all(test(scopes[column]) is True for column, test in rule.tests)


def _unique(table: Table, said: Sequence[Hit], _scope: Scope) -> Value:
    return table.whole(said[0]) if len(said) == 1 else None


def _any(table: Table, said: Sequence[Hit], _scope: Scope) -> Value:
    first = table.whole(said[0])
    agree = all(equal(table.whole(hit), first) is True for hit in said)
    return first if agree else None


def _first(table: Table, said: Sequence[Hit], _scope: Scope) -> Value:
    return table.whole(said[0])


def _priority(table: Table, said: Sequence[Hit], scope: Scope) -> Value:
    return table.whole(table.ranked(said, scope)[0])


def _output_order(table: Table, said: Sequence[Hit], scope: Scope) -> Value:
    return [table.whole(hit) for hit in table.ranked(said, scope)]


def _rule_order(table: Table, said: Sequence[Hit], _scope: Scope) -> Value:
    return [table.whole(hit) for hit in said]


def _collect(table: Table, said: Sequence[Hit], scope: Scope) -> Value:
    every = [table.whole(hit) for hit in said]
    if not table.aggregation:
        return every
    if table.aggregation == "COUNT":
        distinct = BUILTINS["distinct values"].run(scope.work, every)
        return Decimal(len(distinct))
    return BUILTINS[table.aggregation.lower()].run(scope.work, every)


POLICIES: Final[Mapping[str, Callable[[Table, Sequence[Hit], Scope], Value]]] = {
    "UNIQUE": _unique,
    "ANY": _any,
    "FIRST": _first,
    "PRIORITY": _priority,
    "OUTPUT ORDER": _output_order,
    "RULE ORDER": _rule_order,
    "COLLECT": _collect,
}
