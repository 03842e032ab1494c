"""The table of all countries: filters, orders, and those without an index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.evidence.queries import releases as queries
from marra.web.index.rows import (
    INCOMES,
    LEVELS,
    REGIONS,
    SORTS,
    Choice,
    UnknownChoice,
    all_rows,
    chosen,
    select,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def rows(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return all_rows(queries.surveys(), 2008, "en")


def test_every_member_state_has_a_row_and_those_without_an_index_stand_last(rows):
    ranks = [row.rank for row in rows]

    assert len(rows) == 192
    assert ranks.count(None) == 10
    assert None not in ranks[:-10]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("order", ["asc", "desc"])
def test_an_order_sorts_what_is_known_and_leaves_the_unknown_last(rows, sort, order):
    found = select(rows, Choice(sort=sort, order=order))

    values = [getattr(row, sort) for row in found if getattr(row, sort) is not None]
    unknown = [getattr(row, sort) is None for row in found]
    if sort != "name":
        assert values == sorted(values, reverse=order == "desc")
    assert unknown == sorted(unknown)
    assert len(found) == len(rows)


@given(
    region=st.sampled_from(["", *REGIONS]),
    income=st.sampled_from(["", *INCOMES]),
    level=st.sampled_from(["", *LEVELS]),
)
def test_a_filter_keeps_exactly_those_it_names(rows, region, income, level):
    found = select(rows, Choice(region=region, income=income, level=level))

    wanted = [
        row
        for row in rows
        if (not region or row.region == region)
        and (not income or row.income == income)
        and (not level or row.level == level)
    ]
    assert found == wanted


@pytest.mark.parametrize("query", [{"sort": "gdp"}, {"order": "up"}, {"level": "top"}])
def test_an_unknown_choice_is_refused_with_those_that_exist(query):
    with pytest.raises(UnknownChoice, match="Choose one of these"):
        chosen(query)


def test_a_change_counts_places_gained(rows):
    own = next(row for row in rows if row.place == "UZB")

    assert (own.rank, own.change) == (109, 79 - 109)


def test_a_file_holds_no_cell_that_a_spreadsheet_would_run(client):
    text = client.get("/en/edition/2024.csv").content.decode("utf-8-sig")

    cells = [line.split(",")[2] for line in text.splitlines() if line[:1].isdigit()]
    assert len(cells) == 193
    assert not [cell for cell in cells if cell[:1] in "=+-@"]


def test_an_unknown_form_of_file_is_refused(client):
    assert client.get("/en/edition/2024.exe").status_code == 404
