"""The terminal's answers about the index: public contracts, and words for people."""

import csv
import io
import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from marra.__main__ import marra
from marra.cli.index import index
from marra.index import known, load
from marra.kit.errors import Refusal


def run(*words):
    done = CliRunner().invoke(index, words, catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


def answer(*words):
    code, out, _err = run(*words, "--json")
    assert code == 0
    return json.loads(out)


def test_verify_has_every_edition_and_the_fields_that_were_promised():
    editions = answer("verify")["editions"]

    assert [each["edition"] for each in editions] == list(known())
    promised = {"edition", "countries", "max_abs_error", "rank_mismatches", "exceptions"}
    assert all(promised <= each.keys() for each in editions)
    assert max(each["max_abs_error"] for each in editions) <= 7e-5
    assert [each["rank_mismatches"] for each in editions if each["rank_mismatches"]] == [4]


@pytest.mark.parametrize("year", [2003, 2014, 2024])
@pytest.mark.parametrize("place", ["UZB", "DNK", "PRK"])
def test_rank_gives_what_was_published(year, place):
    survey = load(year)
    row = survey.at(place)

    found = answer("rank", "--country", place, "--edition", str(year))

    assert (found["country"], found["edition"]) == (place, year)
    assert found["rank"] == survey.ranks[row]
    assert found["egdi"] == survey.egdi[row]
    assert {"osi", "tii", "hci", "epi"} <= found.keys()


@pytest.mark.parametrize(
    "written", ["uzb", "UZ", "Узбекистан", "oʻzbekiston", "O'zbek", "Ўзбекистон"]
)
def test_a_country_may_be_written_in_any_language(written):
    assert answer("rank", "--country", written)["country"] == "UZB"


def test_rank_without_a_country_lists_all_in_order():
    ranking = answer("rank", "--edition", "2024")["ranking"]

    assert len(ranking) == 193
    assert [row["rank"] for row in ranking] == sorted(row["rank"] for row in ranking)


def test_explain_sums_to_its_gap():
    found = answer("explain", "--country", "UZB", "--edition", "2024", "--to-rank", "30")

    assert found["gap"] > 0.08
    assert sum(each["value"] for each in found["contributions"]) == pytest.approx(
        found["gap"], abs=1e-11
    )


def test_explain_knows_a_country_and_peers_as_targets():
    assert answer("explain", "--to-country", "KAZ")["targets"] == ["KAZ"]
    assert answer("explain", "--to-peers", "KAZ,Туркия")["targets"] == ["KAZ", "TUR"]


def test_what_if_has_before_and_after():
    found = answer("what-if", "--country", "UZB", "--edition", "2024", "--set", "osi=0,9")

    assert found["before"]["rank"] == 63
    assert found["after"]["rank"] < 63
    assert found["after"]["egdi"] > found["before"]["egdi"] == 0.7999


def test_what_if_shares_the_places_out_among_the_countrys_own_changes():
    found = answer("what-if", "--set", "osi=0.9", "--set", "hci=0.85")
    mixed = answer("what-if", "--set", "osi=0.9", "--set", "KAZ:osi=0.5")

    gained = found["before"]["rank"] - found["after"]["rank"]
    assert sum(each["places"] for each in found["gains"]) == pytest.approx(gained)
    assert mixed["gains"] is None


def test_what_is_taken_as_certain_narrows_the_odds():
    unsure = answer("uncertainty", "--draws", "2000")["intervals"]["95"]
    surer = answer("uncertainty", "--draws", "2000", "--certain", "data")["intervals"]["95"]

    assert surer[1] - surer[0] < unsure[1] - unsure[0]


def test_what_if_takes_changes_of_other_countries_too():
    found = answer("what-if", "--set", "osi=0.9", "--set", "KAZ:tii.internet=50")

    assert {each["country"] for each in found["changes"]} == {"UZB", "KAZ"}


@pytest.mark.parametrize("text", ["osi", "osi=much", "=0.5", "beauty=0.5", "osi=7"])
def test_a_change_that_cannot_be_read_is_refused_with_a_sentence(text):
    with pytest.raises(Refusal) as refused:
        run("what-if", "--set", text)

    assert str(refused.value).endswith(".")


def test_a_word_that_fits_several_countries_asks_which():
    with pytest.raises(Refusal, match="may mean"):
        run("rank", "--country", "united")


def test_the_same_seed_gives_the_same_odds_and_zero_is_a_seed():
    words = ("uncertainty", "--draws", "2000", "--seed")

    first, again, other = answer(*words, "0"), answer(*words, "0"), answer(*words, "1")

    assert first == again
    assert first["seed"] == 0
    assert first["distribution"] != other["distribution"]
    assert sum(first["distribution"]) == pytest.approx(1)
    assert first["intervals"]["50"][0] <= first["median"] <= first["intervals"]["50"][1]


def test_sensitivity_names_every_factor_with_both_indices():
    found = answer("sensitivity", "--n", "64")

    assert len(found["factors"]) >= 14
    assert all({"first", "total"} <= each["rank"].keys() for each in found["factors"])


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_learns_to_complete(shell):
    done = CliRunner().invoke(marra, ["completion", shell])

    assert "_MARRA_COMPLETE" in done.stdout


def test_export_is_a_table_with_every_row():
    _code, out, _err = run("export", "--edition", "2022")

    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 193
    assert {row["edition"] for row in rows} == {"2022"}


@pytest.mark.parametrize(
    "words",
    [["verify"], ["rank"], ["explain"], ["what-if", "--set", "osi=1"], ["compare", "UZB", "KAZ"]],
)
def test_tables_stand_on_stdout_and_words_on_stderr(words):
    code, out, err = run(*words)

    assert code == 0
    assert out.splitlines()
    assert "2024" in err


def test_the_index_starts_without_django():
    script = (
        "import sys; sys.argv = ['marra', 'index', 'rank', '--country', 'UZB', '--json']\n"
        "from marra.__main__ import marra\n"
        "marra(standalone_mode=False); assert 'django' not in sys.modules"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rank"] == 63


def test_climbers_are_counted_as_the_index_counts_them():
    found = answer("climbers", "--country", "UZB")

    assert (found["share"]["reached"], found["share"]["starts"]) == (6, 155)
    assert found["band"] == [50, 75]
    assert {row["country"] for row in found["from_outside"]} == {"KAZ", "UKR"}
    assert [row["moved_most"] for row in found["reached"]].count("osi") == 4
    assert found["gains"]["quantiles"]["0.5"] == -2


def test_climbers_in_words_say_how_sure_the_share_is():
    code, out, err = run("climbers", "--years", "4", "--band", "50-75")

    assert code == 0
    assert "Latvia" in out
    assert "181" in out + err
    assert "95 % interval" in out + err


@pytest.mark.parametrize("band", ["20-40", "75-50", "fifty"])
def test_a_band_that_cannot_be_climbed_from_is_refused(band):
    with pytest.raises(Refusal):
        run("climbers", "--band", band)
