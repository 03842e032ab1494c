"""States are kept as few bytes and come back equal; cases move to new versions or are refused."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.flow.engine.compiling import TooInvolved
from marra.flow.engine.keeping import NotAState, NotKept, dump, load
from marra.flow.engine.limits import (
    LIMITS,
    Limits,
    OtherVersion,
    Over,
    TooDeep,
    TooLarge,
    TooManyTokens,
)
from marra.flow.engine.messages import Begin, Done
from marra.flow.engine.moving import NoHome, move
from marra.flow.engine.stepping import start, step, waiting
from marra.flow.feel import parse
from tests.flow import make
from tests.flow.make import NOON

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.datetimes(timezones=st.just(NOON.tzinfo)).map(lambda each: each.replace(fold=0))
    | st.dates()
    | st.times().map(lambda each: each.replace(fold=0)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
SIMPLE = make.compiled('<startEvent id="s"/><userTask id="t"/>', "s>t")


@given(st.dictionaries(st.text(), VALUES))
def test_any_data_come_back_equal_and_of_the_same_type(data):
    state, _ = make.begun(SIMPLE, data)

    again = load(dump(state))

    assert again == state
    assert repr(again.data) == repr(state.data)
    assert dump(again) == dump(state)


def test_digits_are_kept():
    state, _ = make.begun(
        SIMPLE, {"a": Decimal("1.10"), "b": Decimal("1E+3"), "c": Decimal(10**40)}
    )

    assert str(load(dump(state)).data["a"]) == "1.10"
    assert load(dump(state)).data == state.data


def test_marks_of_ours_do_not_change_what_others_call_so():
    data = {"@date": "no date", "x": {"@date": "2026-01-01"}, "y": date(2026, 1, 1), "z": time(9)}
    state, _ = make.begun(SIMPLE, data)

    assert load(dump(state)).data == data


@pytest.mark.parametrize("value", [1.5, Decimal("NaN"), object(), {1, 2}])
def test_what_cannot_be_kept_is_refused(value):
    state, _ = make.begun(SIMPLE, {"a": value})

    with pytest.raises(NotKept):
        dump(state)


def test_a_list_in_a_list_without_end_is_refused():
    deep = []
    for _ in range(10_000):
        deep = [deep]
    state, _ = make.begun(SIMPLE, {"a": deep})

    with pytest.raises(NotKept):
        dump(state)


@given(st.binary())
def test_noise_is_no_state(noise):
    with pytest.raises(NotAState):
        load(noise)


@pytest.mark.parametrize("kept", [b"[]\n{}", b"{}", b'["p","v",1,9,[]]\n{}', b"[" * 10_000])
def test_broken_states_are_refused(kept):
    with pytest.raises(NotAState):
        load(kept)


OLD = make.compiled(
    '<startEvent id="s"/><userTask id="a"/><userTask id="b"/><parallelGateway id="p"/>'
    '<parallelGateway id="j"/><endEvent id="e"/>',
    "s>p", "p>a", "p>b", "a>j", "b>j", "j>e",
)  # fmt: skip
NEW_BODY = (
    '<startEvent id="s"/><userTask id="new"/><userTask id="a"/><userTask id="b"/>'
    '<parallelGateway id="p"/><parallelGateway id="j"/><userTask id="last"/><endEvent id="e"/>'
    '<boundaryEvent id="late" attachedToRef="b"><timerEventDefinition>'
    "<timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>"
)
NEW = make.compiled(
    NEW_BODY, "s>p", "p>a", "p>b", "a>j", "b>j", "j>last", "last>e", "late>last", "s>new"
)


def test_a_case_of_another_version_is_not_stepped():
    state, _ = make.begun(OLD)

    with pytest.raises(OtherVersion):
        step(NEW, state, Done(1), at=NOON)


def test_a_case_moves_where_every_place_has_a_home_and_new_timers_are_set():
    state = make.do(OLD, make.begun(OLD)[0], "a")

    moved = move(state, OLD, NEW, at=NOON)

    assert make.open_at(NEW, moved) == ["b", "late"]
    assert moved.timers[0].due == NOON + timedelta(days=1)
    moved = make.do(NEW, moved, "b", "last")
    assert moved.status == "ended"


def test_a_place_without_a_home_is_named_and_nothing_is_moved():
    gone = make.compiled(NEW_BODY.replace('id="b"', 'id="c"').replace('"b"', '"c"'), "s>c")
    state, _ = make.begun(OLD)

    with pytest.raises(NoHome, match="b"):
        move(state, OLD, gone, at=NOON)

    moved = move(state, OLD, gone, at=NOON, homes={"b": "c"})
    assert make.open_at(gone, moved)[:2] == ["a", "c"]


def test_a_token_at_a_join_needs_the_flow_it_came_by():
    without = make.compiled(NEW_BODY, "s>p", "p>b", "p>j", "b>last")
    state = make.do(OLD, make.begun(OLD)[0], "a")

    with pytest.raises(NoHome, match="j"):
        move(state, OLD, without, at=NOON)


def test_another_kind_is_no_home_and_what_is_over_does_not_move():
    other = make.compiled(NEW_BODY.replace('userTask id="b"', 'serviceTask id="b"'), "s>b")

    with pytest.raises(NoHome, match="b"):
        move(make.begun(OLD)[0], OLD, other, at=NOON)
    with pytest.raises(Over):
        move(make.do(OLD, make.begun(OLD)[0], "a", "b"), OLD, NEW, at=NOON)


def held(name, task):
    return (
        f'<startEvent id="s"/><subProcess id="{name}"><startEvent id="is"/><userTask id="{task}"/>'
        f'<sequenceFlow id="i" sourceRef="is" targetRef="{task}"/></subProcess>'
        f'<boundaryEvent id="b" attachedToRef="{name}"><timerEventDefinition><timeDuration>P1D'
        "</timeDuration></timerEventDefinition></boundaryEvent>"
    )


def test_sub_processes_and_their_timers_move_together_or_not_at_all():
    old = make.compiled(held("one", "t"), "s>one")
    renamed = make.compiled(held("other", "t"), "s>other")
    apart = make.compiled('<startEvent id="s"/><subProcess id="one"/><userTask id="t"/>', "s>one")
    state, _ = make.begun(old)

    with pytest.raises(NoHome, match="one, t"):
        move(state, old, renamed, at=NOON)
    with pytest.raises(NoHome, match="b, t"):
        move(state, old, apart, at=NOON)
    with pytest.raises(OtherVersion):
        move(state, renamed, old, at=NOON)
    moved = move(state, old, renamed, at=NOON, homes={"one": "other"})

    assert [each.due for each in moved.timers] == [each.due for each in state.timers]
    assert make.do(renamed, moved, "t").status == "ended"


def test_what_may_be_undone_needs_a_home_too():
    body = (
        '<startEvent id="s"/><userTask id="a"/><boundaryEvent id="b" attachedToRef="a">'
        '<compensateEventDefinition/></boundaryEvent><userTask id="u" isForCompensation="true"/>'
        '<association id="x" sourceRef="b" targetRef="u"/><userTask id="t"/>'
    )
    old = make.compiled(body, "s>a", "a>t")
    without = make.compiled('<startEvent id="s"/><userTask id="t"/>', "s>t")
    state = make.do(old, make.begun(old)[0], "a")

    with pytest.raises(NoHome, match="a"):
        move(state, old, without, at=NOON)
    again = make.compiled(body + '<endEvent id="e"/>', "s>a", "a>t", "t>e")
    assert move(state, old, again, at=NOON).scopes[0].log == ((again.node("a").index, ()),)


def test_what_is_open_is_told_again_from_a_kept_state():
    body = (
        '<startEvent id="s"/><userTask id="t"/><boundaryEvent id="b" attachedToRef="t">'
        "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
        "</boundaryEvent>"
    )
    graph = make.compiled(body, "s>t")
    state, told = make.begun(graph)

    assert waiting(graph, load(dump(state)), at=NOON + timedelta(hours=5)) == told


def test_data_and_branches_and_depth_have_limits():
    with pytest.raises(TooLarge):
        make.told(SIMPLE, make.begun(SIMPLE)[0], Done(2, {"a": "x" * (LIMITS.size + 1)}))
    body = '<startEvent id="s"/>' + "".join(f'<userTask id="t{n}"/>' for n in range(20))
    graph = make.compiled(body, *(f"s>t{n}" for n in range(20)))
    with pytest.raises(TooManyTokens):
        step(graph, start(graph, {}, at=NOON), Begin(), at=NOON, limits=Limits(tokens=10))
    joins = "".join(f'<inclusiveGateway id="t{n}"/>' for n in range(1500))
    twice = [f"t{n}>t{n + 1}" for n in range(1499)] * 2
    with pytest.raises(TooInvolved, match="1499 gateways"):
        make.compiled(joins, *twice)
    graph = make.compiled('<startEvent id="s"/><callActivity id="c" calledElement="p"/>', "s>c")
    with pytest.raises(TooDeep, match="calls itself"):
        make.begun(graph)


@pytest.mark.parametrize("text", ['duration("P1DT2H")', 'duration("-P1Y2M")', "[1..5)", "(< 3)"])
def test_what_feel_has_beside_json_is_kept(text):
    state = start(SIMPLE, {"x": [parse(text).value({})]}, at=NOON)

    assert load(dump(state)) == state
