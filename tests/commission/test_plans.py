"""Plans: a draft may change, a proposed plan stays, one plan of a country is in force."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

from marra.commission.actions import plans, portfolios
from marra.commission.models.plans import PlanVersion
from marra.commission.queries import plans as queries
from marra.commission.rules.plans import (
    MOVES,
    ChosenTwice,
    Goal,
    MoveNotOpen,
    NoSuchMove,
    PlanFixed,
    State,
    UnfitGoal,
    UnfitOdds,
    UnknownInitiative,
    WrongStart,
    open_moves,
    step,
)
from marra.commission.rules.portfolios import OtherCountry, SamePortfolio, VersionWithdrawn
from marra.door import terminal_stamp
from marra.journal.queries.entries import about
from marra.kit.errors import NotAllowed, NotFound
from tests.commission import make
from tests.journal.make import cut_at

database = pytest.mark.django_db


@database
def test_a_plan_keeps_what_was_asked_and_its_price_follows_from_the_portfolio(as_analyst):
    version = make.portfolio(as_analyst)

    code = make.plan(as_analyst, version).code

    plan = queries.visible_to(as_analyst).named(code)
    assert queries.made(plan) == make.made()
    assert (plan.state, plan.cost) == (State.DRAFT, 180.5)
    assert plan.spending == [
        {"year": 2026, "source": "grant", "amount": 30.0},
        {"year": 2027, "source": "budget", "amount": 100.0},
        {"year": 2028, "source": "budget", "amount": 50.5},
    ]
    (entry,) = about(as_analyst, code)
    assert entry.facts == {"version": version.code, "edition": 2030, "place": "UZB"}


@database
@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"chosen": (("nothing", 2026),)}, UnknownInitiative),
        ({"chosen": (("portal", 2027),)}, WrongStart),
        ({"chosen": (("fibre", 2026), ("fibre", 2027))}, ChosenTwice),
        ({"odds": 1.2}, UnfitOdds),
        ({"odds_check": float("nan")}, UnfitOdds),
        ({"futures": 0}, UnfitOdds),
        ({"method_version": ""}, UnfitOdds),
        ({"goal": Goal("UZB", 0, 2030, odds=0.8)}, UnfitGoal),
        ({"goal": Goal("UZB", 30, 2030)}, UnfitGoal),
        ({"goal": Goal("UZB", 30, 2030, odds=0.8, budget=5.0)}, UnfitGoal),
        ({"goal": Goal("UZB", 30, 2030, odds=1.0)}, UnfitGoal),
        ({"goal": Goal("KAZ", 30, 2030, odds=0.8)}, OtherCountry),
    ],
)
def test_a_plan_that_does_not_fit_its_portfolio_is_refused(as_analyst, changed, refusal):
    version = make.portfolio(as_analyst)

    with pytest.raises(refusal):
        make.plan(as_analyst, version, **changed)

    assert not PlanVersion.objects.exists()


@database
def test_no_plan_is_made_from_a_withdrawn_version_and_those_there_are_stay(as_analyst):
    version = make.portfolio(as_analyst)
    plan = make.plan(as_analyst, version)
    portfolios.withdraw_version(as_analyst, version.code)

    with pytest.raises(VersionWithdrawn):
        make.plan(as_analyst, version)

    assert plans.move_plan(as_analyst, plan.code, move="propose").state == State.PROPOSED


@database
def test_a_draft_may_change_and_a_proposed_plan_stays(as_analyst):
    plan = make.plan(as_analyst, make.portfolio(as_analyst))
    anew = make.made(chosen=(("portal", 2026),), odds=0.4, odds_check=0.41)
    plans.revise_plan(as_analyst, plan.code, title="Cheaper", note="Only one", made=anew)
    plan.refresh_from_db()
    assert (plan.title, plan.cost, plan.odds) == ("Cheaper", 30.0, 0.4)
    plans.move_plan(as_analyst, plan.code, move="propose")

    with pytest.raises(PlanFixed):
        plans.revise_plan(as_analyst, plan.code, title="Dearer")

    plan.refresh_from_db()
    assert plan.title == "Cheaper"


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", State)
def test_each_step_is_open_only_where_the_table_says_so(state, move):
    if move in open_moves(state):
        assert step(state, move, title="x") is MOVES[move].after
    else:
        with pytest.raises(MoveNotOpen):
            step(state, move, title="x")


def test_the_table_of_moves_is_the_way_from_draft_to_decision():
    assert {state.value: open_moves(state) for state in State} == {
        "draft": ("propose",),
        "proposed": ("adopt", "reject"),
        "adopted": ("supersede",),
        "rejected": ("supersede",),
        "superseded": (),
    }
    with pytest.raises(NoSuchMove, match="propose, adopt"):
        step(State.DRAFT, "sign", title="x")


@database
def test_adopting_a_plan_supersedes_the_one_in_force(as_analyst, as_administrator):
    version = make.portfolio(as_analyst)
    first, second = (make.plan(as_analyst, version) for _ in range(2))
    for plan in (first, second):
        plans.move_plan(as_analyst, plan.code, move="propose")
        plans.move_plan(as_administrator, plan.code, move="adopt")

    first.refresh_from_db()
    assert first.state == State.SUPERSEDED
    assert queries.in_force(as_analyst, "UZB") == second
    entry = about(as_administrator, second.code).get(deed="plan.adopted")
    assert entry.facts == {"instead_of": first.code}
    assert about(as_administrator, first.code).get(deed="plan.superseded").facts == {
        "by_plan": second.code
    }


@database
def test_when_adopting_breaks_off_the_plan_before_stays_in_force(as_analyst, as_administrator):
    version = make.portfolio(as_analyst)
    first, second = (make.plan(as_analyst, version) for _ in range(2))
    for plan in (first, second):
        plans.move_plan(as_analyst, plan.code, move="propose")
    plans.move_plan(as_administrator, first.code, move="adopt")
    cut_at("plan.adopted")

    with pytest.raises(DatabaseError, match="power is cut"), transaction.atomic():
        plans.move_plan(as_administrator, second.code, move="adopt")

    assert queries.in_force(as_analyst, "UZB") == first
    assert about(as_administrator, second.code).count() == 2


@database
def test_the_database_holds_one_plan_in_force(as_analyst):
    version = make.portfolio(as_analyst)
    for _ in range(2):
        make.plan(as_analyst, version)

    with pytest.raises(DatabaseError), transaction.atomic():
        PlanVersion.objects.update(state=State.ADOPTED)


@database
def test_analysts_propose_and_administrators_decide(as_analyst, as_administrator, as_visitor):
    plan = make.plan(as_analyst, make.portfolio(as_analyst))
    for stamp in (as_visitor, make.holder(as_administrator)):
        with pytest.raises(NotFound):
            plans.move_plan(stamp, plan.code, move="propose")
        with pytest.raises(NotFound):
            plans.revise_plan(stamp, plan.code, title="Mine")
        with pytest.raises(NotFound):
            make.plan(stamp, plan.version)
    plan = plans.move_plan(as_analyst, plan.code, move="propose")

    with pytest.raises(NotAllowed):
        plans.move_plan(as_analyst, plan.code, move="adopt")

    assert queries.moves_for(as_analyst, plan) == ()
    assert queries.moves_for(as_administrator, plan) == ("adopt", "reject")
    assert plans.move_plan(as_administrator, plan.code, move="reject").state == State.REJECTED


@database
def test_visitors_read_plans_of_public_portfolios_that_are_no_drafts(as_analyst, as_visitor):
    version = make.portfolio(as_analyst)
    draft, proposed = (make.plan(as_analyst, version) for _ in range(2))
    plans.move_plan(as_analyst, proposed.code, move="propose")
    assert not queries.visible_to(as_visitor).exists()

    portfolios.show_portfolio(as_analyst, version.portfolio.code, is_public=True)

    assert list(queries.visible_to(as_visitor)) == [proposed]
    assert set(queries.visible_to(as_analyst)) == {draft, proposed}


# ── Two at once ──────────────────────────────────────────────────────────────────────────────


def adopting(code: str) -> None:
    try:
        plans.move_plan(terminal_stamp(), code, move="adopt")
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="a test database in memory has one writer"
)
def test_of_plans_adopted_at_once_one_is_in_force():
    version = make.portfolio(terminal_stamp())
    codes = [make.plan(terminal_stamp(), version).code for _ in range(4)]
    for code in codes:
        plans.move_plan(terminal_stamp(), code, move="propose")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(adopting, codes))

    states = sorted(PlanVersion.objects.values_list("state", flat=True))
    assert states == ["adopted", "superseded", "superseded", "superseded"]


def uploading(code: str) -> str:
    content = make.file(**{"chance = 0.7": "chance = 0.5"})
    try:
        portfolios.add_version(terminal_stamp(), code, name="a.toml", content=content)
    except SamePortfolio as refusal:
        return refusal.code()
    finally:
        connection.close()
    return "added"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="a test database in memory has one writer"
)
def test_the_same_file_uploaded_by_four_at_once_is_one_version():
    code = make.portfolio(terminal_stamp()).portfolio.code

    with ThreadPoolExecutor(4) as pool:
        said = sorted(pool.map(uploading, [code] * 4))

    assert said == ["added"] + ["commission.same-portfolio"] * 3
