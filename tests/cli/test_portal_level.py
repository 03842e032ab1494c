"""`marra portal level` and `check`: what a definition proves, and what a passport does not."""

import json

import pytest
from click.testing import CliRunner

from marra.__main__ import marra
from tests.portal.test_running import bundle

PASSPORT = {
    "title": "Oʻqishni koʻchirish",
    "declared_automatic": True,
    "steps": ["Hujjatlar ilova qilinadi", "Ariza vazirlikka yuboriladi"],
}


def say(verb, document, tmp_path, *more):
    file = tmp_path / "definition.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return CliRunner().invoke(marra, ["portal", verb, str(file), *more])


def test_a_definition_has_the_level_that_its_personas_prove(tmp_path):
    done = say("level", bundle(["apply", "find", "rule", "issue"]), tmp_path, "--json")

    told = json.loads(done.stdout)
    assert (told["level"], told["declared"]) == (4, None)
    assert told["why"]


def test_a_passport_that_is_declared_automatic_proves_nothing(tmp_path):
    told = json.loads(say("level", PASSPORT, tmp_path, "--json").stdout)

    assert (told["level"], told["declared"], len(told["why"])) == ("unproven", True, 2)


@pytest.mark.parametrize("document", ["no json", "[]", '{"other": 1}', "[" * 100_000])
def test_what_is_neither_is_refused_in_words(document, tmp_path):
    done = say("level", document, tmp_path)

    assert done.exit_code == 1
    assert "Traceback" not in done.output


def test_a_check_tells_faults_with_their_place(tmp_path):
    spoilt = bundle(["apply", "hand"])
    spoilt["forms"]["apply"] = {**spoilt["forms"]["apply"], "ui": {}}

    done = say("check", spoilt, tmp_path)

    assert done.exit_code == 1
    assert "definition.json /forms/apply/ui/pages:" in done.output


def test_a_check_sends_the_personas_through(tmp_path):
    done = say("check", bundle(["apply", "hand", "issue"]), tmp_path)

    assert done.exit_code == 0
    assert "Anora: granted" in done.output
    assert "Level: 3" in done.output
