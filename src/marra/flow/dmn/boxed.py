"""Boxed expressions: contexts, invocations, functions, lists, relations, tables and the rest.

Each is compiled to a function of a scope; what cannot be read is told with its element and line.

Source: OMG, Decision Model and Notation 1.5, sections 7.3 and 10.2 (boxed expressions).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from marra.flow.dmn.items import Items
from marra.flow.dmn.tables import POLICIES, Clause, Output, Rule, Table
from marra.flow.feel import Expression, Value, parse
from marra.flow.feel.access import filtered
from marra.flow.feel.calling import call
from marra.flow.feel.fuel import Work
from marra.flow.feel.loops import loop, quantified
from marra.flow.feel.running import Run, Scope
from marra.flow.feel.syntax import tidy
from marra.flow.feel.values import Function
from marra.kit.errors import Invalid, Refusal
from marra.kit.text import gettext_noop


class NotDmn(Invalid):
    """The model cannot be used."""

    sentence = gettext_noop("Line {line}, element “{element}”: {why}")


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known while a model is read: its names and its types."""

    names: Collection[str]
    items: Items
    faults: list[NotDmn]

    def text(self, node: Any, *, unary: bool = False) -> Expression:
        """The FEEL that stands in an element."""
        written = (text_of(node, "text") or "").strip()
        return self.parsed(node, written, unary=unary)

    def parsed(self, node: Any, written: str, *, unary: bool = False) -> Expression:
        """An expression; what is none is told among the faults, and says nothing."""
        try:
            return parse(written, unary=unary, names=self.names)
        except Refusal as why:
            fault = NotDmn(line=node.sourceline or 0, element=identity(node), why=str(why))
            self.faults.append(fault)
            return NOTHING

    def fit(self, type_: str) -> Callable[[Value, Scope], Value]:
        """What makes a value one of a type."""
        if not type_ or type_ == "Any":
            return lambda value, _scope: value
        return lambda value, scope: self.items.fit(value, type_, scope.work)

    def run(self, node: Any) -> Run:
        """The boxed expression of an element."""
        kind = local(node)
        if kind not in KINDS:
            raise NotDmn(
                line=node.sourceline or 0, element=identity(node), why=f"<{kind}> is not known"
            )
        return KINDS[kind](self, node)


NOTHING: Final = parse("null")


