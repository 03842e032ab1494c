"""A decision model: what it asks for, what it decides, and what each decision needs.

A decision sees what it requires and nothing else. Every decision is evaluated once in a run.

Source: OMG, Decision Model and Notation 1.5, chapter 6 (requirements) and section 10.4.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from marra.flow.dmn.items import Items
from marra.flow.feel import BUILTINS, FUEL, Function, Value, plain
from marra.flow.feel.fuel import Work, measured, working
from marra.flow.feel.running import Run, Scope
from marra.kit.errors import Invalid, NotFound
from marra.kit.text import gettext_noop

DEEPEST: Final = 60


class NoSuchDecision(NotFound):
    """The model has no decision of that name."""

    sentence = gettext_noop("The model has no decision “{name}”. It has: {known}.")


@dataclass(frozen=True, slots=True)
class Input:
    """What is asked for."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided, and what it needs, by `namespace#id`."""

    name: str
    type: str
    needs: tuple[str, ...]
    run: Run


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A function that decisions use; `make` gives it, with the names it needs around it."""

    name: str
    needs: tuple[str, ...]
    make: Run


@dataclass(frozen=True, slots=True)
class Service:
    """Several decisions under one name."""

    name: str
    type: str
    takes: tuple[str, ...]  # data, then decisions that the caller gives
    gives: tuple[str, ...]


Element = Input | Decision | Knowledge | Service


@dataclass(frozen=True)
class Model:
    """A decision model, checked whole when it was read."""

    name: str
    namespace: str
    elements: Mapping[str, Element]  # by id
    items: Items
    imports: "Mapping[str, Model]" = field(default_factory=dict)  # by the name they go under
    names: frozenset[str] = frozenset()
    faults: tuple[Invalid, ...] = ()  # expressions that are no FEEL

    @property
    def decisions(self) -> tuple[str, ...]:
        """The names of what is decided here."""
        return tuple(e.name for e in self.elements.values() if isinstance(e, Decision))

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of what is asked for here."""
        return tuple(e.name for e in self.elements.values() if isinstance(e, Input))

    def decide(
        self,
        decision: str,
        inputs: Mapping[str, Value],
        *,
        fuel: int = FUEL,
        now: datetime | None = None,
    ) -> Value:
        """What a decision comes to; refuses with `NoSuchDecision` and `TooMuchWork`."""
        work = Work(fuel, now)
        try:
            with working(work):
                return measured(Evaluation(self, inputs, work).named(decision, Decision), work)
        except RecursionError:
            raise work.refusal() from None

    def serve(
        self,
        service: str,
        inputs: Mapping[str, Value],
        *,
        fuel: int = FUEL,
        now: datetime | None = None,
    ) -> Value:
        """What a decision service gives; refuses as `decide` does."""
        work = Work(fuel, now)
        try:
            with working(work):
                found: Function = Evaluation(self, inputs, work).named(service, Service)
                given = (plain(inputs.get(name)) for name in found.names)
                return measured(found.run(work, *given), work)
        except RecursionError:
            raise work.refusal() from None


class Evaluation:
    """One run of a model: what was given, and what was decided so far."""

    def __init__(
        self,
        model: Model,
        inputs: Mapping[str, Value],
        work: Work,
        given: Mapping[str, Value] | None = None,
    ) -> None:
        self.model, self.inputs, self.work = model, inputs, work
        self.done: dict[str, Value] = dict(given or {})
        self.depth = 0

    def named(self, name: str, kind: type) -> Value:
        """The value of an element of that name."""
        wanted = " ".join(name.split())
        for code, element in self.model.elements.items():
            if isinstance(element, kind) and element.name == wanted:
                return self.value(self.model, code)
        known = ", ".join(e.name for e in self.model.elements.values() if isinstance(e, kind))
        raise NoSuchDecision(name=name, known=known or "–")

    def value(self, model: Model, code: str) -> Value:
        """The value of an element; each is worked out once."""
        key = f"{model.namespace}#{code}"
        if key not in self.done:
            self.depth += 1
            if self.depth > DEEPEST:
                raise self.work.refusal()
            self.done[key] = self._made(model, model.elements[code])
            self.depth -= 1
        return self.done[key]

    def _made(self, model: Model, element: Element) -> Value:
        if isinstance(element, Input):
            given = plain(self.inputs.get(element.name))
            return model.items.fit(given, element.type, self.work)
        if isinstance(element, Service):
            return self._service(model, element)
        scope = self.scope(model, element.needs)
        if isinstance(element, Knowledge):
            return element.make(scope)
        return model.items.fit(element.run(scope), element.type, self.work)

    def scope(self, model: Model, needs: tuple[str, ...]) -> Scope:
        """The names that an element sees: what it requires, imports under their names."""
        names: dict[str, Value] = {}
        for href in needs:
            home, code = self.place(model, href)
            if home is None or code not in home.elements:
                continue
            value, name = self.value(home, code), home.elements[code].name
            if home is model:
                names[name] = value
            else:
                alias = next(a for a, each in model.imports.items() if each is home)
                (names if not alias else names.setdefault(alias, {}))[name] = value
        return Scope(names, Scope(BUILTINS, None, self.work), self.work)

    def place(self, model: Model, href: str) -> tuple[Model | None, str]:
        """Where a reference leads: a model and an id in it."""
        space, _, code = href.rpartition("#")
        if not space or space == model.namespace:
            return model, code
        found = (each for each in model.imports.values() if each.namespace == space)
        return next(found, None), code

    def _service(self, model: Model, service: Service) -> Function:
        """The service as a function of what it takes."""
        taken = [self.place(model, href) for href in service.takes]
        inner = [(home, code) for home, code in taken if home and code in home.elements]
        names = tuple(home.elements[code].name for home, code in inner)

        def run(work: Work, *values: Value) -> Value:
            given: dict[str, Value] = {}
            for (home, code), value in zip(inner, values, strict=True):
                type_ = getattr(home.elements[code], "type", "")
                fitted = home.items.fit(value, type_, work)
                given[f"{home.namespace}#{code}"] = fitted
            within = Evaluation(model, {}, work, given)
            made = {}
            for href in service.gives:
                place, code = self.place(model, href)
                if place and code in place.elements:
                    made[place.elements[code].name] = within.value(place, code)
            found = next(iter(made.values())) if len(made) == 1 else made
            return model.items.fit(found, service.type, work)

        return Function(names, run, needed=len(names))
