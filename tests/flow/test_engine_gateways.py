"""Gateways part, merge and wait as the standard says."""

import pytest

from marra.flow.engine.limits import NotAWay, NoWayTaken, Stuck, TooManySteps
from marra.flow.engine.messages import Answer, Ask, Done, Ended
from tests.flow import make
from tests.flow.make import FEEL

SPLIT = '<startEvent id="s"/><exclusiveGateway id="x" default="f4"/>' + "".join(
    f'<userTask id="{each}"/>' for each in "abc"
)


@pytest.mark.parametrize(("age", "taken"), [(5, "a"), (30, "b"), (90, "c")])
@FEEL
def test_an_exclusive_gateway_takes_the_first_that_holds_else_the_default(age, taken):
    graph = make.compiled(SPLIT, "s>x", "x>a:age < 18", "x>b:age < 60", "x>c")

    state, _ = make.begun(graph, {"age": make.number(age)})

    assert make.open_at(graph, state) == [taken]


@FEEL
def test_no_flow_taken_is_a_definite_error_with_its_line():
    body = SPLIT.replace(' default="f4"', "")
    graph = make.compiled(body, "s>x", "x>a:age < 18", "x>b:age < 60", "x>c:false")

    with pytest.raises(NoWayTaken, match=r"“x” \(line 4\)"):
        make.begun(graph, {"age": make.number(70)})


def test_where_a_condition_is_foreign_a_stand_in_is_asked():
    graph = make.compiled(SPLIT, "s>x", "x>a:${age}", "x>b:#{x}", "x>c")

    state, (asked,) = make.begun(graph)

    assert isinstance(asked, Ask)
    assert asked.choices == ("f2", "f3", "f4")
    with pytest.raises(NotAWay):
        make.told(graph, state, Answer(asked.id, ("f2", "f3")))
    with pytest.raises(NotAWay):
        make.told(graph, state, Answer(asked.id, ("f9",)))
    state, _ = make.told(graph, state, Answer(asked.id, ("f3",)))
    assert make.open_at(graph, state) == ["b"]


PARALLEL = (
    '<startEvent id="s"/><parallelGateway id="p"/><userTask id="a"/><userTask id="b"/>'
    '<parallelGateway id="j"/><userTask id="c"/><endEvent id="e"/>'
)


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_a_parallel_join_waits_for_every_flow(order):
    graph = make.compiled(PARALLEL, "s>p", "p>a", "p>b", "a>j", "b>j", "j>c", "c>e")
    state, _ = make.begun(graph)
    assert make.open_at(graph, state) == ["a", "b"]

    state = make.do(graph, state, order[0])
    assert make.open_at(graph, state) == [order[1]]
    state = make.do(graph, state, order[1])

    assert make.open_at(graph, state) == ["c"]
    state, told = make.told(graph, state, Done(make.wanted(graph, state, "c").id))
    assert told == (Ended("ended"),)


def test_two_tokens_over_one_flow_do_not_make_up_for_the_other_flow():
    body = PARALLEL.replace('<parallelGateway id="p"/>', '<parallelGateway id="p"/>' * 1)
    body += '<exclusiveGateway id="m"/><userTask id="d"/>'
    graph = make.compiled(
        body, "s>p", "p>a", "p>b", "p>d", "a>m", "b>m", "m>j", "d>j", "j>c", "c>e"
    )
    state, _ = make.begun(graph)

    state = make.do(graph, state, "a", "b")
    assert make.open_at(graph, state) == ["d"]
    state = make.do(graph, state, "d")

    assert make.open_at(graph, state) == ["c"]
    with pytest.raises(Stuck, match="j"):  # the second token over the first flow waits for ever
        make.do(graph, state, "c")


INCLUSIVE = (
    '<startEvent id="s"/><inclusiveGateway id="o" default="f4"/><userTask id="a"/>'
    '<userTask id="b"/><userTask id="c"/><inclusiveGateway id="j"/><userTask id="d"/>'
)
INCLUSIVE_FLOWS = ("s>o", "o>a:a", "o>b:b", "o>c", "a>j", "b>j", "c>j", "j>d")


@pytest.mark.parametrize(
    ("data", "taken"),
    [({"a": True, "b": True}, "ab"), ({"a": True, "b": False}, "a"), ({}, "c")],
)
@FEEL
def test_an_inclusive_join_waits_for_what_was_sent_and_no_more(data, taken):
    graph = make.compiled(INCLUSIVE, *INCLUSIVE_FLOWS)
    state, _ = make.begun(graph, data)
    assert make.open_at(graph, state) == list(taken)

    for each in taken:
        assert "d" not in make.open_at(graph, state)
        state = make.do(graph, state, each)

    assert make.open_at(graph, state) == ["d"]


