"""Compensation undoes what is finished, the last first; a cancelled transaction undoes all."""

from marra.flow.engine.messages import Failed
from tests.flow import make


def undoable(name):
    """A task, the event on its border, and the task that undoes it."""
    return (
        f'<userTask id="{name}"/><boundaryEvent id="{name}-b" attachedToRef="{name}">'
        f"<compensateEventDefinition/></boundaryEvent>"
        f'<userTask id="un{name}" isForCompensation="true"/>'
        f'<association id="{name}-a" sourceRef="{name}-b" targetRef="un{name}"/>'
    )


def undo_all(graph, state):
    """Do whatever undoing asks for, one after another; their names."""
    seen = []
    while (open_now := make.open_at(graph, state)) and open_now[0].startswith("un"):
        (one,) = open_now
        seen.append(one)
        state = make.do(graph, state, one)
    return seen, state


THROW = make.event("intermediateThrowEvent", "x", "compensate")


def test_work_is_undone_in_reverse_order_before_the_thrower_goes_on():
    body = '<startEvent id="s"/>' + "".join(map(undoable, "abc")) + THROW + '<userTask id="end"/>'
    graph = make.compiled(body, "s>a", "a>b", "b>x", "x>end")
    state, _ = make.begun(graph)

    seen, state = undo_all(graph, make.do(graph, state, "a", "b"))

    assert seen == ["unb", "una"]
    assert make.open_at(graph, state) == ["end"]


def test_only_the_named_activity_is_undone_and_only_once():
    named = make.event("intermediateThrowEvent", "x", "compensate", ' activityRef="a"')
    body = (
        '<startEvent id="s"/>' + "".join(map(undoable, "ab")) + named
        + make.event("intermediateThrowEvent", "y", "compensate") + '<userTask id="end"/>'
    )  # fmt: skip
    graph = make.compiled(body, "s>a", "a>b", "b>x", "x>y", "y>end")
    state, _ = make.begun(graph)

    seen, state = undo_all(graph, make.do(graph, state, "a", "b"))

    assert seen == ["una", "unb"]
    assert make.open_at(graph, state) == ["end"]


def test_nothing_to_undo_is_passed():
    body = '<startEvent id="s"/>' + undoable("a") + THROW + '<userTask id="end"/>'
    graph = make.compiled(body, "s>x", "x>end")

    assert make.open_at(graph, make.begun(graph)[0]) == ["end"]


def test_what_a_finished_sub_process_did_is_undone_too():
    inside = (
        '<startEvent id="is"/>' + "".join(map(undoable, "ab"))
        + '<sequenceFlow id="i1" sourceRef="is" targetRef="a"/>'
        '<sequenceFlow id="i2" sourceRef="a" targetRef="b"/>'
    )  # fmt: skip
    body = (
        f'<startEvent id="s"/><subProcess id="sub">{inside}</subProcess>' + undoable("c") + THROW
        + '<userTask id="end"/>'
    )  # fmt: skip
    graph = make.compiled(body, "s>sub", "sub>c", "c>x", "x>end")
    state, _ = make.begun(graph)

    seen, state = undo_all(graph, make.do(graph, state, "a", "b", "c"))

    assert seen == ["unc", "unb", "una"]
    assert make.open_at(graph, state) == ["end"]


def test_a_sub_process_may_say_itself_how_it_is_undone():
    handler = (
        '<subProcess id="h" triggeredByEvent="true"><startEvent id="hs">'
        '<compensateEventDefinition/></startEvent><userTask id="unall"/>'
        '<sequenceFlow id="h1" sourceRef="hs" targetRef="unall"/></subProcess>'
    )
    inside = (
        '<startEvent id="is"/>' + undoable("a") + handler
        + '<sequenceFlow id="i1" sourceRef="is" targetRef="a"/>'
    )  # fmt: skip
    body = (
        f'<startEvent id="s"/><subProcess id="sub">{inside}</subProcess>' + THROW
        + '<userTask id="end"/>'
    )  # fmt: skip
    graph = make.compiled(body, "s>sub", "sub>x", "x>end")
    state, _ = make.begun(graph)

    seen, state = undo_all(graph, make.do(graph, state, "a"))

    assert seen == ["unall"]
    assert make.open_at(graph, state) == ["end"]


def test_each_round_of_a_loop_is_undone():
    task = undoable("a").replace(
        '<userTask id="a"/>',
        '<userTask id="a"><standardLoopCharacteristics loopMaximum="3"/></userTask>',
    )
    graph = make.compiled(
        '<startEvent id="s"/>' + task + THROW + '<userTask id="end"/>', "s>a", "a>x", "x>end"
    )
    state, _ = make.begun(graph)

    seen, _ = undo_all(graph, make.do(graph, state, "a", "a", "a"))

    assert seen == ["una", "una", "una"]


def test_a_handler_of_errors_undoes_the_process_that_it_handles():
    handler = (
        '<subProcess id="h" triggeredByEvent="true"><startEvent id="hs"><errorEventDefinition/>'
        "</startEvent>" + make.event("endEvent", "he", "compensate")
        + '<sequenceFlow id="h1" sourceRef="hs" targetRef="he"/></subProcess>'
    )  # fmt: skip
    body = '<startEvent id="s"/>' + undoable("a") + '<serviceTask id="t"/>' + handler
    graph = make.compiled(body, "s>a", "a>t")
    state = make.do(graph, make.begun(graph)[0], "a")

    state, _ = make.told(graph, state, Failed(make.wanted(graph, state, "t").id))
    seen, state = undo_all(graph, state)

    assert seen == ["una"]
    assert state.status == "ended"


def test_a_cancelled_transaction_ends_what_runs_undoes_what_is_done_and_leaves_by_its_border():
    inside = (
        '<startEvent id="is"/><parallelGateway id="ip"/>' + undoable("a")
        + '<userTask id="beside"/><userTask id="t"/>' + make.event("endEvent", "ie", "cancel")
        + '<sequenceFlow id="i1" sourceRef="is" targetRef="ip"/>'
        '<sequenceFlow id="i2" sourceRef="ip" targetRef="a"/>'
        '<sequenceFlow id="i3" sourceRef="ip" targetRef="beside"/>'
        '<sequenceFlow id="i4" sourceRef="a" targetRef="t"/>'
        '<sequenceFlow id="i5" sourceRef="t" targetRef="ie"/>'
    )  # fmt: skip
    body = (
        f'<startEvent id="s"/><transaction id="sub">{inside}</transaction><userTask id="ok"/>'
        '<boundaryEvent id="b" attachedToRef="sub"><cancelEventDefinition/></boundaryEvent>'
        '<userTask id="cancelled"/>'
    )
    graph = make.compiled(body, "s>sub", "sub>ok", "b>cancelled")
    state = make.do(graph, make.begun(graph)[0], "a", "t")
    assert make.open_at(graph, state) == ["una"]

    seen, state = undo_all(graph, state)

    assert seen == ["una"]
    assert make.open_at(graph, state) == ["cancelled"]
