"""BPMN 2.0: reading a file whole, saying what is wrong or not executed in it, writing it back.

`read` keeps every element and attribute, so that `write` gives the same document again.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from marra.flow.bpmn.element import Document, Element, document, markup
from marra.flow.bpmn.model import Definitions
from marra.flow.bpmn.names import SPACE, bpmn
from marra.flow.bpmn.parts import Known
from marra.flow.bpmn.problems import problems
from marra.flow.bpmn.reading import message_flows, processes
from marra.flow.xml import parse_xml
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

__all__ = ["Definitions", "NotBpmn", "read", "write"]

_DATA: Final = frozenset({
    "dataObject", "dataObjectReference", "dataInput", "dataOutput", "property", "inputDataItem",
    "outputDataItem", "dataStoreReference",
})  # fmt: skip


class NotBpmn(Invalid):
    """The file is XML, but not BPMN 2.0."""

    sentence = gettext_noop(
        "The file begins with “{tag}”, not with definitions of BPMN 2.0. "
        "Save the model as BPMN 2.0 XML."
    )


def read(xml: bytes) -> Definitions:
    """What a BPMN file says, with its problems named; refused only if it is not BPMN."""
    whole = document(parse_xml(xml))
    root = whole.root
    if root.tag != bpmn("definitions"):
        raise NotBpmn(tag=root.tag)
    known = Known({each.get("id"): each for each in root.all()}, root.get("expressionLanguage"))
    found = Definitions(
        document=whole,
        space=root.get("targetNamespace"),
        processes=processes(root, known),
        message_flows=message_flows(root, known),
        digest=hashlib.sha256(xml).hexdigest()[:8],
        variables=tuple(sorted(set(_variables(root)))),
    )
    return replace(found, problems=problems(found))


def _variables(root: Element) -> Iterator[str]:
    for each in root.all():
        if each.space == SPACE and each.local in _DATA and each.get("name"):
            yield each.get("name")


def write(definitions: Definitions) -> bytes:
    """The file again: the same elements, attributes, texts and comments."""
    whole: Document = definitions.document
    return markup(whole)
