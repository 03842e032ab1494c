"""Portfolios: a file is kept byte for byte, in versions that nobody changes."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from marra.commission.actions import portfolios
from marra.commission.models.plans import Portfolio, PortfolioVersion
from marra.commission.queries import portfolios as queries
from marra.commission.rules.portfolios import (
    MOST_VERSIONS,
    Kept,
    NoFileName,
    OtherCountry,
    SamePortfolio,
    TooManyVersions,
    VersionWithdrawn,
    next_number,
)
from marra.index.plan import document
from marra.index.plan.portfolio import Budget, Effect, Initiative, Name
from marra.index.plan.portfolio import Portfolio as Proposed
from marra.journal.queries.entries import about
from marra.kit.errors import NotAllowed, NotFound
from marra.kit.findings import FileRefused
from marra.kit.text import Text
from marra.kit.titles import LongNote, UnfitTitle
from marra.store import NothingNamed
from tests.commission import make
from tests.journal.make import cut_at

database = pytest.mark.django_db


@database
def test_a_portfolio_keeps_its_file_and_what_was_read_in_it(as_analyst):
    version = make.portfolio(as_analyst)

    kept = queries.versions_for(as_analyst).named(version.code)
    assert queries.file(kept) == make.file()
    assert (kept.number, kept.format, kept.initiatives) == (1, "toml", 2)
    assert (kept.portfolio.place, kept.portfolio.owner) == ("UZB", as_analyst.by)
    assert kept.portfolio.called == Text("Yoʻl", "Йўл", "Путь", "Road")
    proposed = queries.proposed(kept)
    assert [each.code for each in proposed.initiatives] == ["fibre", "portal"]
    assert proposed.initiatives[0].costs == (100.0, 50.5)
    (entry,) = about(as_analyst, kept.portfolio.code)
    assert entry.deed == "portfolio.opened"
    assert entry.facts == {"version": version.code, "digest": version.digest}


@database
def test_a_new_upload_is_a_new_version_and_the_old_one_stays(as_analyst, as_administrator):
    first = make.portfolio(as_analyst)
    content = make.file(**{"chance = 0.7": "chance = 0.6"})

    second = portfolios.add_version(
        as_administrator, first.portfolio.code, name="new.toml", content=content, note="Less sure"
    )

    first.refresh_from_db()
    assert (second.number, second.note) == (2, "Less sure")
    assert bytes(first.content) == make.file()
    assert queries.current(first.portfolio) == second


@database
def test_the_same_initiatives_are_refused_even_from_another_file(as_analyst):
    first = make.portfolio(as_analyst)

    with pytest.raises(SamePortfolio, match="version 1"):
        portfolios.add_version(
            as_analyst, first.portfolio.code, name="again.toml", content=make.file() + b"\n# new\n"
        )

    assert first.portfolio.versions.count() == 1


@database
def test_a_withdrawn_version_gives_way_and_may_come_again(as_analyst):
    first = make.portfolio(as_analyst)
    portfolios.withdraw_version(as_analyst, first.code)
    assert queries.current(first.portfolio) is None
    with pytest.raises(VersionWithdrawn):
        portfolios.withdraw_version(as_analyst, first.code)

    again = portfolios.add_version(
        as_analyst, first.portfolio.code, name="road.toml", content=make.file()
    )

    assert (again.number, again.digest) == (2, first.digest)
    assert queries.current(first.portfolio) == again
    assert queries.versions_for(as_analyst).count() == 2


@database
def test_the_database_refuses_the_same_version_twice(as_analyst):
    first = make.portfolio(as_analyst)
    first.pk = None
    first.code, first.number = "another-code", 2

    with pytest.raises(DatabaseError), transaction.atomic():
        first.save()


@database
@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"content": b""}, FileRefused),
        ({"content": b"code = "}, FileRefused),
        ({"content": b"x" * 2_000_001}, FileRefused),
        ({"name": " "}, NoFileName),
        ({"title": "two\nlines"}, UnfitTitle),
        ({"note": "x" * 2001}, LongNote),
    ],
)
def test_what_is_refused_leaves_no_trace(as_analyst, asked, refusal):
    with pytest.raises(refusal):
        portfolios.open_portfolio(
            as_analyst, **{"name": "road.toml", "content": make.file(), **asked}
        )

    assert not Portfolio.objects.exists()
    assert not PortfolioVersion.objects.exists()


@database
def test_a_portfolio_that_breaks_off_at_its_last_line_is_not_there(as_analyst):
    cut_at("portfolio.opened")

    with pytest.raises(DatabaseError, match="power is cut"), transaction.atomic():
        make.portfolio(as_analyst)

    assert not Portfolio.objects.exists()
    assert not PortfolioVersion.objects.exists()


@database
def test_a_file_about_another_country_is_no_version(as_analyst):
    first = make.portfolio(as_analyst)

    with pytest.raises(OtherCountry):
        portfolios.add_version(
            as_analyst,
            first.portfolio.code,
            name="kaz.toml",
            content=make.file(**{'place = "UZB"': 'place = "KAZ"'}),
        )


@database
def test_only_analysts_and_administrators_make_portfolios(as_administrator, as_visitor):
    version = make.portfolio(as_administrator)
    code = version.portfolio.code

    for stamp in (as_visitor, make.holder(as_administrator)):
        with pytest.raises(NotAllowed):
            make.portfolio(stamp)
        with pytest.raises(NotFound):
            portfolios.add_version(stamp, code, name="a.toml", content=make.file())
        with pytest.raises(NotFound):
            portfolios.withdraw_version(stamp, version.code)
        with pytest.raises(NotFound):
            portfolios.rename_portfolio(stamp, code, title="Ours")
        with pytest.raises(NotFound):
            portfolios.show_portfolio(stamp, code, is_public=True)


@database
def test_visitors_read_what_is_public(as_analyst, as_visitor):
    version = make.portfolio(as_analyst)
    code = version.portfolio.code
    assert not queries.versions_for(as_visitor).exists()
    with pytest.raises(NothingNamed):
        queries.visible_to(as_visitor).named(code)

    portfolios.show_portfolio(as_analyst, code, is_public=True)

    assert queries.visible_to(as_visitor).named(code).code == code
    assert queries.versions_for(as_visitor).named(version.code) == version
    portfolios.show_portfolio(as_analyst, code, is_public=False)
    assert not queries.visible_to(as_visitor).exists()


@database
def test_a_renamed_portfolio_has_the_title_it_was_given(as_analyst):
    code = make.portfolio(as_analyst).portfolio.code

    renamed = portfolios.rename_portfolio(as_analyst, code, title=" Our  road ")

    assert renamed.called == "Our road"


@database
def test_lists_leave_files_unread(as_analyst, django_assert_num_queries):
    for _ in range(3):
        make.portfolio(as_analyst)

    with django_assert_num_queries(1) as asked:
        told = [(each.number, each.portfolio.title) for each in queries.versions_for(as_analyst)]

    assert len(told) == 3
    assert '"content"' not in asked.captured_queries[0]["sql"]


def test_a_full_list_takes_no_further_version():
    known = [Kept(n, f"{n}", "02.03.2026", withdrawn=False) for n in range(MOST_VERSIONS)]

    with pytest.raises(TooManyVersions):
        next_number(known, "new")


WORDS = st.one_of(st.text(max_size=20), st.builds(Text, *[st.text(max_size=8)] * 4))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
PORTFOLIOS = st.builds(
    Proposed,
    code=st.text(max_size=8),
    title=WORDS,
    place=st.just("UZB"),
    initiatives=st.lists(
        st.builds(
            Initiative,
            code=st.text(max_size=8),
            title=WORDS,
            effects=st.lists(
                st.builds(Effect, st.text(max_size=8), NUMBERS, NUMBERS, NUMBERS, st.text()),
                max_size=3,
            ).map(tuple),
            costs=st.lists(NUMBERS, max_size=4).map(tuple),
            starts=st.lists(st.integers(2020, 2040), max_size=4).map(tuple),
            duration=st.integers(1, 9),
            lag=st.integers(0, 9),
            chance=NUMBERS,
            needs=st.lists(st.text(max_size=4), max_size=2).map(tuple),
            reasoning=WORDS,
        ),
        max_size=3,
    ).map(tuple),
    budgets=st.lists(st.builds(Budget, st.text(), st.integers(), NUMBERS), max_size=2).map(tuple),
    names=st.lists(st.builds(Name, st.text(), WORDS), max_size=2).map(tuple),
    note=WORDS,
)


@given(PORTFOLIOS)
def test_a_portfolio_is_written_and_read_without_loss(portfolio):
    assert document.read(document.written(portfolio)) == portfolio


def test_whole_and_broken_numbers_that_are_equal_give_one_text():
    whole = Proposed("p", "P", "UZB", (), (Budget("a", 2026, 5),))
    broken = replace(whole, budgets=(Budget("a", 2026, 5.0),))

    assert document.written(whole) == document.written(broken)
