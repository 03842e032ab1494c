"""`marra index scenario`: odds before and after, beside each other."""

import json

import pytest
from click.testing import CliRunner

from marra.cli.index import index
from marra.cli.scenario import NotAValue
from marra.index.projection.change import GivenTwice

FEW = ("--futures", "300")


def run(*words):
    return CliRunner().invoke(index, ["scenario", *words, *FEW], catch_exceptions=False)


def answer(*words):
    return json.loads(run(*words, "--json").stdout)


def test_the_answer_has_every_edition_before_and_after():
    told = answer("--set", "osi=0,95", "--by", "2028")

    assert (told["country"], told["top"], told["by"]) == ("UZB", 30, 2028)
    assert [each["edition"] for each in told["editions"]] == [2026, 2028, 2030]
    assert [each["share"] for each in told["editions"]] == [0.5, 1.0, 1.0]
    last = told["editions"][-1]
    assert last["after"]["p_top"] > last["before"]["p_top"]
    assert {"futures", "seed", "data_version", "method_version"} <= told.keys()


def test_the_odds_before_are_those_of_project():
    doing = CliRunner().invoke(index, ["project", *FEW, "--json"], catch_exceptions=False)

    before = [each["before"] for each in answer("--set", "hci=0.9")["editions"]]

    assert before == json.loads(doing.stdout)["editions"]


def test_words_tell_what_is_carried_and_what_no_longer_counts():
    done = run("--set", "tii.mobile=150", "--set", "osi=0.9")

    assert "tii.mobile counts up to 120 only" in done.stderr
    assert "points of the odds in 2030" in done.stderr
    assert "2028" in done.stdout


def test_the_last_place_is_reached_by_everybody_and_is_json_too():
    assert answer("--set", "osi=0.1", "--top", "193")["editions"][0]["after"]["p_top"] == 1.0


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("--set", "osi"), NotAValue),
        (("--set", "osi=much"), NotAValue),
        (("--set", "tii=1", "--set", "tii.internet=90"), GivenTwice),
    ],
)
def test_what_cannot_be_read_is_refused(words, refusal):
    with pytest.raises(refusal):
        run(*words)
