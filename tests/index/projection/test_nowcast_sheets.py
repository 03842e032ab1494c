"""How late a series is decides what of it is believed."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from marra.index import load, recompute
from marra.index.components import (
    PACKAGED,
    WrongComponent,
    components,
    components_version,
    dated,
)
from marra.index.load import sources
from marra.index.projection.evidence import HCI, HCI_INPUTS, TII, gather
from marra.index.projection.sheets import NoComponents, State, sheet
from marra.index.survey import RawInput
from marra.kit.places import PLACES
from tests.index.projection.make import known_panel

ALL = tuple(sorted(PLACES))


def given(name: str, year: int, countries: int = 150, source: str = "wdi_sg") -> list[RawInput]:
    return [RawInput(place, name, 50.0, "%", source, year) for place in ALL[:countries]]


@pytest.mark.parametrize(
    ("year", "state"),
    [
        (2024, State.FRESH),
        (2023, State.FRESH),
        (2022, State.BEHIND),
        (2021, State.BEHIND),
        (2020, State.MISSING),
    ],
)
def test_a_series_is_fresh_or_behind_or_missing_by_the_age_of_the_middle_country(year, state):
    found = sheet({2026: tuple(given("tii.mobile", year))}, 2026, ALL)

    assert found.series["tii.mobile"].state is state
    assert found.series["tii.mobile"].data_year == year


def test_a_series_of_few_countries_is_missing_and_old_literacy_is_not():
    inputs = given("tii.mobile", 2024, countries=59) + given("hci.literacy", 2015)

    found = sheet({2026: tuple(inputs)}, 2026, ALL)

    assert found.series["tii.mobile"].state is State.MISSING
    assert found.series["hci.literacy"].state is State.FRESH


def test_figures_are_of_the_time_when_they_were_taken_before_the_edition_appeared():
    known = components()

    assert sheet(known, 2020, ALL).series["tii.mobile"].of_the_time
    assert not sheet(known, 2016, ALL).series["tii.mobile"].of_the_time
    assert not sheet(known, 2022, ALL).series["hci.mean_years"].of_the_time  # 20 days before
    assert sheet(known, 2024, ALL).series["hci.mean_years"].of_the_time


def test_an_edition_that_nothing_is_known_of_is_refused_with_those_that_are():
    with pytest.raises(NoComponents, match=r"2028 .*2024, 2026"):
        gather(components(), known_panel(), 2028)


def test_every_packaged_figure_has_a_known_source_and_stands_once():
    lines = (PACKAGED / "components.csv").read_text(encoding="utf8").splitlines()[1:]
    keys = [tuple(line.split(",")[:3]) for line in lines]
    codes = {part for line in lines for part in line.split(",")[4].split("+")}

    assert len(set(keys)) == len(keys)
    assert {place for _, place, _ in keys} <= set(PLACES)
    assert {code.partition("@")[0] for code in codes} <= set(sources())
    assert dated("itu_amb_2024+itu_fbb_2026") == date(2024, 3, 22)


def test_the_version_follows_every_figure():
    known = components()
    other = dict(known)
    other[2026] = (replace(known[2026][0], value=99.0), *known[2026][1:])

    assert components_version(other) != components_version(components())


@pytest.mark.parametrize("edition", [2018, 2020, 2022])
def test_tii_by_its_own_formula_is_what_the_index_recomputes(edition):
    found = gather(components(), known_panel(edition - 2), edition, own_formula=True)
    recomputed = recompute(load(edition), "tii").values
    rows = [found.places.index(place) for place in recomputed]
    values = np.array(list(recomputed.values()))
    told = found.columns[edition][TII][rows, 0]

    line = np.polyfit(values, told, 1)

    assert found.formula == edition
    assert np.abs(np.polyval(line, values) - told).max() < 1e-6


def test_by_default_the_formula_is_that_of_the_edition_before():
    found = gather(components(), known_panel(2022), 2024)

    assert found.formula == 2022
    assert "tii.basket_mobile" not in {each.name for each in found.series}
    own = gather(components(), known_panel(2022), 2024, own_formula=True)
    assert "tii.basket_mobile" in {each.name for each in own.series}


def changed(edition: int, indicator: str) -> dict[int, tuple[RawInput, ...]]:
    known = dict(components())
    known[edition] = tuple(
        replace(raw, value=raw.value / 2)
        if raw.indicator == indicator and raw.place == "UZB"
        else raw
        for raw in known[edition]
    )
    return known


@pytest.mark.parametrize(
    ("edition", "indicator", "part", "matters"),
    [
        (2022, "tii.mobile_broadband", TII, False),
        (2020, "tii.mobile_broadband", TII, True),
        (2022, "tii.internet", TII, True),
        (2022, "hci.mean_years", HCI, False),
        (2020, "hci.mean_years", HCI, True),
        (2022, "hci.enrolment", HCI, False),
        (2020, "hci.enrolment", HCI, False),
    ],
)
def test_the_past_is_made_as_late_as_the_edition_in_question(edition, indicator, part, matters):
    before = gather(components(), known_panel(), 2026).columns[2022][part]
    after = gather(changed(edition, indicator), known_panel(), 2026).columns[2022][part]

    assert np.array_equal(before, after, equal_nan=True) is not matters


def test_a_missing_input_is_missing_for_everybody_and_in_every_edition():
    found = gather(components(), known_panel(), 2026)

    for columns in found.columns.values():
        assert np.isnan(columns[HCI][:, HCI_INPUTS.index("hci.enrolment")]).all()
    assert {each.name: each.state.value for each in found.series}["hci.enrolment"] == "missing"


def test_a_country_with_half_of_the_formula_or_less_has_no_evidence_of_tii():
    known = dict(components())
    known[2022] = tuple(
        raw
        for raw in known[2022]
        if (raw.place, raw.indicator) not in {("UZB", "tii.internet"), ("UZB", "tii.mobile")}
    )
    uzb = known_panel(2020).places.index("UZB")

    found = gather(known, known_panel(2020), 2022).columns[2022][TII][uzb, 0]
    whole = gather(components(), known_panel(2020), 2022).columns[2022][TII][uzb, 0]

    assert np.isnan(found)
    assert not np.isnan(whole)


HEAD = "edition,place,indicator,value,source,data_year\n"


def test_newer_figures_take_the_place_of_packaged_ones(tmp_path):
    more = tmp_path / "more.csv"
    more.write_text(HEAD + "2026,UZB,tii.internet,95.5,own,2024\n", encoding="utf8")

    found = components(more)
    internet = {raw.place: raw for raw in found[2026] if raw.indicator == "tii.internet"}

    assert (internet["UZB"].value, internet["UZB"].source) == (95.5, "own")
    assert len(found[2026]) == len(components()[2026])
    assert found[2024] == components()[2024]
    assert dated("own") is None


@pytest.mark.parametrize(
    "row",
    [
        "2026,XXX,tii.internet,95.5,own,2024",
        "2026,UZB,tii.invented,95.5,own,2024",
        "2026,UZB,tii.internet,much,own,2024",
        "2026,UZB,tii.internet",
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_its_line(tmp_path, row):
    more = tmp_path / "more.csv"
    more.write_text(f"{HEAD}2026,KAZ,tii.internet,93.0,own,2024\n{row}\n", encoding="utf8")

    with pytest.raises(WrongComponent, match=r"more\.csv, line 3"):
        components(more)
