"""Scenarios: their owner keeps them, who has the address of a shared one reads it."""

from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from django.db import connection

from marra.commission.actions import scenarios
from marra.commission.models import Scenario
from marra.commission.queries import scenarios as queries
from marra.commission.rules.scenarios import (
    MOST_KEPT,
    MOST_OPEN,
    NothingChanged,
    ScenarioArchived,
    TooManyKept,
    TooManyScenarios,
    UnfitChange,
    UnfitEditions,
    UnfitResult,
    UnfitValue,
    room_for_one,
)
from marra.door import terminal_stamp
from marra.journal.queries import about
from marra.kit.errors import NotAllowed
from marra.kit.places import NoSuchPlace
from marra.kit.titles import UnfitTitle
from marra.store import NothingNamed
from tests.commission import make

database = pytest.mark.django_db


@pytest.fixture
def owner(as_administrator):
    return make.holder(as_administrator)


@pytest.fixture
def other(as_administrator):
    return make.holder(as_administrator, "b.karimov")


@database
def test_whoever_signed_in_keeps_a_scenario_and_alone_reads_it(owner, other, as_visitor):
    scenario = make.scenario(owner, editions=[2030, 2028], changes={"tii.internet": 95, "osi": 1})

    kept = queries.visible_to(owner).named(scenario.code)
    assert (kept.place, kept.editions, kept.result) == ("UZB", [2028, 2030], make.RESULT)
    assert kept.changes == {"osi": 1.0, "tii.internet": 95.0}
    assert list(queries.own(owner)) == [kept]
    for stamp in (other, as_visitor):
        with pytest.raises(NothingNamed):
            queries.visible_to(stamp).named(scenario.code)


@database
def test_a_shared_scenario_is_read_by_its_address_and_listed_nowhere_else(
    owner, other, as_visitor
):
    scenario = make.scenario(owner)

    scenarios.share_scenario(owner, scenario.code, is_public=True)

    for stamp in (other, as_visitor):
        assert queries.visible_to(stamp).named(scenario.code) == scenario
        assert not queries.own(stamp).exists()
    scenarios.share_scenario(owner, scenario.code, is_public=False)
    assert not queries.visible_to(as_visitor).exists()


@database
def test_the_address_of_a_scenario_cannot_be_found_by_trying(owner):
    codes = {make.scenario(owner).code.removeprefix("scenario-") for _ in range(5)}

    assert len(codes) == 5
    assert {len(code) for code in codes} == {32}


@database
def test_an_archived_scenario_is_its_owners_alone_and_changes_no_more(owner, as_visitor):
    scenario = make.scenario(owner)
    scenarios.share_scenario(owner, scenario.code, is_public=True)

    scenarios.archive_scenario(owner, scenario.code)

    assert not queries.visible_to(as_visitor).exists()
    assert not queries.own(owner).exists()
    assert list(queries.own(owner, archived=True)) == [scenario]
    for change in (
        lambda: scenarios.share_scenario(owner, scenario.code, is_public=True),
        lambda: scenarios.rename_scenario(owner, scenario.code, title="Back"),
        lambda: scenarios.archive_scenario(owner, scenario.code),
    ):
        with pytest.raises(ScenarioArchived):
            change()


@database
def test_only_its_owner_changes_a_scenario_and_an_administrator_may_archive_it(
    owner, other, as_visitor, as_administrator
):
    scenario = make.scenario(owner)
    changes = (
        lambda stamp: scenarios.share_scenario(stamp, scenario.code, is_public=True),
        lambda stamp: scenarios.rename_scenario(stamp, scenario.code, title="Mine"),
        lambda stamp: scenarios.archive_scenario(stamp, scenario.code),
    )
    for change, stamp in product(changes, (other, as_visitor)):
        with pytest.raises(NotAllowed):
            change(stamp)
    for change in changes[:2]:
        with pytest.raises(NotAllowed):
            change(as_administrator)

    assert scenarios.rename_scenario(owner, scenario.code, title="New name").title == "New name"
    assert scenarios.archive_scenario(as_administrator, scenario.code).archived_at


@database
def test_a_visitor_keeps_nothing(as_visitor):
    with pytest.raises(NotAllowed):
        make.scenario(as_visitor)


@database
@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"title": ""}, UnfitTitle),
        ({"place": "XXX"}, NoSuchPlace),
        ({"editions": []}, UnfitEditions),
        ({"editions": range(2003, 2016)}, UnfitEditions),
        ({"editions": [1999]}, UnfitEditions),
        ({"changes": {}}, NothingChanged),
        ({"changes": {"oil": 1.0}}, UnfitChange),
        ({"changes": {"osi": float("nan")}}, UnfitValue),
        ({"result": {}}, UnfitResult),
        ({"result": {**make.RESULT, "rank": float("inf")}}, UnfitResult),
        ({"result": {**make.RESULT, "all": "x" * 20_000}}, UnfitResult),
    ],
)
def test_a_scenario_that_makes_no_sense_is_refused(owner, changed, refusal):
    with pytest.raises(refusal):
        make.scenario(owner, **changed)

    assert not Scenario.objects.exists()


def test_an_account_has_room_for_so_many():
    with pytest.raises(TooManyScenarios, match=str(MOST_OPEN)):
        room_for_one(MOST_OPEN, MOST_OPEN)
    with pytest.raises(TooManyKept, match=str(MOST_KEPT)):
        room_for_one(0, MOST_KEPT)


@database
def test_archiving_one_makes_room_and_another_account_has_its_own(owner, other):
    made = [make.scenario(owner) for _ in range(MOST_OPEN)]
    with pytest.raises(TooManyScenarios):
        make.scenario(owner)
    make.scenario(other)

    scenarios.archive_scenario(owner, made[0].code)

    make.scenario(owner)
    assert queries.own(owner).count() == MOST_OPEN


@database
def test_the_journal_says_what_was_done_and_not_what_it_is_called(owner):
    scenario = make.scenario(owner, title="Secret name")
    scenarios.rename_scenario(owner, scenario.code, title="Other name")
    scenarios.share_scenario(owner, scenario.code, is_public=True)
    scenarios.archive_scenario(owner, scenario.code)

    entries = list(about(owner, scenario.code).order_by("id"))

    assert [entry.deed for entry in entries] == [
        "scenario.kept",
        "scenario.renamed",
        "scenario.shared",
        "scenario.archived",
    ]
    assert [entry.facts for entry in entries] == [{}, {}, {"public": True}, {}]


# ── Two at once ──────────────────────────────────────────────────────────────────────────────


def keeping(stamp) -> str:
    try:
        make.scenario(stamp)
    except TooManyScenarios as refusal:
        return refusal.code()
    finally:
        connection.close()
    return "kept"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="a test database in memory has one writer"
)
def test_none_slips_past_the_limit_by_coming_at_the_same_moment():
    owner = make.holder(terminal_stamp())
    for _ in range(MOST_OPEN - 1):
        make.scenario(owner)

    with ThreadPoolExecutor(4) as pool:
        said = sorted(pool.map(keeping, [owner] * 4))

    assert said == ["commission.too-many-scenarios"] * 3 + ["kept"]
