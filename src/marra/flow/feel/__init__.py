"""FEEL, the language of conditions, decisions and scripts in models: safe, bounded and pure.

    >>> parse("if age >= 18 then \\"adult\\" else \\"child\\"").value({"age": 20})
    'adult'

An expression is compiled once and evaluated often. What makes no sense is nothing (`None`); what
takes too much work is refused. No code of another language is ever run.

Source: OMG, Decision Model and Notation 1.5, chapter 10.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from marra.flow.feel import (
    builtin_lists,
    builtin_numbers,
    builtin_rest,
    builtin_texts,
    builtin_times,
)
from marra.flow.feel.access import NAMES as PARTS
from marra.flow.feel.compiling import INPUT, compiled, free, mentioned
from marra.flow.feel.fuel import FUEL, NESTED, TooMuchWork, Work, measured
from marra.flow.feel.grammar import expression, tests
from marra.flow.feel.running import Run, Scope
from marra.flow.feel.syntax import NotFeel, Text, TooLong
from marra.flow.feel.values import ALREADY, Function, Months, Range, Value, plain

__all__ = [
    "BUILTINS",
    "FUEL",
    "Expression",
    "Function",
    "Months",
    "NotFeel",
    "Range",
    "TooLong",
    "TooMuchWork",
    "Value",
    "parse",
    "plain",
]

BUILTINS: Final[Mapping[str, Function]] = {
    **builtin_texts.FUNCTIONS,
    **builtin_numbers.FUNCTIONS,
    **builtin_lists.FUNCTIONS,
    **builtin_times.FUNCTIONS,
    **builtin_rest.FUNCTIONS,
}

KNOWN: Final = frozenset(BUILTINS) | PARTS


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that was read and compiled."""

    text: str
    free: frozenset[str]  # the names it takes from outside, besides those of functions
    uses: frozenset[str]  # every name in it: one that is given stands before a function's
    functions: Mapping[str, Function] = field(repr=False, compare=False)  # those it may call
    run: Run = field(repr=False, compare=False)

    def value(
        self, names: Mapping[str, Value], *, fuel: int = FUEL, now: datetime | None = None
    ) -> Value:
        """Its value with these names; refuses with `TooMuchWork`.

        >>> parse("[1, 2, 3][item > 1]").value({})
        [Decimal('2'), Decimal('3')]
        """
        work = Work(fuel, now)
        try:
            found = self.run(Scope(self._given(names), None, work))
            return measured(found, work) if type(found) in NESTED else found
        except RecursionError:
            raise work.refusal() from None

    def _given(self, names: Mapping[str, Value]) -> Mapping[str, Value]:
        """The names it uses, their values as FEEL has them; as they are where nothing changes."""
        changes = bool(self.functions)
        for name in self.uses:
            changes = changes or type(names.get(name)) not in ALREADY
        if not changes:
            return names
        return {**self.functions, **{n: plain(names[n]) for n in self.uses if n in names}}


def parse(text: str, *, unary: bool = False, names: Collection[str] = ()) -> Expression:
    """An expression, or with `unary` the tests of a cell; refuses with `NotFeel` or `TooLong`.

    Names with spaces or signs in them are found only if they are told.

    >>> parse("a b + 1", names=["a b"]).value({"a b": 2})
    Decimal('3')
    >>> parse("[1..5), > 10", unary=True).value({"?": 7})
    False
    """
    told = Text(text, KNOWN | frozenset(names), expression)
    found = (tests if unary else expression)(told)
    if told.at < len(text):
        raise told.fail("the end")
    uses = mentioned(found) | ({INPUT} if unary else set())
    functions = {name: BUILTINS[name] for name in uses if name in BUILTINS}
    return Expression(text, free(found) - BUILTINS.keys(), uses, functions, compiled(found))
