"""Activities done for each of several, or again; sub-processes whose order is free."""

from itertools import permutations

import pytest

from marra.flow.engine.limits import NotAResult, TooManyTokens
from marra.flow.engine.messages import Answer, Ask, Done, Due
from tests.flow import make
from tests.flow.make import FEEL

EXTENSION = ' xmlns:z="http://camunda.org/schema/zeebe/1.0"'


def many(*, sequential, until=""):
    condition = f"<completionCondition>{until}</completionCondition>" if until else ""
    return (
        f'<startEvent id="s"/><userTask id="t"{EXTENSION}>'
        f'<multiInstanceLoopCharacteristics isSequential="{sequential}"><extensionElements>'
        '<z:loopCharacteristics inputCollection="= people" inputElement="person" '
        'outputCollection="votes" outputElement="= vote"/></extensionElements>'
        f"{condition}</multiInstanceLoopCharacteristics></userTask>"
        '<userTask id="after"/>'
    )


@pytest.mark.parametrize("order", list(permutations(range(3))))
@FEEL
def test_results_of_parallel_rounds_keep_the_order_of_their_items(order):
    graph = make.compiled(many(sequential="false"), "s>t", "t>after")
    state, commands = make.begun(graph, {"people": ["Ali", "Bek", "Dil"]})
    assert len(commands) == 3

    for each in order:
        state, _ = make.told(graph, state, Done(commands[each].id, {"vote": f"v{each}"}))

    assert make.open_at(graph, state) == ["after"]
    assert state.data["votes"] == ["v0", "v1", "v2"]
    assert len(state.scopes) == 1


@FEEL
def test_sequential_rounds_come_one_after_another_with_their_item():
    graph = make.compiled(many(sequential="true"), "s>t", "t>after")
    state, _ = make.begun(graph, {"people": ["Ali", "Bek"]})
    seen = []

    while make.open_at(graph, state) == ["t"]:
        (inner,) = [each for each in state.scopes if each.data and "person" in each.data]
        seen.append((inner.data["person"], int(inner.data["loopCounter"])))
        state = make.do(graph, state, "t", vote=inner.data["person"])

    assert seen == [("Ali", 1), ("Bek", 2)]
    assert state.data["votes"] == ["Ali", "Bek"]


@FEEL
def test_a_completion_condition_withdraws_the_rest():
    body = many(sequential="false", until="numberOfCompletedInstances >= 2")
    graph = make.compiled(body, "s>t", "t>after")
    state, commands = make.begun(graph, {"people": ["Ali", "Bek", "Dil"]})

    for each in commands[:2]:
        state, told = make.told(graph, state, Done(each.id, {"vote": "yes"}))

    assert make.open_at(graph, state) == ["after"]
    assert told[0].id == commands[2].id
    assert state.data["votes"] == ["yes", "yes", None]


@FEEL
def test_nothing_to_do_is_done_at_once_and_what_is_no_list_is_refused():
    graph = make.compiled(many(sequential="false"), "s>t", "t>after")

    assert make.open_at(graph, make.begun(graph, {"people": []})[0]) == ["after"]
    with pytest.raises(NotAResult, match="a list"):
        make.begun(graph, {"people": "Ali"})
    with pytest.raises(TooManyTokens):
        make.begun(graph, {"people": ["Ali"] * 1001})


@FEEL
def test_a_number_of_times_may_be_computed():
    body = (
        '<startEvent id="s"/><subProcess id="sub"><startEvent id="is"/><userTask id="t"/>'
        '<sequenceFlow id="i1" sourceRef="is" targetRef="t"/><multiInstanceLoopCharacteristics>'
        "<loopCardinality>n</loopCardinality></multiInstanceLoopCharacteristics></subProcess>"
        '<userTask id="after"/>'
    )
    graph = make.compiled(body, "s>sub", "sub>after")

    state, _ = make.begun(graph, {"n": make.number(3)})
    assert make.open_at(graph, state) == ["t", "t", "t"]
    state = make.do(graph, state, "t", "t", "t")

    assert make.open_at(graph, state) == ["after"]
    with pytest.raises(NotAResult, match="whole number"):
        make.begun(graph, {"n": make.number("1.5")})


