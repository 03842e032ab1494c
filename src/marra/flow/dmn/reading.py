"""Read a decision model from DMN 1.1 to 1.5; every expression is compiled when it is read.

Source: OMG, Decision Model and Notation 1.5, chapter 12 (exchange formats); the older namespaces
have the same elements.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from marra.flow.dmn.boxed import (
    NotDmn,
    Reader,
    boxed,
    child,
    children,
    function_of,
    identity,
    local,
    text_of,
)
from marra.flow.dmn.items import Item, Items
from marra.flow.dmn.model import Decision, Element, Input, Knowledge, Model, Service
from marra.flow.feel import Expression, parse
from marra.flow.feel.running import Run
from marra.flow.feel.syntax import tidy
from marra.flow.xml import parse_xml
from marra.kit.errors import Refusal

NAMED: Final = frozenset(
    {
        "inputData", "decision", "businessKnowledgeModel", "decisionService", "variable",
        "itemComponent", "formalParameter", "column", "import", "parameter", "output",
    }
)  # fmt: skip


def read(xml: bytes, imports: Mapping[str, Model] | None = None) -> Model:
    """The model in a file, with the models it imports by namespace.

    Refuses with `NotDmn`, which names element and line, and as XML is refused. An expression that
    is no FEEL is told in `faults` and says nothing, so that the rest can be looked at.
    """
    root = parse_xml(xml)
    if local(root) != "definitions":
        raise NotDmn(line=1, element=local(root), why="<definitions> was expected")
    known = dict(_imports(root, imports or {}))
    names = frozenset(_names(root)).union(*(model.names for model in known.values()))
    items = Items(
        {item.name: item for item in _items(root, names)},
        {alias: model.items for alias, model in known.items()},
    )
    reader = Reader(names, items, [])
    return Model(
        name=root.get("name", ""),
        namespace=root.get("namespace", ""),
        elements=dict(_elements(root, reader)),
        items=items,
        imports=known,
        names=names,
        faults=tuple(reader.faults),
    )


def imported(xml: bytes) -> tuple[str, ...]:
    """The namespaces that a model imports, to be read before it."""
    return tuple(each.get("namespace", "") for each in children(parse_xml(xml), "import"))


def namespace(xml: bytes) -> str:
    """The namespace under which others import a model."""
    return str(parse_xml(xml).get("namespace", ""))


def _imports(root: Any, given: Mapping[str, Model]) -> Iterator[tuple[str, Model]]:
    for each in children(root, "import"):
        if "DMN" not in each.get("importType", ""):
            continue
        space = each.get("namespace", "")
        if space not in given:
            raise NotDmn(
                line=each.sourceline or 0, element=identity(each), why=f"no model “{space}”"
            )
        yield tidy(each.get("name", "")), given[space]


def _names(root: Any) -> Iterator[str]:
    """Every name that an expression may use."""
    for node in root.iter():
        if local(node) in NAMED and node.get("name"):
            yield tidy(node.get("name"))
        if node.get("iteratorVariable") if isinstance(node.tag, str) else None:
            yield tidy(node.get("iteratorVariable"))


def _items(root: Any, names: frozenset[str]) -> Iterator[Item]:
    for node in children(root, "itemDefinition"):
        yield _item(node, names)


def _item(node: Any, names: frozenset[str]) -> Item:
    base = (text_of(node, "typeRef") or "").strip()
    if child(node, "functionItem") is not None:
        base = "function"
    return Item(
        name=tidy(node.get("name", "")),
        base=base.rpartition(":")[2],
        parts=tuple(_item(each, names) for each in children(node, "itemComponent")),
        many=node.get("isCollection") == "true",
        allowed=_tests(node, "allowedValues", names),
        bound=_tests(node, "typeConstraint", names),
    )


def _tests(node: Any, name: str, names: frozenset[str]) -> Expression | None:
    found = child(node, name)
    written = (text_of(found, "text") or "").strip() if found is not None else ""
    if not written:
        return None
    try:
        return parse(written, unary=True, names=names)
    except Refusal as why:
        line = getattr(found, "sourceline", 0)
        raise NotDmn(line=line, element=identity(node), why=str(why)) from None


def _elements(root: Any, reader: Reader) -> Iterator[tuple[str, Element]]:
    for number, node in enumerate(root):
        code = node.get("id") or f"element-{number}" if isinstance(node.tag, str) else ""
        kind = local(node)
        if kind == "inputData":
            yield code, Input(tidy(node.get("name", "")), _type(node))
        elif kind == "decision":
            yield code, _decision(node, reader)
        elif kind == "businessKnowledgeModel":
            yield code, _knowledge(node, reader)
        elif kind == "decisionService":
            yield code, _service(node)


def _type(node: Any) -> str:
    variable = child(node, "variable")
    return str(variable.get("typeRef") or "") if variable is not None else ""


def _nothing(_scope: object) -> None:
    """What stands where a decision has no logic."""


def _run(node: Any, reader: Reader) -> Run:
    found = boxed(node)
    return reader.run(found) if found is not None else _nothing


def _decision(node: Any, reader: Reader) -> Decision:
    return Decision(
        tidy(node.get("name", "")), _type(node), tuple(_needs(node)), _run(node, reader)
    )


def _needs(node: Any) -> Iterator[str]:
    for each in children(node, "informationRequirement", "knowledgeRequirement"):
        for href in children(each, "requiredInput", "requiredDecision", "requiredKnowledge"):
            yield href.get("href", "")


def _knowledge(node: Any, reader: Reader) -> Knowledge:
    logic = child(node, "encapsulatedLogic")
    if logic is None or logic.get("kind", "FEEL") != "FEEL":
        return Knowledge(tidy(node.get("name", "")), tuple(_needs(node)), _nothing)
    variable = _type(node)
    result = variable if not _is_function(variable, reader.items) else ""
    make = function_of(reader, logic, result)
    return Knowledge(tidy(node.get("name", "")), tuple(_needs(node)), make)


def _is_function(type_: str, items: Items) -> bool:
    item, _home = items.named(type_)
    return item is not None and item.base == "function"


def _service(node: Any) -> Service:
    takes = children(node, "inputData") + children(node, "inputDecision")
    return Service(
        name=tidy(node.get("name", "")),
        type=_type(node),
        takes=tuple(each.get("href", "") for each in takes),
        gives=tuple(each.get("href", "") for each in children(node, "outputDecision")),
    )
