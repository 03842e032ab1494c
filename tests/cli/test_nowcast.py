"""The terminal's nowcast: what is expected, on what it rests, what it would have been worth."""

import json

from click.testing import CliRunner

from marra.cli.index import index


def run(*words):
    return CliRunner().invoke(index, words, catch_exceptions=False)


def test_a_nowcast_says_what_is_expected_and_which_inputs_are_late():
    done = json.loads(run("nowcast", "--country", "UZB", "--json").stdout)

    assert (done["edition"], done["origin"], done["country"]) == (2026, 2024, "UZB")
    assert [each["part"] for each in done["parts"]] == ["tii", "hci"]
    assert all(each["low"] <= each["expected"] <= each["high"] for each in done["parts"])
    states = {each["name"]: each["state"] for each in done["inputs"]}
    assert states["tii.internet"] == "fresh"
    assert states["tii.mobile_broadband"] == "one edition behind"
    assert states["hci.enrolment"] == "missing"
    assert "components-" in done["data_version"]


def test_newer_inputs_can_be_tried(tmp_path):
    more = tmp_path / "more.csv"
    head = "edition,place,indicator,value,source,data_year\n"
    more.write_text(f"{head}2026,UZB,tii.internet,60,own,2024\n", encoding="utf8")

    now, then = (
        json.loads(run("nowcast", "--country", "UZB", "--json", *words).stdout)["parts"][0]
        for words in ((), ("--inputs", str(more)))
    )

    assert then["expected"] < now["expected"] - 0.02


def test_words_for_people_name_the_part_and_the_late_input():
    done = run("nowcast", "--country", "Uzbekistan")

    assert "TII" in done.stdout
    assert "one edition behind" in done.stdout
    assert "Uzbekistan in 2026, on the scale of 2024" in done.stderr


def test_a_hindcast_has_every_horizon_beside_its_rivals():
    done = json.loads(run("hindcast", "--futures", "200", "--json").stdout)

    assert [each["horizon"] for each in done["horizons"]] == [2, 4, 6]
    for each in done["horizons"]:
        assert each["informed"]["rank_crps"] < each["without"]["rank_crps"]
        assert each["informed"]["rank_crps"] < each["persistence"]["rank_crps"]
    assert {cell["origin"] for cell in done["by_origin"]} == {2014, 2016, 2018, 2020, 2022}
    assert done["inputs"]["2020"][0]["of_the_time"] is True