def local(node: Any) -> str:
    """The name of an element without its namespace."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def children(node: Any, *names: str) -> list[Any]:
    """The elements of these names directly inside."""
    return [each for each in node if local(each) in names]


def child(node: Any, name: str) -> Any | None:
    """The first element of a name directly inside."""
    return next(iter(children(node, name)), None)


def text_of(node: Any, name: str) -> str | None:
    """The text of the first element of a name directly inside."""
    found = child(node, name)
    return None if found is None else "".join(found.itertext())


def identity(node: Any) -> str:
    """How a person finds an element: its name, its id, or what it is."""
    return str(node.get("name") or node.get("id") or local(node))


def boxed(node: Any) -> Any | None:
    """The boxed expression directly inside an element."""
    return next((each for each in node if local(each) in KINDS), None)


def _literal(reader: Reader, node: Any) -> Run:
    if not (text_of(node, "text") or "").strip():
        return lambda _scope: None
    found, type_ = reader.text(node).run, node.get("typeRef", "")
    if not type_:
        return found
    fit = reader.fit(type_)
    return lambda scope: fit(found(scope), scope)


def _inside(reader: Reader, node: Any, name: str) -> Run:
    part = child(node, name)
    found = boxed(part) if part is not None else None
    return reader.run(found) if found is not None else (lambda _scope: None)


def _context(reader: Reader, node: Any) -> Run:
    entries: list[tuple[str, Run, Callable[[Value, Scope], Value]]] = []
    result: Run | None = None
    for entry in children(node, "contextEntry"):
        inner, variable = boxed(entry), child(entry, "variable")
        run = reader.run(inner) if inner is not None else (lambda _scope: None)
        if variable is None:
            result = run
        else:
            entries.append(
                (tidy(variable.get("name", "")), run, reader.fit(variable.get("typeRef", "")))
            )

    def evaluated(scope: Scope) -> Value:
        made: dict[str, Value] = {}
        within = scope.inside(made)
        for name, run, fit in entries:
            made[name] = fit(run(within), within)
        return result(within) if result else made

    return evaluated


def _invocation(reader: Reader, node: Any) -> Run:
    called = boxed(node)
    function = reader.run(called) if called is not None else (lambda _scope: None)
    names: list[str] = []
    runs: list[Run] = []
    for binding in children(node, "binding"):
        parameter, inner = child(binding, "parameter"), boxed(binding)
        names.append(tidy(parameter.get("name", "")) if parameter is not None else "")
        runs.append(reader.run(inner) if inner is not None else (lambda _scope: None))

    def evaluated(scope: Scope) -> Value:
        return call(function(scope), [run(scope) for run in runs], names, scope.work)

    return evaluated


def _function(reader: Reader, node: Any) -> Run:
    if node.get("kind", "FEEL") != "FEEL":
        return lambda _scope: None
    return function_of(reader, node, "")


def function_of(reader: Reader, node: Any, type_: str) -> Run:
    """A function from its formal parameters and body."""
    parameters = children(node, "formalParameter")
    names = tuple(tidy(each.get("name", "")) for each in parameters)
    fits = [reader.fit(each.get("typeRef", "")) for each in parameters]
    inner = boxed(node)
    body = reader.run(inner) if inner is not None else (lambda _scope: None)
    fit = reader.fit(type_)

    def made(scope: Scope) -> Value:
        def run(work: Work, *values: Value) -> Value:
            given = {
                name: each(value, scope)
                for name, each, value in zip(names, fits, values, strict=True)
            }
            lost = any(
                given[n] is None and v is not None for n, v in zip(names, values, strict=True)
            )
            return None if lost else fit(body(Scope(given, scope, work)), scope)

        return Function(names, run, needed=len(names))

    return made


def _list(reader: Reader, node: Any) -> Run:
    parts = [reader.run(each) for each in node if local(each) in KINDS]
    return lambda scope: [part(scope) for part in parts]


def _relation(reader: Reader, node: Any) -> Run:
    columns = [
        (tidy(each.get("name", "")), reader.fit(each.get("typeRef", "")))
        for each in children(node, "column")
    ]
    rows = [
        [reader.run(each) for each in row if local(each) in KINDS] for row in children(node, "row")
    ]

    def evaluated(scope: Scope) -> Value:
        return [
            {
                name: fit(cell(scope), scope)
                for (name, fit), cell in zip(columns, row, strict=False)
            }
            for row in rows
        ]

    return evaluated


def _conditional(reader: Reader, node: Any) -> Run:
    judge, yes, no = (_inside(reader, node, name) for name in ("if", "then", "else"))

    def evaluated(scope: Scope) -> Value:
        found = judge(scope)
        if found is True:
            return yes(scope)
        return no(scope) if found is False or found is None else None

    return evaluated


def _filter(reader: Reader, node: Any) -> Run:
    source, match = _inside(reader, node, "in"), _inside(reader, node, "match")
    return lambda scope: filtered(source(scope), match, scope)


def _for(reader: Reader, node: Any) -> Run:
    name = tidy(node.get("iteratorVariable", ""))
    return loop([name], [_inside(reader, node, "in")], _inside(reader, node, "return"))


def _quantified(reader: Reader, node: Any) -> Run:
    name = tidy(node.get("iteratorVariable", ""))
    source, body = _inside(reader, node, "in"), _inside(reader, node, "satisfies")
    return quantified([name], [source], body, decisive=local(node) == "some")


def _table(reader: Reader, node: Any) -> Run:
    outputs = tuple(_output(reader, each, node) for each in children(node, "output"))
    policy = node.get("hitPolicy", "UNIQUE").replace("_", " ")
    if policy not in POLICIES:
        raise NotDmn(
            line=node.sourceline or 0, element=identity(node), why=f"hitPolicy “{policy}”"
        )
    return Table(
        policy=policy,
        aggregation=node.get("aggregation", ""),
        inputs=tuple(_clause(reader, each) for each in children(node, "input")),
        outputs=outputs,
        rules=tuple(_rule(reader, each, len(outputs)) for each in children(node, "rule")),
    )


def _clause(reader: Reader, node: Any) -> Clause:
    looked, allowed = child(node, "inputExpression"), child(node, "inputValues")
    if looked is None:
        raise NotDmn(
            line=node.sourceline or 0, element=identity(node), why="<inputExpression> is missing"
        )
    return Clause(
        run=_literal(reader, looked),
        fit=reader.fit(looked.get("typeRef", "")),
        allowed=_tests(reader, allowed),
    )


def _tests(reader: Reader, node: Any | None) -> Run | None:
    if node is None or not (text_of(node, "text") or "").strip():
        return None
    return reader.text(node, unary=True).run


def _output(reader: Reader, node: Any, table: Any) -> Output:
    listed, default = child(node, "outputValues"), child(node, "defaultOutputEntry")
    written = (text_of(listed, "text") or "").strip() if listed is not None else ""
    type_ = node.get("typeRef") or ""
    return Output(
        name=tidy(node.get("name") or table.get("outputLabel") or ""),
        fit=reader.fit(type_),
        listed=reader.parsed(listed, f"[{written}]").run if written else None,
        default=_literal(reader, default) if default is not None else None,
    )


def _rule(reader: Reader, node: Any, outputs: int) -> Rule:
    tests = []
    for column, entry in enumerate(children(node, "inputEntry")):
        written = (text_of(entry, "text") or "").strip()
        if written not in {"", "-"}:
            tests.append((column, reader.text(entry, unary=True).run))
    says = [_literal(reader, entry) for entry in children(node, "outputEntry")]
    if len(says) != outputs:
        raise NotDmn(
            line=node.sourceline or 0,
            element=identity(node),
            why=f"{len(says)} outputEntry, {outputs} output",
        )
    return Rule(tuple(tests), tuple(says))


KINDS: Final[Mapping[str, Callable[[Reader, Any], Run]]] = {
    "literalExpression": _literal,
    "context": _context,
    "invocation": _invocation,
    "functionDefinition": _function,
    "list": _list,
    "relation": _relation,
    "conditional": _conditional,
    "filter": _filter,
    "for": _for,
    "some": _quantified,
    "every": _quantified,
    "decisionTable": _table,
}
