"""`marra portal check`: what is wrong with a definition, with file, line, element and pointer."""

import json
import re
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from marra.__main__ import marra
from marra.portal.actions import services
from marra.portal.models.catalogue import Service
from marra.portal.rules.bundles import LARGEST
from marra.portal.rules.shipped import shipped
from tests.house.rights import World

EXAMPLES = Path(str(files("marra.portal.rules"))) / "examples"


def say(verb, place, *more):
    return CliRunner().invoke(marra, ["portal", verb, str(place), *map(str, more)])


@pytest.fixture
def folder(tmp_path):
    """A copy of an example, to be spoilt."""

    def copied(name="business-licence"):
        return Path(shutil.copytree(EXAMPLES / name, tmp_path / name))

    return copied


def said(done):
    """All that a refused command says."""
    assert done.exit_code == 1
    return f"{done.output}{done.exception}"


def spoil(folder, file, old, new):
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_folder_tells_every_persona_with_its_way_and_the_level_with_its_reason(folder):
    done = say("check", folder())

    assert done.exit_code == 0
    assert "Ehtiyot MChJ: granted" in done.output
    assert "review (authority) → returned → correct (applicant) → review" in done.output
    assert "correct (applicant) → month → expired" in done.output
    assert "Level: 3\n  Every granted run waits for a person" in done.output


def test_the_same_is_told_of_one_file(folder, tmp_path):
    packed = tmp_path / "service.json"
    assert say("pack", folder(), packed).exit_code == 0

    from_file, from_folder = (
        json.loads(say("check", place, "--json").stdout) for place in (packed, folder_of(tmp_path))
    )

    assert from_file == from_folder
    assert json.loads(packed.read_text("utf-8")) == shipped()["business-licence"].folder.bundle


def folder_of(tmp_path):
    return tmp_path / "business-licence"


def test_a_composite_service_is_packed_and_measured_as_one(tmp_path):
    packed = tmp_path / "newborn.json"
    say("pack", EXAMPLES / "newborn", packed)

    for place in (packed, EXAMPLES / "newborn"):
        assert json.loads(say("level", place, "--json").stdout)["level"] == 4
        told = json.loads(say("check", place, "--json").stdout)
        assert sorted(told["parts"]) == [
            "birth-certificate",
            "child-benefit",
            "kindergarten-queue",
        ]


MODEL = [
    ("process.bpmn", "granted = true<", "granted = = true<", "does not read as FEEL"),
    ("process.bpmn", 'formKey="correct"', 'formKey="corect"', "names the form “corect”"),
    ("process.bpmn", 'name="applicant"', 'name="aplicant"', "is not “applicant”"),
    ("process.bpmn", 'targetRef="pay"', 'targetRef="pya"', "“pya”, which is not in its process"),
    ("process.bpmn", "P30D", "thirty days!", "does not read as FEEL"),
    ("process.bpmn", "</lane>", "</lan>", "not well-formed XML"),
]


@pytest.mark.parametrize(("file", "old", "new", "told"), MODEL)
def test_a_fault_of_a_model_is_told_with_file_and_line(folder, file, old, new, told):
    spoilt = folder()
    line = spoil(spoilt, file, old, new)

    done = say("check", spoilt)

    assert done.exit_code == 1
    found = next(each for each in done.output.splitlines() if told in each)
    place = re.match(r"fault: process\.bpmn:(\d+): ", found)
    assert place, found
    assert "aplicant" in new or abs(int(place[1]) - line) <= 2