@FEEL
def test_an_inclusive_join_waits_for_a_token_that_can_still_come_by_a_detour():
    body = INCLUSIVE + '<userTask id="before"/><exclusiveGateway id="x" default="f9"/>'
    graph = make.compiled(
        body, "s>o", "o>a:a", "o>before:b", "o>c", "a>j", "b>j", "c>j", "j>d", "x>b", "before>x"
    )
    state, _ = make.begun(graph, {"a": True, "b": True})

    state = make.do(graph, state, "a")
    assert make.open_at(graph, state) == ["before"]
    state = make.do(graph, state, "before")
    assert make.open_at(graph, state) == ["b"]
    state = make.do(graph, state, "b")

    assert make.open_at(graph, state) == ["d"]


@FEEL
def test_an_inclusive_join_does_not_wait_for_a_token_that_left_for_good():
    body = INCLUSIVE + '<exclusiveGateway id="x"/><endEvent id="away"/>'
    graph = make.compiled(
        body, "s>o", "o>a:a", "o>b:b", "o>c", "a>j", "x>j:stay", "c>j", "j>d", "b>x",
        "x>away:not(stay)",
    )  # fmt: skip
    state, _ = make.begun(graph, {"a": True, "b": True, "stay": False})

    state = make.do(graph, state, "a")
    assert make.open_at(graph, state) == ["b"]
    state = make.do(graph, state, "b")

    assert make.open_at(graph, state) == ["d"]


@FEEL
def test_two_inclusive_joins_that_wait_for_one_another_say_so():
    body = (
        '<startEvent id="s"/><parallelGateway id="p"/><userTask id="a"/><userTask id="b"/>'
        '<inclusiveGateway id="i"/><inclusiveGateway id="k"/><userTask id="c"/><userTask id="d"/>'
        '<exclusiveGateway id="x" default="f9"/><endEvent id="e"/>'
    )
    graph = make.compiled(
        body, "s>p", "p>a", "p>b", "a>i", "b>k", "i>k", "k>c", "c>x", "x>e", "x>i:back"
    )
    state, _ = make.begun(graph, {"back": False})

    state = make.do(graph, state, "a")
    assert make.open_at(graph, state) == ["b"]
    with pytest.raises(Stuck, match="i, k"):  # as the standard has it
        make.do(graph, state, "b")


@FEEL
def test_conditional_flows_of_a_task_are_all_taken_that_hold():
    body = '<startEvent id="s"/><userTask id="t" default="f4"/>' + "".join(
        f'<userTask id="{each}"/>' for each in "abc"
    )
    graph = make.compiled(body, "s>t", "t>a:n > 1", "t>b:n > 2", "t>c")

    state, _ = make.begun(graph)
    assert make.open_at(graph, make.do(graph, state, "t", n=make.number(3))) == ["a", "b"]
    assert make.open_at(graph, make.do(graph, state, "t", n=make.number(0))) == ["c"]


def test_several_flows_into_a_task_begin_it_each_time():
    body = (
        '<startEvent id="s"/><parallelGateway id="p"/><task id="a"/><task id="b"/><task id="c"/>'
    )
    graph = make.compiled(body, "s>p", "p>a", "p>b", "a>c", "b>c")
    state, _ = make.begun(graph)

    state = make.do(graph, state, "a", "b")

    assert make.open_at(graph, state) == ["c", "c"]


def test_a_circle_without_a_wait_is_stopped():
    body = '<startEvent id="s"/><exclusiveGateway id="x"/><exclusiveGateway id="y"/>'

    with pytest.raises(TooManySteps, match="circle"):
        make.begun(make.compiled(body, "s>x", "x>y", "y>x"))


def test_a_complex_gateway_is_named_and_a_stand_in_chooses():
    body = '<startEvent id="s"/><complexGateway id="x"/><task id="a"/><task id="b"/>'
    xml = make.file(make.process(body, "s>x", "x>a", "x>b"))

    assert any("complex gateway" in str(each) for each in make.read(xml).problems)
    state, (asked,) = make.begun(make.graph(make.read(xml)))
    state, _ = make.told(make.graph(make.read(xml)), state, Answer(asked.id, ("f2", "f3")))
    assert len(state.tokens) == 2
