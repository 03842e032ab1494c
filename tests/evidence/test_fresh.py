"""Fresh figures: what counts, what does not and why, and what it would change of the Survey."""

import json
from datetime import date

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from marra.__main__ import marra
from marra.evidence.actions import collecting
from marra.evidence.actions.observations import enter
from marra.evidence.queries.fresh import nowcast
from marra.evidence.rules.fresh import Candidate, WhyNot, fresh
from marra.index.components import components
from marra.index.estimate import moved, needed, rates
from marra.index.load import load
from marra.index.survey import NotInEdition
from marra.index.what_if import what_if

SURVEY = load(2024)


def candidate(**changed):
    told = {
        "indicator": "tii.internet",
        "value": 89.0,
        "day": date(2023, 12, 31),
        "basis": "survey-3-months",
        "unit": "per 100 people",
        "source": "ITU",
    }
    return Candidate(**{**told, **changed})


def why(**changed):
    (line,) = fresh(SURVEY, "UZB", [candidate(**changed)], {}).lines
    return line.why_not


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, None),
        ({"basis": "connections"}, WhyNot.BASIS),
        ({"unit": "%"}, WhyNot.UNIT),
        ({"day": date(2022, 12, 31)}, WhyNot.OLDER),
        ({"day": date(2023, 1, 1)}, WhyNot.OLDER),  # what had been reached when 2022 ended
        ({"doubtful": True}, WhyNot.DOUBTFUL),
        (
            {"indicator": "tii.fixed_broadband", "basis": "subscriptions"},
            WhyNot.NO_PART,
        ),
        (
            {"indicator": "portal.services", "basis": "announced", "unit": "services"},
            WhyNot.NO_PART,
        ),
    ],
)
def test_a_value_counts_or_says_why_not(changed, reason):
    assert why(**changed) == reason


def test_a_country_without_the_other_inputs_cannot_be_moved_by_one():
    lacking = next(
        place
        for place in SURVEY.places
        if ("tii.basket_mobile" not in {n for p, n in SURVEY.input_facts if p == place})
        and (place, "tii.internet") in SURVEY.input_facts
    )

    (line,) = fresh(SURVEY, lacking, [candidate()], {}).lines

    assert line.why_not == WhyNot.INCOMPLETE


def test_only_the_newest_value_of_a_series_counts():
    older, newer = candidate(value=85.0), candidate(value=88.0, day=date(2024, 12, 31))

    found = fresh(SURVEY, "UZB", [older, newer], {})

    assert [(line.candidate.value, line.why_not) for line in found.lines] == [
        (88.0, None),
        (85.0, WhyNot.SUPERSEDED),
    ]
    assert found.nowcast == what_if(SURVEY, {("UZB", "tii.internet"): 88.0}).after["UZB"]


def test_without_anything_newer_everything_is_as_published():
    found = fresh(SURVEY, "UZB", [], {})

    assert found.nowcast == found.best == found.worst == found.published
    assert found.used == ()


def test_inputs_together_are_the_what_if_of_all_of_them():
    lines = [candidate(), candidate(indicator="tii.mobile", value=110.0, basis="all-sim")]

    found = fresh(SURVEY, "UZB", lines, {})

    asked = {("UZB", "tii.internet"): 89.0, ("UZB", "tii.mobile"): 110.0}
    assert found.nowcast == what_if(SURVEY, asked).after["UZB"]
    assert all(line.egdi_change > 0 for line in found.used)


def test_others_that_renew_too_make_the_range_wider_never_narrower():
    others = {}
    for raw in components()[2026]:
        others.setdefault(raw.place, []).append(raw)

    found = fresh(SURVEY, "UZB", [candidate()], others)

    assert found.best.rank <= found.nowcast.rank <= found.worst.rank
    assert found.others > 100


@given(st.floats(0, 18))
def test_more_schooling_never_costs_places_when_others_stand_still(years):
    given_years = candidate(
        indicator="hci.expected_years", value=years, basis="uis-method", unit="years"
    )

    found = fresh(SURVEY, "UZB", [given_years], {})

    rose = years >= 11.99291039
    assert (found.nowcast.egdi >= found.published.egdi - 1e-9) == rose or years == 11.99291039


def test_a_country_outside_of_the_edition_is_refused():
    with pytest.raises(NotInEdition):
        fresh(SURVEY, "XXX", [], {})


