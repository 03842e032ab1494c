"""Elements: an XML document as frozen values, nothing left out.

Every element, attribute, text, comment and declared prefix is kept as it was written, those of
other makers' extensions too, so that what is read can be written again without loss.

Source: W3C Extensible Markup Language 1.0; Namespaces in XML 1.0; Canonical XML 2.0.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

COMMENT: Final = "!comment"
INSTRUCTION: Final = "!instruction"


@dataclass(frozen=True, slots=True)
class Element:
    """One element with its place; `tag` is `{namespace}name`."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    text: str = ""
    children: tuple["Element", ...] = ()
    tail: str = ""
    line: int = 0
    prefixes: tuple[tuple[str | None, str], ...] = ()  # declared here, not inherited

    def get(self, name: str, default: str = "") -> str:
        """The attribute of that name (`{namespace}name`, or bare).

        >>> Element("a", (("id", "x"),)).get("id")
        'x'
        """
        for each, value in self.attributes:
            if each == name:
                return value
        return default

    @property
    def local(self) -> str:
        """The name without its namespace.

        >>> Element("{urn:x}task").local
        'task'
        """
        return self.tag.rpartition("}")[2]

    @property
    def space(self) -> str:
        """The namespace, empty if there is none.

        >>> Element("{urn:x}task").space
        'urn:x'
        """
        return self.tag[1:].partition("}")[0] if self.tag.startswith("{") else ""

    @property
    def words(self) -> str:
        """All text inside, stripped of space at both ends.

        >>> Element("a", text=" so ", children=(Element("b", text="far", tail="."),)).words
        'so far.'
        """
        if not self.children:
            return self.text.strip()
        return "".join(_texts(self)).strip()

    def all(self) -> Iterator["Element"]:
        """This element and all below it, in the order of the document, comments left out."""
        rest = [self]
        while rest:
            one = rest.pop()
            if one.tag[0] != "!":
                yield one
                rest.extend(reversed(one.children))

    def named(self, *tags: str) -> Iterator["Element"]:
        """The children with one of these tags."""
        return (each for each in self.children if each.tag in tags)


def _texts(of: Element) -> Iterator[str]:
    yield of.text
    for each in of.children:
        if each.tag[0] != "!":
            yield from _texts(each)
        yield each.tail


@dataclass(frozen=True, slots=True)
class Document:
    """A root with the comments that stand before and after it."""

    root: Element
    before: tuple[Element, ...] = ()
    after: tuple[Element, ...] = ()


def document(root: Any) -> Document:
    """The document of an `lxml` root.

    >>> document(etree.fromstring("<a b='1'>c<!-- d --></a>")).root.attributes
    (('b', '1'),)
    """
    before = [_element(each, {}) for each in root.itersiblings(preceding=True)]
    after = [_element(each, {}) for each in root.itersiblings()]
    return Document(_element(root, {}), tuple(reversed(before)), tuple(after))


def _element(of: Any, inherited: dict[str | None, str]) -> Element:
    text, tail, line = of.text or "", of.tail or "", of.sourceline or 0
    if of.tag is etree.Comment:
        return Element(COMMENT, text=text, tail=tail, line=line)
    if not isinstance(of.tag, str):
        return Element(INSTRUCTION, (("target", of.target),), text=text, tail=tail, line=line)
    known = of.nsmap
    new = [] if known == inherited else _new(known, inherited)
    children = tuple(_element(each, known) for each in of)
    return Element(of.tag, tuple(of.attrib.items()), text, children, tail, line, tuple(new))


def _new(
    known: dict[str | None, str], inherited: dict[str | None, str]
) -> list[tuple[str | None, str]]:
    return [(prefix, uri) for prefix, uri in known.items() if inherited.get(prefix) != uri]


def markup(of: Document) -> bytes:
    """The document as bytes of UTF-8, with its declaration.

    >>> markup(Document(Element("a", (("b", "1"),), "c"))).splitlines()[1]
    b'<a b="1">c</a>'
    """
    root = _made(of.root, None)
    for each in of.before:
        root.addprevious(_loose(each))
    for each in reversed(of.after):
        root.addnext(_loose(each))
    written: bytes = etree.tostring(
        root.getroottree(), xml_declaration=True, encoding="UTF-8", with_tail=False
    )
    return written


def _loose(of: Element) -> Any:
    if of.tag == COMMENT:
        return etree.Comment(of.text)
    return etree.ProcessingInstruction(of.get("target"), of.text or None)


def _made(of: Element, above: Any) -> Any:
    if of.tag[0] == "!":
        made = _loose(of)
        above.append(made)
    else:
        prefixes = dict(of.prefixes)
        if above is None:
            made = etree.Element(of.tag, nsmap=prefixes)
        else:
            made = etree.SubElement(above, of.tag, nsmap=prefixes)
        for name, value in of.attributes:
            made.set(name, value)
        made.text = of.text or None
        for each in of.children:
            _made(each, made)
    made.tail = of.tail or None
    return made


def canonical(xml: Any) -> str:
    """An `lxml` root in canonical form with its comments: equal texts, equal documents.

    >>> canonical(etree.fromstring("<a  c='2' b='1'/>"))
    '<a b="1" c="2"></a>'
    """
    form: str = etree.canonicalize(etree.ElementTree(xml), with_comments=True)
    return form