def test_where_no_number_is_said_a_stand_in_is_asked():
    body = (
        '<startEvent id="s"/><userTask id="t"><multiInstanceLoopCharacteristics/></userTask>'
        '<userTask id="after"/>'
    )
    graph = make.compiled(body, "s>t", "t>after")
    state, (asked,) = make.begun(graph)

    assert isinstance(asked, Ask)
    assert asked.what == "count"
    state, _ = make.told(graph, state, Answer(asked.id, 2))
    assert make.open_at(graph, state) == ["t", "t"]


LOOP = (
    '<startEvent id="s"/><userTask id="t"><standardLoopCharacteristics testBefore="%s"%s>%s'
    '</standardLoopCharacteristics></userTask><userTask id="after"/>'
)


@FEEL
def test_a_loop_goes_on_while_its_condition_holds():
    graph = make.compiled(
        LOOP % ("false", "", "<loopCondition>again</loopCondition>"), "s>t", "t>after"
    )
    state, _ = make.begun(graph)

    state = make.do(graph, state, "t", again=True)
    assert make.open_at(graph, state) == ["t"]
    state = make.do(graph, state, "t", again=False)

    assert make.open_at(graph, state) == ["after"]


@FEEL
def test_a_loop_that_tests_first_may_not_begin_at_all_and_has_a_most():
    said = "<loopCondition>again</loopCondition>"
    graph = make.compiled(LOOP % ("true", "", said), "s>t", "t>after")
    assert make.open_at(graph, make.begun(graph, {"again": False})[0]) == ["after"]

    graph = make.compiled(LOOP % ("true", ' loopMaximum="2"', said), "s>t", "t>after")
    state, _ = make.begun(graph, {"again": True})
    state = make.do(graph, state, "t", "t")

    assert make.open_at(graph, state) == ["after"]


def test_events_on_the_border_belong_to_the_whole_loop():
    body = (
        '<startEvent id="s"/><userTask id="t"><multiInstanceLoopCharacteristics/></userTask>'
        '<boundaryEvent id="b" attachedToRef="t"><timerEventDefinition>'
        "<timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>"
        '<userTask id="late"/>'
    )
    graph = make.compiled(body, "s>t", "b>late")
    state, told = make.begun(graph)
    timers = [each for each in told if hasattr(each, "due")]
    asked = next(each for each in told if isinstance(each, Ask))
    state, told = make.told(graph, state, Answer(asked.id, 3))

    assert len(timers) == 1
    assert len(told) == 3
    state, _ = make.told(graph, state, Due(timers[0].id))
    assert make.open_at(graph, state) == ["late"]


def ad_hoc(attributes, condition=""):
    return (
        f'<startEvent id="s"/><adHocSubProcess id="h" {attributes}><userTask id="a"/>'
        '<userTask id="b"/><userTask id="c"/><sequenceFlow id="i" sourceRef="b" targetRef="c"/>'
        f'{condition}</adHocSubProcess><userTask id="after"/>'
    )


def test_an_ad_hoc_sub_process_begins_all_that_nothing_leads_to():
    graph = make.compiled(ad_hoc(""), "s>h", "h>after")
    state, _ = make.begun(graph)
    assert make.open_at(graph, state) == ["a", "b"]

    state = make.do(graph, state, "b", "c", "a")

    assert make.open_at(graph, state) == ["after"]


def test_in_a_sequential_ad_hoc_sub_process_one_begins_when_the_other_is_done():
    graph = make.compiled(ad_hoc('ordering="Sequential"'), "s>h", "h>after")
    state, _ = make.begun(graph)
    seen = []

    while make.open_at(graph, state) != ["after"]:
        (one,) = make.open_at(graph, state)
        seen.append(one)
        state = make.do(graph, state, one)

    assert seen == ["a", "b", "c"]


@FEEL
def test_an_ad_hoc_sub_process_is_over_when_its_condition_holds():
    said = "<completionCondition>enough</completionCondition>"
    graph = make.compiled(ad_hoc("", said), "s>h", "h>after")
    state, _ = make.begun(graph)

    state = make.do(graph, state, "a", enough=True)

    assert make.open_at(graph, state) == ["after"]
