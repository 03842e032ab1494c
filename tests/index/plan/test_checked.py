"""A portfolio that could never be planned with is refused, wherever it came from."""

import math
from dataclasses import replace

import pytest

from marra.index.plan import checked as module
from marra.index.plan import limits, references
from marra.index.plan.checked import NoInitiatives, Spot, checked, faults
from marra.index.plan.portfolio import Budget, Capacity, Effect, Initiative, Name, Portfolio
from marra.kit.errors import Invalid
from marra.kit.places import NoSuchPlace


def one(code: str, *needs: str, **given: object) -> Initiative:
    """A good initiative, unless said otherwise."""
    usual = {
        "title": code,
        "effects": (Effect("osi", 0.0, 0.01, 0.02),),
        "costs": (1.0,),
        "starts": (2026, 2027, 2028),
        "duration": 1,
        "lag": 0,
        "chance": 0.5,
        "needs": needs,
    }
    return Initiative(code, **(usual | given))


def road(*initiatives: Initiative, **given: object) -> Portfolio:
    return Portfolio("road", "Road", "UZB", initiatives or (one("a"),), **given)


def with_effect(*effects: Effect) -> Portfolio:
    return road(one("a", effects=effects))


WRONG = {
    NoInitiatives: replace(road(), initiatives=()),
    NoSuchPlace: replace(road(), place="XYZ"),
    limits.WrongCode: road(one("a b")),
    limits.WrongDuration: road(one("a", duration=31)),
    limits.WrongLag: road(one("a", lag=-1)),
    limits.WrongChance: road(one("a", chance=math.nan)),
    limits.WrongCost: road(one("a", costs=(1.0, math.inf))),
    limits.WrongLoad: road(one("a", load=math.nan)),
    limits.NoStart: road(one("a", starts=())),
    limits.WrongYear: road(budgets=(Budget("x", 1999, 1.0),)),
    limits.YearTwice: road(one("a", starts=(2027, 2027))),
    limits.UnknownIndicator: with_effect(Effect("tii.fax", 0, 0, 0)),
    limits.WrongOrder: with_effect(Effect("osi", 0, math.nan, 0)),
    limits.WrongWay: with_effect(Effect("tii.basket_mobile", 0, 0, 0.1)),
    limits.TooStrong: with_effect(Effect("hci.expected_years", 0, 0, 21)),
    limits.EffectTwice: with_effect(Effect("osi", 0, 0, 0), Effect("osi", 0, 0, 0)),
    limits.WrongAmount: road(capacities=(Capacity("x", 2026, -1.0),)),
    limits.PrivateName: road(names=(Name("#x", "X"),)),
    limits.AmountTwice: road(budgets=(Budget("x", 2026, 1.0), Budget("x", 2026, 1.0))),
    references.CodeTwice: road(one("a"), one("a")),
    references.NeedsItself: road(one("a", excludes=("a",))),
    references.NoSuchInitiative: road(one("a", excludes=("b",))),
    references.CircleOfNeeds: road(one("a", "b"), one("b", "c"), one("c", "a")),
    references.NeverTogether: road(one("a"), one("b", "a"), one("c", "b", excludes=("a",))),
    references.NeverInTime: road(one("a", duration=3), one("b", "a")),
    references.AlmostTheSame: road(
        one("a", source="Budget"), budgets=(Budget("budget", 2026, 1),)
    ),
}


def test_every_refusal_is_tried():
    refusals = {
        thing
        for each in (module, limits, references)
        for thing in vars(each).values()
        if isinstance(thing, type) and issubclass(thing, Invalid) and thing is not Invalid
    }

    assert set(WRONG) == refusals | {NoSuchPlace}


@pytest.mark.parametrize("refusal", WRONG, ids=lambda refusal: refusal.__name__)
def test_a_portfolio_with_one_fault_is_refused_with_it(refusal):
    (found,) = faults(WRONG[refusal])

    assert type(found[1]) is refusal
    assert str(found[1])
    with pytest.raises(refusal):
        checked(WRONG[refusal])


GOOD = {
    "the usual": road(),
    "overlap words keep effects apart": with_effect(
        Effect("osi", 0, 0, 0, "x"), Effect("osi", 0, 0, 0, "y")
    ),
    "a gain of a price is negative": with_effect(Effect("tii.affordability", -1, -0.5, 0)),
    "groups may differ by their number": road(
        one("a", group="group-2"), capacities=(Capacity("group-1", 2026, 1.0),)
    ),
    "what is needed may end just in time": road(one("a", duration=2), one("b", "a")),
    "two that exclude each other": road(one("a", excludes=("b",)), one("b", excludes=("a",))),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_makes_sense_passes(name):
    assert checked(GOOD[name]) is GOOD[name]


def test_each_circle_is_told_once_and_what_only_waits_for_it_is_not_blamed():
    portfolio = road(
        one("a", "b"), one("b", "a"), one("c", "d"), one("d", "c"), one("e", "a"), one("f", "e")
    )

    told = [(spot, str(no)) for spot, no in faults(portfolio)]

    assert [spot for spot, _ in told] == [
        Spot("initiatives", 0, "needs"),
        Spot("initiatives", 2, "needs"),
    ]
    assert "a → b → a" in told[0][1]
    assert "c → d → c" in told[1][1]


def test_spots_count_effects_through_all_initiatives():
    wrong = Effect("hki", 0, 0, 0)
    portfolio = road(one("a"), one("b", effects=(Effect("osi", 0, 0, 0), wrong)))

    (found,) = faults(portfolio)

    assert found[0] == Spot("effects", 2, "indicator")


def test_long_chains_of_needs_are_followed_without_end_of_stack():
    years = tuple(range(2000, 2101))
    chain = [one(f"c{at}", *([f"c{at - 1}"] if at else []), starts=years) for at in range(1500)]

    kinds = {type(no) for _, no in faults(road(*chain))}

    assert kinds == {references.NeverInTime}
