"""Scenarios: their owner keeps them, who has the address of a shared one reads it."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product

import pytest
from django.db import connection

from marra.commission.actions import scenarios
from marra.commission.models.plans import Scenario
from marra.commission.queries import scenarios as queries
from marra.commission.rules.scenarios import (
    MOST_KEPT,
    MOST_OPEN,
    NothingChanged,
    ScenarioArchived,
    TooManyKept,
    TooManyScenarios,
    TooManyToCompare,
    room_for_one,
)
from marra.door import terminal_stamp
from marra.index.projection.record import written
from marra.journal.queries.entries import about
from marra.kit.errors import NotAllowed, NotFound
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
    scenario = make.scenario(owner, **{"tii.internet": 95.0, "osi": 1.0})

    kept = queries.visible_to(owner).named(scenario.code)
    assert (kept.place, kept.by, kept.k) == ("UZB", 2030, 30)
    assert kept.changes == {"osi": 1.0, "tii.internet": 95.0}
    told = kept.result
    assert [each["edition"] for each in told["editions"]] == [2026, 2028, 2030]
    assert told["editions"][-1]["after"]["rank_median"] < 63
    assert (told["futures"], told["seed"]) == (200, 0)
    assert told["method_version"]
    assert told["data_version"] == make.found(osi=0.9).data_version
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
        with pytest.raises(NotFound):
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
    ("title", "found", "refusal"),
    [("", make.found(osi=0.9), UnfitTitle), ("Nothing", make.found(), NothingChanged)],
)
def test_a_scenario_without_a_title_or_a_change_is_refused(owner, title, found, refusal):
    with pytest.raises(refusal):
        scenarios.keep_scenario(owner, title=title, found=found)

    assert not Scenario.objects.exists()


@database
def test_what_was_asked_can_be_asked_again_from_what_is_kept(owner):
    kept = queries.visible_to(owner).named(make.scenario(owner, hci=0.95, osi=0.9).code)

    asked = dict(sorted(kept.changes.items()))  # PostgreSQL keeps no order of names
    assert written(make.found(**asked)) == kept.result


def test_no_score_is_needed_to_be_no_worse_than_last():
    found = make.found(osi=0.9)
    last = replace(found.editions[0].before, goal_median=float("-inf"))
    told = written(replace(found, editions=(replace(found.editions[0], before=last),)))

    assert told["editions"][0]["before"]["goal_median"] is None
    assert json.dumps(told, allow_nan=False)


@database
def test_scenarios_are_compared_in_the_order_asked_for(owner, other):
    first, second = make.scenario(owner), make.scenario(owner, hci=0.95)

    found = queries.compared(owner, [second.code, first.code, second.code])

    assert found == [second, first]
    with pytest.raises(NothingNamed):
        queries.compared(other, [first.code])
    with pytest.raises(TooManyToCompare, match="5"):
        queries.compared(owner, list("abcde"))


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
