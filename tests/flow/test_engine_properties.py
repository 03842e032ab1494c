"""What holds for every model: it ends, the same way each time, whatever order people work in."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from marra.flow.bpmn import read, write
from marra.flow.engine.compiling import graph
from marra.flow.engine.keeping import dump, load
from marra.flow.engine.messages import Answer, Ask, Begin, Done
from marra.flow.engine.state import HOST, JOIN, Visit
from marra.flow.engine.stepping import start, step, waiting
from marra.flow.engine.walking import walk
from tests.flow import make
from tests.flow.make import NOON

LEAVES = st.sampled_from(["userTask", "serviceTask", "task", "sendTask", "manualTask"])
BLOCKS = st.recursive(
    st.tuples(st.just("leaf"), LEAVES),
    lambda inner: st.tuples(
        st.sampled_from(["sequence", "parallel", "exclusive", "inclusive", "sub", "many"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=10,
)


class Drawing:
    """A well-structured model drawn from nested blocks."""

    def __init__(self):
        self.count = 0

    def name(self, sign):
        self.count += 1
        return f"{sign}{self.count}"

    def flow(self, source, target):
        return f'<sequenceFlow id="{self.name("f")}" sourceRef="{source}" targetRef="{target}"/>'

    def draw(self, block):
        """The markup of a block, its first and its last node."""
        kind, parts = block
        if kind == "leaf":
            name = self.name("t")
            return f'<{parts} id="{name}"/>', name, name
        if kind in ("sub", "many"):
            return self.holder(kind, parts)
        drawn = [self.draw(each) for each in parts]
        if kind == "sequence":
            links = [self.flow(a[2], b[1]) for a, b in pairwise(drawn)]
            return "".join([each[0] for each in drawn] + links), drawn[0][1], drawn[-1][2]
        split, join = self.name("g"), self.name("g")
        links = [self.flow(split, each[1]) + self.flow(each[2], join) for each in drawn]
        gates = f'<{kind}Gateway id="{split}"/><{kind}Gateway id="{join}"/>'
        return gates + "".join([each[0] for each in drawn] + links), split, join

    def holder(self, kind, parts):
        name, begin, end = self.name("s"), self.name("b"), self.name("e")
        inner, first, last = self.draw(("sequence", parts))
        loop = "<multiInstanceLoopCharacteristics/>" if kind == "many" else ""
        inside = (
            f'<startEvent id="{begin}"/><endEvent id="{end}"/>{inner}'
            f"{self.flow(begin, first)}{self.flow(last, end)}{loop}"
        )
        return f'<subProcess id="{name}">{inside}</subProcess>', name, name


def drawn(block):
    drawing = Drawing()
    inner, first, last = drawing.draw(block)
    body = (
        f'<process id="p" isExecutable="true"><startEvent id="begin"/><endEvent id="end"/>{inner}'
        f"{drawing.flow('begin', first)}{drawing.flow(last, 'end')}</process>"
    )
    return make.file(body)


def answered(command, choose):
    """An answer to a command; `choose` picks where there is a choice."""
    if not isinstance(command, Ask):
        return Done(command.id)
    if command.what == "count":
        return Answer(command.id, 2)
    return Answer(command.id, command.choices[choose % len(command.choices) :][:1])


def run(of, order, choose, *, kept=False, trace=None):
    """A case driven to its end, taking up what is open in an order of lot."""
    state, _ = step(of, start(of, {}, at=NOON), Begin(), at=NOON, trace=trace)
    turn = 0
    while state.running:
        open_now = waiting(of, state, at=NOON)
        assert open_now, "a running case wants something"
        assert len({each.id for each in open_now}) == len(open_now)
        assert_whole(of, state)
        command = open_now[order[turn % len(order)] % len(open_now)]
        chosen = answered(command, choose + len(command.node.id))
        if kept:
            state = load(dump(state))
        state, _ = step(of, state, chosen, at=NOON, trace=trace)
        turn += 1
    return state, turn


def assert_whole(of, state):
    """Every token has its scope, every scope its token, every join some flow still missing."""
    scopes = {each.id: each for each in state.scopes}
    tokens = {each.id: each for each in state.tokens}
    assert len(tokens) == len(state.tokens)
    assert all(each.scope in scopes for each in state.tokens)
    assert all(each.host in tokens for each in state.scopes if each.id)
    held = {each.host for each in state.scopes}
    for each in state.tokens:
        assert (each.phase == HOST) <= (each.id in held)
        if each.phase == JOIN and of.nodes[each.node].kind == "parallelGateway":
            waiting_here = [
                one.via for one in state.tokens
                if (one.node, one.scope, one.phase) == (each.node, each.scope, JOIN)
            ]  # fmt: skip
            assert len(set(waiting_here)) < len(of.nodes[each.node].incoming)


ORDERS = st.lists(st.integers(0, 7), min_size=1, max_size=8)


@settings(max_examples=150)
@given(BLOCKS, ORDERS, st.integers(0, 5))
def test_every_well_structured_model_ends_and_leaves_nothing_behind(block, order, choose):
    of = graph(read(drawn(block)))

    state, _ = run(of, order, choose)

    assert state.status == "ended"
    assert state.tokens == ()
    assert state.timers == ()
    assert [each.id for each in state.scopes] == [0]


@settings(max_examples=60)
@given(BLOCKS, ORDERS, st.integers(0, 5))
def test_the_same_events_give_the_same_states_kept_in_between_or_not(block, order, choose):
    of = graph(read(drawn(block)))
    first: list[Visit] = []
    second: list[Visit] = []

    one = run(of, order, choose, trace=first)
    other = run(of, order, choose, kept=True, trace=second)

    assert one == other
    assert first == second


@settings(max_examples=60)
@given(BLOCKS, ORDERS, ORDERS, st.integers(0, 5))
def test_whatever_the_order_of_work_the_same_elements_are_visited_as_often(
    block, order, another, choose
):
    of = graph(read(drawn(block)))
    first: list[Visit] = []
    second: list[Visit] = []

    one, _ = run(of, order, choose, trace=first)
    other, _ = run(of, another, choose, trace=second)

    assert (one.status, one.data) == (other.status, other.data)
    assert sorted(each.element for each in first) == sorted(each.element for each in second)


@settings(max_examples=40)
@given(BLOCKS)
def test_the_stand_in_reaches_every_element_and_nothing_is_lost_in_writing(block):
    definitions = read(drawn(block))

    walked = walk(graph(definitions, asked=True), at=NOON)

    assert walked.unreached == ()
    assert walked.ended == len(walked.runs)
    assert write(read(write(definitions))) == write(definitions)
