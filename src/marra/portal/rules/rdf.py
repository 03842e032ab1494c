"""RDF: things with properties, written as Turtle or JSON-LD piece by piece.

A whole catalogue is larger than what one would keep in memory, so both writers give one piece for
each thing. Names are shortened by the prefixes that stand before the first thing.

Source: W3C, RDF 1.1 Turtle (2014); JSON-LD 1.1 (2020).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

PREFIXES: Final[Mapping[str, str]] = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Ref:
    """Another thing, by its address."""

    iri: str


@dataclass(frozen=True, slots=True)
class Said:
    """A text in a language, or a value of a type."""

    text: str
    language: str = ""
    datatype: str = ""  # with its prefix


Value = Ref | Said


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with an address, its classes and what is said of it."""

    iri: str
    classes: tuple[str, ...]
    said: tuple[tuple[str, Value], ...]


def turtle(things: Iterable[Thing]) -> Iterator[str]:
    """The things as Turtle, one piece for each.

    >>> made = turtle([Thing("http://x/1", ("skos:Concept",), (("dct:title", Said("a", "en")),))])
    >>> list(made)[-1]
    '<http://x/1> a skos:Concept ;\\n    dct:title "a"@en .\\n'
    """
    yield "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + "\n"
    for thing in things:
        lines = [f"<{_iri(thing.iri)}> a {', '.join(thing.classes)}"]
        lines += [f"{name} {_written(value)}" for name, value in thing.said]
        yield " ;\n    ".join(lines) + " .\n"


def json_ld(things: Iterable[Thing]) -> Iterator[str]:
    """The things as JSON-LD, one piece for each; the context stands in the document.

    >>> made = "".join(json_ld([Thing("http://x/1", ("skos:Concept",), ())]))
    >>> json.loads(made)["@graph"]
    [{'@id': 'http://x/1', '@type': ['skos:Concept']}]
    """
    yield f'{{"@context": {json.dumps(dict(PREFIXES))}, "@graph": [\n'
    before = ""
    for thing in things:
        yield before + json.dumps(_node(thing), ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


def _node(thing: Thing) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _iri(thing.iri), "@type": list(thing.classes)}
    for name, value in thing.said:
        node.setdefault(name, []).append(_value(value))
    return node


def _value(value: Value) -> dict[str, str]:
    if isinstance(value, Ref):
        return {"@id": _iri(value.iri)}
    more = {"@language": value.language, "@type": value.datatype}
    return {"@value": value.text} | {key: each for key, each in more.items() if each}


def _written(value: Value) -> str:
    if isinstance(value, Ref):
        return f"<{_iri(value.iri)}>"
    told = f'"{"".join(_ESCAPED.get(each, each) for each in value.text)}"'
    if value.language:
        return f"{told}@{value.language}"
    return f"{told}^^{value.datatype}" if value.datatype else told


_ESCAPED: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": ""}
_UNFIT: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def _iri(iri: str) -> str:
    """An address in which whatever Turtle does not allow is written in per cent."""
    return _UNFIT.sub(lambda found: f"%{ord(found.group()):02X}", iri)