def test_a_bomb_is_refused_at_its_first_line(folder):
    spoilt = folder()
    entities = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 40))
    spoil(spoilt, "process.bpmn", "\n", f'\n<!DOCTYPE x [<!ENTITY e0 "a">{entities}]>\n')

    done = say("check", spoilt)

    assert done.exit_code == 1
    assert "fault: process.bpmn:2: Line 2 of the file declares types or entities" in done.output


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("process.bpmn", 'decisionRef="benefit"', 'decisionRef="benefits"', "Add benefits.dmn"),
        ("benefit.dmn", "[1..1.2]", "[1..", "benefit.dmn:"),
        ("form-apply.json", "children < household_size", "children <", "/ui/rules/0/holds: "),
        ("form-apply.json", '"prefill": "citizens.phone"', '"prefill": "phone"', "/phone/prefill"),
        ("form-apply.json", '"fields": [', '"fields": ["nobody", ', "/ui/pages/0/fields/0: "),
        ("personas.json", '"name"', '"nome"', "personas.json /0: A persona is an object"),
        ("personas.json", '"8600000000000001"', '"86"', "personas.json /card: "),
        ("personas.json", '"visit"', '"vizit"', "nobody answers at visit"),
        ("personas.json", '"expects": "granted"', '"expects": "refused"', "was expected to end"),
    ],
)
def test_a_fault_of_another_file_is_told_with_its_place(folder, file, old, new, told):
    spoilt = folder("social-benefit")
    spoil(spoilt, file, old, new)

    done = say("check", spoilt)

    assert done.exit_code == 1
    assert told in done.output
    assert say("level", spoilt, "--json").stdout.count("unproven") == 1


def test_json_that_is_none_is_told_with_line_and_column(folder):
    spoilt = folder()
    line = spoil(spoilt, "form-apply.json", '"required"', "required")

    assert f"fault: form-apply.json:{line}:5: This is not well-formed" in said(
        say("check", spoilt)
    )


def test_what_is_in_the_wrong_place_is_named(folder):
    spoilt = folder()
    (spoilt / "form_apply.json").write_text("{}")
    (spoilt / "process.bpmn").rename(spoilt / "process.xml")
    (spoilt / "service.toml").write_text("kind = \n")

    told = said(say("check", spoilt))

    for each in ("“form_apply.json” is no part", "process.bpmn", "fault: service.toml:1: "):
        assert each in told


def test_what_is_too_much_is_not_read(folder, tmp_path):
    spoilt = folder()
    (spoilt / "photo.png").write_bytes(b"0" * LARGEST)
    one = tmp_path / "one.json"
    one.write_bytes(b" " * (LARGEST + 1))

    for place in (spoilt, one):
        assert "at most 2000000 are taken" in said(say("check", place))


def test_parts_lead_nowhere_but_beside(folder, tmp_path):
    composite = folder("newborn")
    missing = said(say("check", composite))
    spoil(composite, "service.toml", '"birth-certificate"', '"../business-licence"')

    assert "“birth-certificate” is no folder beside" in missing
    assert "“parts” lists the folders" in said(say("check", composite))


def test_notes_do_not_keep_it_from_running(folder):
    noted = folder()
    spoil(noted, "process.bpmn", 'topic="issue"', 'topic="print"')
    spoil(noted, "personas.json", '"expects": "granted",', "")

    done = say("check", noted)

    assert "note: process.bpmn:" in done.output
    assert "asks for “print”" in done.output
    assert "note: personas.json: The persona “Namuna MChJ” does not say" in done.output
    assert "Level: 2" in done.output


@pytest.mark.django_db
def test_the_twelve_come_into_the_catalogue_once_as_drafts():
    first, again = say("examples", "--body", "justice"), say("examples", "--body", "justice")

    assert "12 of 12" in first.output
    assert "0 of 12" in again.output
    rows = Service.objects.filter(code__startswith="namuna-")
    assert {each.state for each in rows} == {"draft"}
    lacks = {code for each in rows for code in each.lacks}
    assert lacks == {"steps", "row"}
    whole = rows.get(code="namuna-newborn")
    assert (whole.kind, whole.parts.count()) == ("composite", 3)


@pytest.mark.django_db
def test_the_twelve_are_left_as_people_wrote_them():
    say("examples", "--body", "justice")
    row = Service.objects.get(code="namuna-appeal")
    names = {"uz": "Bizning shikoyat", "ru": "Наша жалоба", "en": "Our appeal"}
    services.describe(World.root, row.code, version=row.version, names=names)

    say("examples", "--body", "digital")

    row.refresh_from_db()
    assert (row.names["en"], row.body.code) == ("Our appeal", "justice")