# ── Estimate ─────────────────────────────────────────────────────────────────────────────────


def test_hci_is_estimated_only_where_one_input_is_published_by_nobody():
    assert [year for year in (2003, 2014, 2018, 2022, 2024) if needed(load(year))] == [2024]


def test_the_estimate_explains_hci_about_as_well_as_the_method_page_says():
    found = rates(SURVEY)

    assert found.median_error < 0.025
    assert found.countries > 110
    assert all(np.array(found.readings)[:, :4].ravel() > 0)


def test_no_change_of_inputs_moves_nothing_and_years_above_eighteen_add_nothing():
    years = float(SURVEY.inputs[SURVEY.at("UZB"), SURVEY.input_names.index("hci.expected_years")])

    assert moved(SURVEY, "UZB", {"hci.expected_years": years}).likely == 0
    assert moved(SURVEY, "UZB", {"hci.expected_years": 18.0}) == moved(
        SURVEY, "UZB", {"hci.expected_years": 25.0}
    )


# ── Query and terminal ───────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_an_observation_that_is_not_public_moves_only_what_staff_read(as_analyst, as_visitor):
    enter(
        as_analyst,
        indicator="hci.expected_years",
        place="UZB",
        value=14.0,
        day=date(2025, 12, 31),
        basis="uis-method",
        source="Ministry, preliminary",
        is_public=False,
    )

    staff, visitor = nowcast("UZB", as_analyst), nowcast("UZB", as_visitor)

    assert staff.nowcast.egdi > visitor.nowcast.egdi
    assert "hci.expected_years" not in {line.candidate.indicator for line in visitor.used}


@pytest.mark.django_db
def test_the_terminal_tells_what_counts_and_what_does_not(as_administrator):
    collecting.adopt(as_administrator)

    done = CliRunner().invoke(marra, ["evidence", "nowcast", "--country", "UZB", "--json"])

    told = json.loads(done.stdout)
    assert (told["country"], told["edition"], told["published"]["rank"]) == ("UZB", 2024, 63)
    assert told["nowcast"]["egdi"] != told["published"]["egdi"]
    low, high = told["nowcast"]["rank_range"]
    assert low <= told["nowcast"]["rank"] <= high
    by_code = {(line["indicator"], line["basis"]): line for line in told["inputs"]}
    assert by_code["tii.mobile", "persons"]["why_not"] == "basis"
    assert by_code["hci.expected_years", "uis-method"]["survey_year"] == 2022
    assert all(line["used"] == (line["why_not"] is None) for line in told["inputs"])
    assert CliRunner().invoke(marra, ["evidence", "nowcast"]).exit_code == 0


@pytest.mark.django_db
def test_the_terminal_collects(released):
    done = CliRunner().invoke(marra, ["evidence", "collect"])

    assert done.exit_code == 0
    assert "taken in" in done.stderr


def run(*arguments):
    done = CliRunner().invoke(marra, ["evidence", *arguments])
    assert done.exit_code == 0, done.output
    return done


@pytest.mark.django_db
def test_the_terminal_shows_the_board_and_the_desk(as_administrator):
    collecting.adopt(as_administrator)

    told = json.loads(run("board", "--json").stdout)["indicators"]
    rows = {each["indicator"]: each for each in told}
    desk = json.loads(run("desk", "--year", "2026", "--json").stdout)

    assert "basis" in rows["mobile.subscribers"]["odd"]
    assert {each["organisation"] for each in desk["collections"]} == {
        "ITU", "UIS", "UNDP", "UN DESA",
    }  # fmt: skip
    (differs,) = desk["discrepancies"]
    assert (differs["indicator"], differs["rank_change"]) == ("hci.expected_years", 4)
    run("board"), run("desk")


@pytest.mark.django_db
def test_the_terminal_takes_a_file_in_or_only_checks_it(released, tmp_path):
    file = tmp_path / "values.csv"
    file.write_text(
        "indicator,value,day,basis,source\nportal.services,761,30.06.2025,announced,my.gov.uz\n"
    )

    assert "can be taken in: 1" in run("import", str(file), "--check").stderr
    assert "Taken in: 1" in run("import", str(file)).stderr
    assert "known already: 1" in run("import", str(file)).stderr
