"""CPSV-AP: the catalogue in the European vocabulary of public services.

Every code of a list (state, audience, channel, event, currency) is a concept written out beside
the services, so that the classes the profile asks for are in the document itself. A term in
working days becomes days of the calendar, seven for five, rounded up; a fee is its soʻm of a day.

Source: SEMIC, CPSV-AP 3.2.0 and its SHACL shapes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from marra.kit.text import Text
from marra.portal.rules.events import events
from marra.portal.rules.money import Amount, Fee, in_soum
from marra.portal.rules.rdf import Ref, Said, Thing, Value

TAGS: Final = (("uz", "uz"), ("uz_cyrl", "uz-Cyrl"), ("ru", "ru"), ("en", "en"))
AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
SPOKEN: Final = ("UZB", "RUS", "ENG")
SOUM: Final = f"{AUTHORITY}currency/UZS"
PLACE: Final = f"{AUTHORITY}country/UZB"
CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "state": ("published", "paused"),
    "audience": ("individual", "legal", "both"),
    "channel": ("mobile", "web", "kiosk", "centre"),
    "kind": ("ordinary", "composite", "proactive"),
}
"""The lists whose codes services use."""


@dataclass(frozen=True, slots=True)
class Told:
    """A service as the profile wants to know it."""

    code: str
    names: Mapping[str, str]
    about: Mapping[str, str]
    body: str
    body_names: Mapping[str, str]
    state: str
    audience: str
    kind: str
    term: int | None = None
    fees: Sequence[Fee] = ()
    documents: Sequence[Mapping[str, str]] = ()
    legal: Sequence[Mapping[str, str]] = ()
    channels: Sequence[tuple[str, str]] = ()  # channel and address
    events: Sequence[str] = ()
    parts: Sequence[str] = ()


def things(
    services: Iterable[Told], *, base: str, title: Text, day: date, amount: Amount
) -> Iterator[Thing]:
    """The catalogue at `base`: what services refer to, then each service; a body once."""
    yield from _preamble(base, title)
    known: set[str] = set()
    for each in services:
        if each.body not in known:
            known.add(each.body)
            yield _body(base, each)
        yield from _service(base, each, day, amount)


def _preamble(base: str, title: Text) -> Iterator[Thing]:
    names = {"uz": title.uz, "uz_cyrl": title.uz_cyrl, "ru": title.ru, "en": title.en}
    publisher = f"{base}#publisher"
    yield Thing(
        f"{base}#catalogue",
        ("dcat:Dataset",),
        (*_in("dct:title", names), *_in("dct:description", names),
         ("dct:publisher", Ref(publisher))),
    )  # fmt: skip
    yield Thing(
        publisher, ("foaf:Agent",),
        (("dct:identifier", Said(publisher)), *_in("dct:title", names)),
    )  # fmt: skip
    for code in SPOKEN:
        yield Thing(f"{AUTHORITY}language/{code}", ("dct:LinguisticSystem",), ())
    yield Thing(PLACE, ("dct:Location",), ())
    yield _concept(SOUM, "UZS")
    for kind, codes in CODES.items():
        for code in codes:
            yield _concept(f"{base}#{kind}-{code}", code)
    for code, event in events().items():
        iri = f"{base}#event-{code}"
        of = "cv:BusinessEvent" if event.of_business else "cv:LifeEvent"
        told = {"uz": event.name.uz, "uz_cyrl": event.name.uz_cyrl,
                "ru": event.name.ru, "en": event.name.en}  # fmt: skip
        said = (("dct:identifier", Said(code)), *_in("dct:title", told))
        yield Thing(iri, ("cv:Event", of), said)


def _concept(iri: str, label: str) -> Thing:
    return Thing(iri, ("skos:Concept",), (("skos:prefLabel", Said(label, "en")),))


def _body(base: str, each: Told) -> Thing:
    labels = _in("skos:prefLabel", each.body_names)
    said = (("dct:identifier", Said(each.body)), *labels, ("dct:spatial", Ref(PLACE)))
    return Thing(f"{base}#body-{each.body}", ("cv:PublicOrganisation",), said)


def _service(base: str, each: Told, day: date, amount: Amount) -> Iterator[Thing]:
    own = f"{base}{each.code}/"
    beside = [*_costs(own, each, day, amount), *_channels(base, own, each), *_acts(own, each),
              *_documents(own, each)]  # fmt: skip
    yield Thing(own, ("cpsv:PublicService",), tuple(_said(base, each, beside)))
    yield from beside


LINKS: Final = {
    "cv:Cost": "cv:hasCost",
    "cv:Channel": "cv:hasChannel",
    "eli:LegalResource": "cv:hasLegalResource",
    "cv:EvidenceType": "cv:hasInputType",
}


def _said(base: str, each: Told, beside: Sequence[Thing]) -> Iterator[tuple[str, Value]]:
    yield "dct:identifier", Said(each.code)
    yield from _in("dct:title", each.names)
    yield from _in("dct:description", each.about or each.names)
    yield "cv:hasCompetentAuthority", Ref(f"{base}#body-{each.body}")
    yield "dct:isPartOf", Ref(f"{base}#catalogue")
    yield "adms:status", Ref(f"{base}#state-{each.state}")
    yield "dct:type", Ref(f"{base}#kind-{each.kind}")
    if each.audience:
        yield "dct:audience", Ref(f"{base}#audience-{each.audience}")
    if each.term is not None:
        days = max(1, -(-each.term * 7 // 5))
        yield "cv:processingTime", Said(f"P{days}D", datatype="xsd:duration")
    for code in SPOKEN:
        yield "dct:language", Ref(f"{AUTHORITY}language/{code}")
    yield "dct:spatial", Ref(PLACE)
    for code in each.events:
        yield "cv:isGroupedBy", Ref(f"{base}#event-{code}")
    for code in each.parts:
        yield "dct:requires", Ref(f"{base}{code}/")
    for thing in beside:
        yield LINKS[thing.classes[0]], Ref(thing.iri)


def _costs(own: str, each: Told, day: date, amount: Amount) -> Iterator[Thing]:
    for number, fee in enumerate(each.fees, start=1):
        iri = f"{own}#cost-{number}"
        soum = in_soum(fee.least, amount)
        told = " ".join(filter(None, (_multiple(fee), fee.what, f"/ {fee.per}" * bool(fee.per))))
        yield Thing(
            iri, ("cv:Cost",),
            (("dct:identifier", Said(iri)),
             ("cv:hasValue", Said(f"{soum}.0", datatype="xsd:double")),
             ("cv:currency", Ref(SOUM)),
             ("dct:description", Said(f"{told} ({day:%d.%m.%Y})", "uz"))),
        )  # fmt: skip


def _multiple(fee: Fee) -> str:
    ends = [fee.least] if fee.least == fee.most else [fee.least, fee.most]
    return "–".join(f"{each.normalize():f}" for each in ends) + " BHM"


def _channels(base: str, own: str, each: Told) -> Iterator[Thing]:
    for channel, address in each.channels:
        iri = f"{own}#channel-{channel}"
        said: list[tuple[str, Value]] = [
            ("dct:identifier", Said(iri)),
            ("dct:type", Ref(f"{base}#channel-{channel}")),
        ]
        if address:
            said.append(("rdfs:seeAlso", Ref(address)))
        yield Thing(iri, ("cv:Channel",), tuple(said))


def _acts(own: str, each: Told) -> Iterator[Thing]:
    for number, act in enumerate(each.legal, start=1):
        said: list[tuple[str, Value]] = [("dct:title", Said(act["title"], "uz"))]
        if act.get("address"):
            said.append(("rdfs:seeAlso", Ref(act["address"])))
        yield Thing(f"{own}#act-{number}", ("eli:LegalResource",), tuple(said))


def _documents(own: str, each: Told) -> Iterator[Thing]:
    for number, names in enumerate(each.documents, start=1):
        iri = f"{own}#document-{number}"
        said = (("dct:identifier", Said(iri)), *_in("dct:title", names))
        yield Thing(iri, ("cv:EvidenceType",), said)


def _in(name: str, texts: Mapping[str, str]) -> tuple[tuple[str, Value], ...]:
    """A text in each language it is written in."""
    told = [(name, Said(texts[key], tag)) for key, tag in TAGS if texts.get(key)]
    return tuple(told)
