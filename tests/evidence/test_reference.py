"""The reader on the checked reference tables, where they are at hand."""

import os
from pathlib import Path

import pytest

from marra.evidence.rules import reader
from marra.index.load import known, load


@pytest.fixture
def folder() -> Path:
    place = os.environ.get("MARRA_REFERENCE_DATA")
    if not place:
        pytest.skip("MARRA_REFERENCE_DATA is not set: the reader was not tried on its tables")
    return Path(place) / "egdi"


def test_the_reference_table_of_all_editions_is_read_with_the_flags_it_bears(folder):
    parsed = reader.read("editions.csv", (folder / "editions.csv").read_bytes())

    assert tuple(each.edition for each in parsed) == known()
    for each in parsed:
        survey = load(each.edition)
        assert tuple(row.place for row in each.rows) == survey.places
        assert tuple(row.flags for row in each.rows) == survey.flags
        assert [row.egdi for row in each.rows] == survey.egdi.tolist()


def test_the_reference_table_of_raw_inputs_is_read_under_our_names(folder):
    content = (folder / "components_tii_inputs.csv").read_bytes()

    parsed = reader.read("components_tii_inputs.csv", content)

    assert [each.edition for each in parsed] == [2018, 2020, 2022, 2024]
    assert all(one.indicator.startswith("tii.") for each in parsed for one in each.given)
    assert sum(len(each.given) for each in parsed) == content.count(b"\n") - 1
