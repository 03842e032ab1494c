"""The catalogue as open data: both forms are the same graph, and the profile's shapes hold."""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.portal.actions import publishing
from marra.portal.rules.money import Fee
from marra.portal.rules.rdf import Ref, Said, Thing, json_ld, turtle
from marra.portal.rules.told import Opened
from tests.house.rights import World
from tests.portal import make

rdflib = pytest.importorskip("rdflib")
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
root = World.root

TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40)


def graph(content: bytes, form: str):
    return rdflib.Graph().parse(data=content.decode(), format=form)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_whatever_is_written_comes_back_from_both_forms(texts):
    things = [
        Thing("http://x/1", ("skos:Concept",), tuple(("dct:title", Said(t, "uz")) for t in texts))
    ]

    told = [
        graph("".join(write(things)).encode(), form)
        for write, form in ((turtle, "turtle"), (json_ld, "json-ld"))
    ]

    assert {str(each) for _, each in told[0][: rdflib.DCTERMS.title]} == set(texts)
    assert {str(each) for _, each in told[1][: rdflib.DCTERMS.title]} == set(texts)


def test_an_address_cannot_break_out_of_its_brackets():
    thing = Thing(
        "http://x/1",
        ("a",),
        (
            (
                "rdfs:seeAlso",
                Ref('http://x/> . <a> "b'),
            ),
        ),
    )

    assert "<http://x/%3E%20.%20%3Ca%3E%20%22b>" in "".join(turtle([thing]))


@pytest.fixture
def several(db):
    """Four services: free, with fees and documents, composite, paused."""
    first = make.published(root)
    other = {"uz": 'Oyna "tusi" \\ ruxsat', "ru": "Тонировка"}
    fees = [
        Fee(Decimal("7.2"), Decimal("7.2"), what="old"),
        Fee(Decimal("0.02"), Decimal("0.64"), per="bet"),
    ]
    make.published(
        root, "digital", names=other, fees=fees, events=["vehicle", "starting-business"],
        documents=[{"uz": "Pasport", "ru": "Паспорт"}], about={},
        openings=[Opened("mobile"), Opened("centre", date(2020, 1, 1), "https://a.uz/?q=1&b=ў")],
        legal=[{"title": "VM-555", "address": "https://lex.uz/docs/1"}],
    )  # fmt: skip
    make.published(
        root, names={"uz": "Yangi oila", "ru": "Новая семья"}, kind="composite",
        parts=[first.code],
    )  # fmt: skip
    paused = make.published(root, names={"uz": "Arxiv", "ru": "Архив"})
    publishing.pause(root, paused.code, why="Taʼmirda.")
    make.draft(root, names={"uz": "Loyiha", "ru": "Проект"})
    return first


def test_the_catalogue_breaks_no_shape_of_the_profile(client, several):
    pyshacl = pytest.importorskip("pyshacl")
    folder = os.environ.get("MARRA_REFERENCE_DATA")
    if not folder:
        pytest.skip("MARRA_REFERENCE_DATA is not set")
    shapes = Path(folder) / "portal/cpsv-ap-3.2.0/cpsv-ap-SHACL.ttl"
    shape_graph = rdflib.Graph().parse(shapes)

    for address in ("/uz/services.ttl", f"/uz/services/{several.code}.ttl"):
        content = b"".join(client.get(address).streaming_content)
        fits, _, told = pyshacl.validate(graph(content, "turtle"), shacl_graph=shape_graph)
        assert fits, told


def test_shapes_are_broken_by_a_service_without_an_authority():
    pyshacl = pytest.importorskip("pyshacl")
    folder = os.environ.get("MARRA_REFERENCE_DATA")
    if not folder:
        pytest.skip("MARRA_REFERENCE_DATA is not set")
    shapes = rdflib.Graph().parse(Path(folder) / "portal/cpsv-ap-3.2.0/cpsv-ap-SHACL.ttl")
    alone = "".join(turtle([Thing("http://x/1", ("cpsv:PublicService",), ())]))

    assert not pyshacl.validate(graph(alone.encode(), "turtle"), shacl_graph=shapes)[0]


def test_both_forms_are_the_same_graph_and_drafts_stay_out(client, several):
    from rdflib.compare import isomorphic

    ttl, jsonld = (
        b"".join(client.get(f"/uz/services.{form}").streaming_content)
        for form in ("ttl", "jsonld")
    )

    told = graph(ttl, "turtle")
    services = set(
        told[: rdflib.RDF.type : rdflib.URIRef("http://purl.org/vocab/cpsv#PublicService")]
    )
    assert isomorphic(told, graph(jsonld, "json-ld"))
    assert len(services) == 4
    assert b"Loyiha" not in ttl


def test_an_unknown_form_or_service_is_told(client, several):
    assert client.get("/uz/services.xml").status_code == 404
    assert client.get(f"/uz/services/{several.code}.xml").status_code == 404
    assert client.get("/uz/services/no-such.ttl").status_code == 404
