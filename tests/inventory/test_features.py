"""The register of features: two verdicts that know nothing of each other; sub-indices."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.index import load
from marra.inventory import measures
from marra.inventory.actions import features as actions
from marra.inventory.models.features import FeatureState
from marra.inventory.queries import features as queries
from marra.inventory.rules import assessing, things
from marra.inventory.rules.assessing import Part, Stage, Verdict
from marra.inventory.rules.features import (
    FeatureChanged,
    Module,
    NoSuchFeature,
    State,
    UnknownState,
    code_of,
    features,
    named,
)
from marra.inventory.rules.sub_indices import (
    Beside,
    Bounds,
    assumed,
    estimate,
    first_stays,
    parts,
    steps,
    weights,
)
from marra.journal.models import Entry
from marra.kit.text import LANGUAGES
from tests.house.rights import World

CODE = "osi-074"
PAGE = "https://example.uz/"
WEIGHTS = weights(load(2024).edition)
STATED = st.lists(st.tuples(st.sampled_from(Module), st.sampled_from(State)), min_size=1)


@pytest.fixture
def root():
    return World.root


@pytest.fixture
def second():
    return replace(World.root, by="account-40070001")


@pytest.fixture
def third():
    return replace(World.root, by="account-40070002")


def test_the_packaged_list_has_the_codes_of_the_survey_with_names_in_four_languages():
    osi, losi = features("osi"), features("losi")
    sizes = [sum(f.module is module for f in osi.values()) for module in Module]

    assert sizes == [26, 8, 58, 56, 16, 17]  # 014 is asked twice and stands once
    assert len(losi) == 95
    for each in (*osi.values(), *losi.values()):
        assert all(each.name.into(language) for language in LANGUAGES)
        assert named(code_of(each, "1726" if each.list == "losi" else ""))[0] is each


@pytest.mark.parametrize("code", ["osi-0", "osi-1726-074", "losi-281", "losi-1726-074", "x", ""])
def test_what_the_list_has_not_is_refused(code):
    with pytest.raises(NoSuchFeature):
        named(code)


def test_the_weights_are_those_of_the_edition_and_say_how_well_they_are_known():
    assert sum(WEIGHTS.of.values()) == pytest.approx(1)
    assert WEIGHTS.of[Module.PARTICIPATION] == 0.35
    assert (WEIGHTS.basis, WEIGHTS.edition) == ("recalled", 2024)
    assert Module.LITERACY not in WEIGHTS.of
    assert weights(load(2003).edition) is None


@given(STATED)
def test_a_sub_index_lies_between_its_bounds_and_certainty_closes_them(stated):
    for part in parts(stated):
        known = sum(n for s, n in part.counts.items() if s in (State.YES, State.NO))

        assert 0 <= part.share.low <= part.share.high <= 1
        assert (part.share.low == part.share.high) == (known == part.size)


@given(STATED, st.data())
def test_having_one_more_feature_gains_what_its_step_says(stated, data):
    named_features = list(features("osi").values())
    told = {
        each.code: (each, state, 10.0)
        for each, (_, state) in zip(named_features, stated * 40, strict=False)
    }
    found = steps(told, WEIGHTS)
    if not found:
        return
    step = data.draw(st.sampled_from(found))
    before = estimate(parts((f.module, s) for f, s, _ in told.values()), WEIGHTS)
    told[step.feature.code] = (step.feature, State.YES, None)

    after = estimate(parts((f.module, s) for f, s, _ in told.values()), WEIGHTS)

    assert after.low - before.low == pytest.approx(step.gain)
    assert step.gain_whole == pytest.approx(step.gain / 3)


def test_the_cheapest_step_comes_first_and_unknown_features_are_no_step():
    osi = features("osi")
    told = {
        "015": (osi["015"], State.NO, 40.0),
        "028": (osi["028"], State.PARTLY, 10.0),
        "030": (osi["030"], State.NO, None),
        "088": (osi["088"], State.UNKNOWN, 1.0),
        "117": (osi["117"], State.YES, 1.0),
        "003": (osi["003"], State.NO, 1.0),  # literacy has no weight
    }

    found = steps(told, WEIGHTS)

    assert [each.feature.code for each in found] == ["028", "030", "015"]
    assert found[0].worth == pytest.approx(0.05 / 5 / 10 * 100)
    assert (found[1].effort, found[1].is_assumed) == (assumed().days[osi["030"].kind], True)
    assert not found[0].is_assumed


def test_what_is_partly_there_is_assumed_to_take_less_and_a_recorded_effort_stands():
    osi = features("osi")
    half, whole = (
        steps({"043": (osi["043"], state, None)}, WEIGHTS)[0] for state in (State.PARTLY, State.NO)
    )

    assert half.effort == whole.effort / 2
    assert steps({"043": (osi["043"], State.PARTLY, 7.0)}, WEIGHTS)[0].effort == 7.0


def test_whether_the_first_hangs_on_what_is_assumed_is_told():
    osi = features("osi")
    told = {
        "015": (osi["015"], State.NO, 5.5),
        "028": (osi["028"], State.NO, None),  # 10 person-days assumed
    }

    assert steps(told, WEIGHTS)[0].feature.code == "015"
    assert not first_stays(told, WEIGHTS)
    assert first_stays({**told, "015": (osi["015"], State.NO, 1.0)}, WEIGHTS)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_published_figure_is_off_by_what_it_lies_beyond_the_nearest_bound(value, one, other):
    bounds = Bounds(min(one, other), max(one, other))
    told = Beside(value, bounds).difference

    assert bounds.low - 1e-8 <= value - told <= bounds.high + 1e-8
    assert (told == 0) == (bounds.low <= round(value, 9) <= bounds.high) or abs(told) < 1e-8


def test_a_share_becomes_a_measure_once_every_feature_of_it_is_known(root, second, db):
    day = root.at.date()
    technology = [each for each in features("osi").values() if each.module is Module.TECHNOLOGY]
    measure = measures.sub_index(Module.TECHNOLOGY)
    for each in technology[1:]:
        for stamp in (root, second):
            actions.assess_feature(stamp, f"osi-{each.code}", verdict="yes", address=PAGE)
    assert measure(day) is None

    for stamp in (root, second):
        actions.assess_feature(stamp, f"osi-{technology[0].code}", verdict="partly", address=PAGE)

    said = measure(day)
    assert (said.indicator, said.value, said.basis) == ("osi.technology", 15 / 16, "register")
    assert "15 of 16" in said.source
    assert measures.features_share(day) is None

    FeatureState.objects.bulk_create(
        FeatureState(code=f"osi-{code}", feature=code, list="osi", state="no")
        for code, each in features("osi").items()
        if each.module is not Module.TECHNOLOGY
    )
    assert measures.features_share(day).value == pytest.approx(100 * 15 / 181)


VERDICTS = st.sampled_from([State.YES, State.PARTLY, State.NO])


@given(VERDICTS, VERDICTS, VERDICTS)
def test_a_round_is_settled_by_agreement_or_by_the_reviewer(one, other, last):
    told = [Verdict(Part.FIRST, one, "a"), Verdict(Part.SECOND, other, "b")]
    reviewed = [*told, Verdict(Part.REVIEWER, last, "c")]

    assert assessing.outcome(told[:1]) is None
    assert assessing.outcome(told) == (one if one == other else None)
    assert assessing.outcome(reviewed) == last


def test_verdicts_that_agree_are_what_the_register_says(root, second, db):
    actions.assess_feature(root, CODE, verdict="yes", address=PAGE)
    assert queries.one(root, CODE).state is State.UNKNOWN

    actions.assess_feature(second, CODE, verdict="yes", address=PAGE)

    row = queries.one(root, CODE).row
    assert (row.state, row.address, row.checked_at) == ("yes", PAGE, root.at)
    assert queries.rounds(root, row)[0].stage is Stage.SETTLED


def test_nobody_reads_the_other_verdict_before_both_are_in(root, second, third, db):
    made = actions.assess_feature(root, CODE, verdict="yes", address=PAGE)
    row = made.feature

    assert [each.verdict.by for each in queries.rounds(root, row)[0].said] == [root.by]
    assert queries.rounds(second, row)[0].said == ()
    assert queries.rounds(third, row)[0].said == ()
    assert "state" not in Entry.objects.get(deed="feature.assessed").facts

    actions.assess_feature(second, CODE, verdict="no")

    row.refresh_from_db()
    assert len(queries.rounds(third, row)[0].said) == 2
    assert row.state == "unknown"


def test_visitors_read_what_a_round_came_to_and_no_verdict(root, second, as_visitor, db):
    actions.assess_feature(root, CODE, verdict="no")
    row = actions.assess_feature(second, CODE, verdict="no").feature

    shown = queries.rounds(as_visitor, row)

    assert (shown[0].outcome, shown[0].said) == (State.NO, ())


def test_an_assessor_may_change_the_own_verdict_and_is_not_both(root, second, db):
    actions.assess_feature(root, CODE, verdict="no")
    again = actions.assess_feature(root, CODE, verdict="partly", address=PAGE)

    assert again.part == "first"
    assert queries.one(root, CODE).state is State.UNKNOWN
    assert actions.assess_feature(second, CODE, verdict="partly", address=PAGE).part == "second"
    assert queries.one(root, CODE).state is State.PARTLY


def test_what_differs_waits_for_a_reviewer_who_is_neither_of_the_two(root, second, third, db):
    actions.assess_feature(root, CODE, verdict="yes", address=PAGE)
    actions.assess_feature(second, CODE, verdict="no")

    with pytest.raises(assessing.WaitsForReviewer):
        actions.assess_feature(third, CODE, verdict="no")
    with pytest.raises(assessing.OwnVerdict):
        actions.review_feature(second, CODE, verdict="no", note="Menimcha yoʻq.")
    with pytest.raises(assessing.ReasonMissing):
        actions.review_feature(third, CODE, verdict="no", note=" ")
    actions.review_feature(third, CODE, verdict="no", note="Sahifa ochilmaydi.")

    row = queries.one(root, CODE).row
    assert (row.state, row.checked_by) == ("no", third.by)
    with pytest.raises(assessing.NothingToReview):
        actions.review_feature(third, CODE, verdict="yes", address=PAGE, note="Yana bir bor.")


def test_a_settled_round_is_followed_by_another_and_stays_in_the_history(root, second, db):
    for stamp in (root, second):
        actions.assess_feature(stamp, CODE, verdict="no")
    made = actions.assess_feature(second, CODE, verdict="yes", address=PAGE)

    assert (made.round, made.part) == (2, "first")
    row = queries.one(root, CODE).row
    assert row.state == "no"
    assert [each.outcome for each in queries.rounds(root, row)] == [None, State.NO]


def test_what_is_there_has_an_address_and_a_verdict_is_one_of_three(root, db):
    with pytest.raises(assessing.AddressMissing):
        actions.assess_feature(root, CODE, verdict="yes")
    with pytest.raises(UnknownState):
        actions.assess_feature(root, CODE, verdict="unknown")
    with pytest.raises(things.WrongAddress):
        actions.assess_feature(root, CODE, verdict="yes", address="javascript:alert(1)")
    assert not FeatureState.objects.exists()


def test_the_second_editor_is_told(root, db):
    actions.change_feature(root, CODE, version=1, address=PAGE, effort=10.0)

    with pytest.raises(FeatureChanged):
        actions.change_feature(root, CODE, version=1, note="Boshqacha.")
    row = queries.one(root, CODE).row
    assert (row.address, row.effort, row.note) == (PAGE, 10.0, "")


def test_features_are_shared_out_at_once_and_a_local_portal_is_its_own(root, db):
    codes = ["osi-071", CODE, "losi-1726-204"]
    actions.share_features(root, codes, body="digital", group="WG-1")
    actions.share_features(root, codes[:1], body="")

    local = queries.register(root, "losi", "1726")
    assert {each.row.body.code for each in local if each.row} == {"digital"}
    assert queries.one(root, "osi-071").row.body is None
    assert queries.one(root, "osi-071").row.group == "WG-1"
    assert not any(each.row for each in queries.register(root, "losi", "1703"))
