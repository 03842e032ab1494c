"""State bodies are opened once under one name, lie in a tree, and two editors do not collide."""

import pytest

from marra.inventory.actions import bodies
from marra.inventory.models.bodies import StateBody
from marra.inventory.queries import bodies as queries
from marra.inventory.rules.bodies import (
    BodyBusy,
    BodyChanged,
    BodyKnown,
    NameMissing,
    UnderItself,
    UnknownKind,
    WrongStir,
    named,
    packaged,
)

pytestmark = pytest.mark.django_db

NAME = named("Sinov qoʻmitasi", "Испытательный комитет", "Committee of Trials")


def test_the_packaged_bodies_are_there_and_taken_in_once(as_administrator):
    assert bodies.adopt(as_administrator) == ()
    assert {each.code for each in packaged()} <= {each.code for each in queries.bodies()}


def test_the_packaged_regional_governments_cover_every_region_once():
    regions = [each.region for each in packaged() if each.kind == "regional"]

    assert len(set(regions)) == len(regions) == 14


@pytest.mark.parametrize("twin", ["Синов қўмитаси", "SINOV QO'MITASI"])
def test_a_body_of_the_same_name_in_other_letters_is_refused(as_administrator, twin):
    bodies.open_body(as_administrator, name=NAME, kind="committee")

    with pytest.raises(BodyKnown):
        bodies.open_body(as_administrator, name=named(twin, "Другое"), kind="committee")


@pytest.mark.parametrize(
    "text", ["digital", "Рақамли технологиялар вазирлиги", "Министерство цифровых технологий"]
)
def test_a_body_is_found_by_code_or_by_name_in_any_language(as_administrator, text):
    assert queries.by_name(text).code == "digital"


def test_the_tree_has_no_circles_and_no_orphans(as_administrator):
    above = bodies.open_body(as_administrator, name=NAME, kind="committee")
    below = bodies.open_body(
        as_administrator, name=named("Quyi", "Ниже"), kind="agency", parent=above.code
    )

    with pytest.raises(UnderItself):
        bodies.change_body(
            as_administrator, above.code, version=1, name=NAME, kind="agency", parent=below.code
        )
    with pytest.raises(BodyBusy):
        bodies.close_body(as_administrator, above.code)


def test_the_second_of_two_editors_is_told(as_administrator):
    made = bodies.open_body(as_administrator, name=NAME, kind="committee")
    bodies.change_body(as_administrator, made.code, version=1, name=NAME, kind="agency")

    with pytest.raises(BodyChanged):
        bodies.change_body(as_administrator, made.code, version=1, name=NAME, kind="ministry")

    assert StateBody.objects.get(code=made.code).kind == "agency"


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"kind": "moon"}, UnknownKind),
        ({"kind": "agency", "stir": "12345"}, WrongStir),
    ],
)
def test_what_cannot_be_is_refused(as_administrator, given, refusal):
    with pytest.raises(refusal):
        bodies.open_body(as_administrator, name=NAME, **given)


def test_a_name_is_needed_in_both_languages():
    with pytest.raises(NameMissing):
        named("Sinov", "")
