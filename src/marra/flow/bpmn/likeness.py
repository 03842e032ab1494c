"""Likeness: whether two files of XML say the same, and what the second has lost.

Source: W3C Canonical XML 2.0.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from marra.flow.bpmn.element import canonical
from marra.flow.xml import parse_xml


def same(one: bytes, other: bytes) -> bool:
    """Whether both are the same document in canonical form, comments and prefixes included.

    >>> same(b"<a b='1' c='2'/>", b'<a c="2"  b="1"></a>')
    True
    >>> same(b"<a b='1'/>", b"<a/>")
    False
    """
    return canonical(parse_xml(one)) == canonical(parse_xml(other))


def lost(one: bytes, other: bytes) -> tuple[str, ...]:
    """Elements, attributes and texts of the first that the second has not, or has elsewhere.

    >>> lost(b"<a b='1'><c/></a>", b"<a/>")
    ('/a @b=1', '/a/c')
    """
    had, has = Counter(_parts(parse_xml(one))), Counter(_parts(parse_xml(other)))
    return tuple(sorted((had - has).elements()))


def _parts(root: Any) -> Iterator[str]:
    rest = [(root, f"/{root.tag}")]
    while rest:
        element, path = rest.pop()
        yield path
        yield from (f"{path} @{name}={value}" for name, value in element.attrib.items())
        if element.text and element.text.strip():
            yield f"{path} {element.text.strip()}"
        rest += [(each, f"{path}/{each.tag}") for each in element if isinstance(each.tag, str)]
