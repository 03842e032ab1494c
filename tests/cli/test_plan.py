"""`marra index plan` and `frontier`: what they promise to print, and what they refuse."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from marra.cli.index import index
from marra.index.plan.files import packaged, to_toml
from marra.kit.errors import Refusal


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("plan") / "uzbekistan.toml"
    path.write_bytes(to_toml(packaged("uzbekistan")))
    return str(path)


def run(*words):
    done = CliRunner().invoke(index, [*words, "--futures", "1000"], catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


def test_a_plan_has_the_fields_that_were_promised_and_its_promise_holds(file):
    code, out, _err = run("plan", file, "--top", "30", "--by", "2030", "--odds", "0.4", "--json")
    found = json.loads(out)

    assert code == 0
    assert {"chosen", "cost", "odds", "odds_check", "futures", "seed", "data_version"} <= set(
        found
    )
    assert (found["country"], found["edition"], found["reached"]) == ("UZB", 2030, True)
    assert found["odds"] >= 0.4 > found["odds_before"]
    assert found["odds_check"] == pytest.approx(found["odds"], abs=0.08)  # of 1,000 futures
    assert found["cost"] == sum(each["cost"] for each in found["chosen"])
    assert [each["edition"] for each in found["editions"]] == [2026, 2028, 2030]
    assert found["editions"][-1]["odds"] == found["odds"]
    for each in found["spending"]:
        assert each["limit"] is None or each["amount"] <= each["limit"]


def test_the_same_seed_gives_the_same_plan_and_another_seed_other_futures(file):
    words = ("plan", file, "--odds", "0.3", "--json")

    one, again, other = run(*words), run(*words), run(*words, "--seed", "7")

    assert one == again
    assert json.loads(other[1])["odds_before"] != json.loads(one[1])["odds_before"]


def test_money_may_be_given_instead_of_odds(file):
    found = json.loads(run("plan", file, "--budget", "3e10", "--json")[1])

    assert found["cost"] <= 3e10
    assert found["odds"] > found["odds_before"]
    assert run("plan", file, "--budget", "1", "--odds", "0.5")[0] == 2


def test_odds_out_of_reach_say_what_would_have_to_give_way(file):
    code, out, err = run("plan", file, "--odds", "0.999", "--json")
    found = json.loads(out)

    assert code == 1
    assert found["reached"] is False
    assert found["relax"][-1]["kind"] == "odds"
    assert found["relax"][-1]["amount"] == found["odds"]
    assert "within its limits the best odds are" in err
    assert "Would do: " in err


def test_the_frontier_is_a_list_that_rises(file):
    code, out, _err = run("frontier", file, "--points", "5", "--json")
    points = json.loads(out)

    assert code == 0
    assert 2 <= len(points) <= 5
    assert points[0]["chosen"] == []
    for name in ("cost", "odds"):
        values = [each[name] for each in points]
        assert values == sorted(set(values))


def test_tables_stand_on_stdout_and_words_on_stderr(file):
    _code, out, err = run("plan", file, "--odds", "0.3")
    _code, lines, _err = run("frontier", file, "--points", "3")

    assert "start" in out
    assert "██" in out
    assert "1000 futures, seed 0" in err
    assert "Uzbekistan: place 30 or better in 2030" in err
    assert "0.0%" not in lines
    assert "fresh futures" in lines


def test_the_solver_writes_nothing_to_stdout(file):
    words = [sys.executable, "-m", "marra", "index", "plan", file, "--futures", "500", "--json"]

    done = subprocess.run([*words, "--odds", "0.5"], capture_output=True, text=True)

    assert json.loads(done.stdout)["reached"] is True


def test_another_country_may_be_planned_for_and_wrong_files_are_refused(file, tmp_path):
    found = json.loads(run("plan", file, "--country", "KAZ", "--odds", "0.1", "--json")[1])
    (tmp_path / "empty.toml").write_bytes(b"")

    assert found["country"] == "KAZ"
    with pytest.raises(Refusal):
        run("plan", str(tmp_path / "empty.toml"))
