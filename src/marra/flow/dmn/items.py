"""Types that a decision model defines, and values made to fit them.

A value that does not fit is nothing. One item stands for a list of one and the other way round,
and a day for its midnight.

Source: OMG, Decision Model and Notation 1.5, sections 7.3.2 and 10.3.2.9.4 (implicit conversion).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Final

from marra.flow.feel import BUILTINS, Expression, Value
from marra.flow.feel.fuel import Work
from marra.flow.feel.running import Scope
from marra.flow.feel.types import ANY, MODELLED, NAMES, Type, conforms

DEEPEST: Final = 60


@dataclass(frozen=True, slots=True)
class Item:
    """One defined type."""

    name: str
    base: str = ""  # the type it is made from; none for one of parts
    parts: "tuple[Item, ...]" = ()
    many: bool = False
    allowed: Expression | None = None  # what each value must meet
    bound: Expression | None = None  # what the whole value must meet


@dataclass(frozen=True)
class Items:
    """The types of a model, and those of the models it imports under their names."""

    own: Mapping[str, Item]
    imported: "Mapping[str, Items]" = field(default_factory=dict)

    def named(self, name: str) -> "tuple[Item | None, Items]":
        """The type of that name and where its own names are looked up."""
        if name in self.own:
            return self.own[name], self
        alias, _, rest = name.partition(".")
        if rest and alias in self.imported:
            return self.imported[alias].named(rest)
        return None, self

    def fit(self, value: Value, name: str, work: Work, depth: int = 0) -> Value:
        """The value as one of a type; nothing if it does not fit.

        >>> from decimal import Decimal
        >>> Items({}).fit([Decimal(1)], "number", Work(99, None))
        Decimal('1')
        """
        if value is None or not name or depth > DEEPEST:
            return value
        item, home = self.named(name)
        if item is not None:
            return home.fit_item(value, item, work, depth + 1)
        return fit_plain(value, name.removeprefix("feel:"))

    def fit_item(self, value: Value, item: Item, work: Work, depth: int) -> Value:
        """The value as one of a defined type."""
        work.spend(1)
        if not item.many:
            if isinstance(value, list) and len(value) == 1 and not self.is_list(item.base):
                value = value[0]
            fitted = self._fit_one(value, item, work, depth)
        else:
            every = value if isinstance(value, list) else [value]
            made = [self._fit_one(each, item, work, depth) for each in every]
            lost = any(a is None and b is not None for a, b in zip(made, every, strict=True))
            fitted = None if lost else made
        if fitted is None or item.bound is None or _meets(item.bound, fitted, work):
            return fitted
        return None

    def is_list(self, name: str) -> bool:
        """Whether values of a type are lists."""
        item, home = self.named(name)
        if item is None:
            return name.removeprefix("feel:") in {"list", "Any", ""}
        return item.many or home.is_list(item.base) if item.base else item.many

    def _fit_one(self, value: Value, item: Item, work: Work, depth: int) -> Value:
        if value is None:
            return None
        if item.parts:
            fitted = self._fit_parts(value, item, work, depth)
        else:
            fitted = self.fit(value, item.base, work, depth)
        if fitted is None or item.allowed is None or _meets(item.allowed, fitted, work):
            return fitted
        return None

    def _fit_parts(self, value: Value, item: Item, work: Work, depth: int) -> Value:
        if not isinstance(value, dict):
            return None
        made = dict(value)
        for part in item.parts:
            if part.name not in value:
                return None
            if value[part.name] is None:
                continue
            made[part.name] = self.fit_item(value[part.name], part, work, depth + 1)
            if made[part.name] is None:
                return None
        return made


def _meets(tests: Expression, value: Value, work: Work) -> bool:
    scope = Scope({"?": value}, Scope(BUILTINS, None, work), work)
    return tests.run(scope) is True


def fit_plain(value: Value, name: str) -> Value:
    """The value as one of FEEL's own types; unknown names say nothing about it."""
    name = MODELLED.get(name, name)
    wanted = ANY if name == "Any" else Type(name)
    if name not in NAMES or conforms(value, wanted):
        return value
    if isinstance(value, list) and len(value) == 1 and conforms(value[0], wanted):
        return value[0]
    if name == "list":
        return [value]
    if name == "date and time" and isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time(tzinfo=UTC))
    return None
