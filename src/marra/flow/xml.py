"""XML from strangers: read without fetching, without entities, within limits.

A definition of document types is refused, since nothing that models need stands in one and every
known bomb does. Size, depth and the number of elements are bounded before anything is built.

Source: W3C Extensible Markup Language 1.0; CWE-611 and CWE-776 (external and expanding entities).
"""

from typing import Any, Final

from lxml import etree

from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

LARGEST: Final = 5_000_000  # bytes
DEEPEST: Final = 200
MOST: Final = 200_000  # elements


class NotXml(Invalid):
    """The bytes are no XML."""

    sentence = gettext_noop(
        "Line {line} of the file is not well-formed XML: {why}. "
        "Save the model again from the program that made it."
    )


class TooMuchXml(Invalid):
    """The file is larger than what is read."""

    sentence = gettext_noop(
        "The file has {found} {unit}, and at most {most} are read. Split the model into several."
    )


class TypesDeclared(Invalid):
    """The file declares types or entities of its own."""

    sentence = gettext_noop(
        "Line {line} of the file declares types or entities (DOCTYPE), which is not allowed here. "
        "Remove the declaration; models need none."
    )


def parse_xml(xml: bytes) -> Any:
    """The root element of a document, as `lxml` has it, every element with its line.

    >>> parse_xml(b"<a><b/></a>")[0].tag
    'b'
    """
    if len(xml) > LARGEST:
        raise TooMuchXml(found=len(xml), unit="bytes", most=LARGEST)
    place = xml.find(b"<!DOCTYPE")
    if place >= 0 and b"<!--" not in xml[:place]:
        raise TypesDeclared(line=xml.count(b"\n", 0, place) + 1)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_blank_text=False,
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as fault:
        raise NotXml(line=fault.lineno or 1, why=(fault.msg or "no element").strip()) from None
    except (ValueError, LookupError) as fault:
        raise NotXml(line=1, why=str(fault)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise TypesDeclared(line=1)
    _measure(root)
    return root


def _measure(root: Any) -> None:
    elements = depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            elements, depth = elements + 1, depth + 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    if elements > MOST:
        raise TooMuchXml(found=elements, unit="elements", most=MOST)
    if deepest > DEEPEST:
        raise TooMuchXml(found=deepest, unit="levels", most=DEEPEST)
