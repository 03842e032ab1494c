"""Every part keeps what its description says."""

import re

import pytest
from django.template import Context, Template
from django.utils import translation

from marra.web.showcase import MAKERS, PARTS, made, parts

EXAMPLES = [(part, example) for part in parts() for example in part.examples]

pytestmark = pytest.mark.django_db


def draw(part, given) -> str:
    with translation.override("en"):
        return Template("{% part_with name given %}").render(
            Context({"name": part.name, "given": given})
        )


def test_every_folder_of_parts_has_a_template_and_a_description():
    folders = {folder.name for folder in PARTS.iterdir() if folder.is_dir()}

    assert folders == {part.name for part in parts()}
    assert all((PARTS / name / f"{name}.html").exists() for name in folders)


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.name)
def test_a_description_names_exactly_what_the_template_takes(part):
    source = (PARTS / part.name / f"{part.name}.html").read_text("utf-8")
    own = set(re.findall(r"{% (?:for|with) (\w+)(?:, (\w+))?", source))
    made_here = {name for pair in own for name in pair} | {"forloop"}
    made_here |= set(re.findall(r" as (\w+)", source)) | set(re.findall(r"count (\w+)=", source))
    read = {
        name
        for found in re.findall(r"{{ (\w+)|{% if (?:not )?(\w+)| in (\w+)|=(\w+)[. ]", source)
        for name in found
    }

    assert {parameter.name for parameter in part.parameters} == read - made_here - {""}


@pytest.mark.parametrize(("part", "example"), EXAMPLES, ids=lambda each: each.name)
def test_an_example_draws_and_gives_only_known_parameters(part, example):
    known = {parameter.name for parameter in part.parameters}
    needed = {parameter.name for parameter in part.parameters if not parameter.optional}

    drawn = draw(part, made(part, example))

    assert needed <= set(example.given) <= known
    assert drawn.strip()


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.name)
def test_every_choice_of_a_parameter_has_an_example(part):
    for parameter in part.parameters:
        shown = {str(example.given.get(parameter.name)) for example in part.examples}
        assert set(parameter.choices) <= shown


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.name)
def test_a_parameter_is_of_a_kind_that_can_be_made(part):
    assert {parameter.kind for parameter in part.parameters} <= set(MAKERS)


def test_what_is_given_to_a_part_is_never_taken_for_markup():
    notice = next(part for part in parts() if part.name == "notice")

    drawn = draw(notice, {"kind": "known", "text": "<script>alert(1)</script>"})

    assert "<script>" not in drawn
