"""How quick cases are: one process of eight nodes, against SpiffWorkflow on the same graph.

`sample_service.bpmn` has scripts in Python, which SpiffWorkflow executes and this house does not;
its twin here says the same in FEEL. Both complete the same eight nodes; SpiffWorkflow completes
three more of its own making, which the facts tell too. Saved between steps means that after each
answer of a person the case becomes bytes and comes back from them.

SpiffWorkflow is no dependency of ours: `uv pip install --group bench` brings it. Without it the
measures of speed are noted without a verdict, and it is said so.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.clock import in_turns
from benchmarks.record import Measure
from marra.flow.bpmn import read
from marra.flow.engine.compiling import graph
from marra.flow.engine.graph import Graph
from marra.flow.engine.keeping import dump, load
from marra.flow.engine.messages import Begin, Done
from marra.flow.engine.state import State
from marra.flow.engine.stepping import start, step

SAMPLE = Path(__file__).parent / "sample_service.bpmn"
NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)
NODES = 8
ROUNDS, CASES, THEIR_CASES = 7, 300, 30
LARGEST = 600


def measures() -> Iterator[Measure]:
    """Steps each second, in memory and saved between steps, and the bytes of a case."""
    if find_spec("marra.flow.feel") is None:
        print(
            "FEEL is not there, so the twin cannot run and nothing was measured", file=sys.stderr
        )
        return
    ours = graph(read(twin()))
    sizes = list(_sizes(ours))
    yield Measure("bytes of a kept case of eight nodes: largest", max(sizes), "bytes",
                  must=LARGEST, aim=200, facts={"sizes": sizes})  # fmt: skip
    cases: dict[str, Callable[[], object]] = {
        "memory": lambda: [_ours(ours, kept=False) for _ in range(CASES)],
        "kept": lambda: [_ours(ours, kept=True) for _ in range(CASES)],
    }
    theirs = _their_cases()
    spent = in_turns({**cases, **theirs}, ROUNDS)
    for name, told in (("memory", "in memory"), ("kept", "saved between steps")):
        speed = NODES * CASES / min(spent[name])
        yield Measure(f"steps of cases {told}", speed, "steps/s CPU", at_most=False)
        if not theirs:
            continue
        other = NODES * THEIR_CASES / min(spent[f"their {name}"])
        yield Measure(
            f"steps of cases {told}, against SpiffWorkflow 3.2", speed / other, "x",
            must=20, at_most=False,
            facts={"ours": speed, "theirs": other, "their_own_nodes_too": other * 11 / NODES},
        )  # fmt: skip


def twin() -> bytes:
    """The sample with its two scripts in FEEL."""
    said = SAMPLE.read_bytes()
    said = said.replace(b"ok = age &gt;= 18", b"{ok: age &gt;= 18}")
    return said.replace(b"doc = 'D-1'", b'{doc: "D-1"}')


def _begun(of: Graph) -> State:
    state = start(of, {"age": Decimal(20)}, at=NOON)
    state, _ = step(of, state, Begin(), at=NOON)
    return state


def _ours(of: Graph, *, kept: bool) -> State:
    state = _begun(of)
    while state.running:
        if kept:
            state = load(dump(state))
        state, _ = step(of, state, Done(state.tokens[0].id), at=NOON)
    assert state.data["doc"] == "D-1"
    return state


def _sizes(of: Graph) -> Iterator[int]:
    state = _begun(of)
    yield len(dump(state))
    while state.running:
        state, _ = step(of, state, Done(state.tokens[0].id), at=NOON)
        yield len(dump(state))


def _their_cases() -> dict[str, Callable[[], object]]:
    if find_spec("SpiffWorkflow") is None:
        print(
            "SpiffWorkflow is not installed: nothing was compared (uv pip install --group bench)",
            file=sys.stderr,
        )
        return {}
    from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
    from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer

    parser = BpmnParser()
    parser.add_bpmn_file(str(SAMPLE))
    spec = parser.get_spec("svc")
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
    return {
        "their memory": lambda: [_theirs(spec, None) for _ in range(THEIR_CASES)],
        "their kept": lambda: [_theirs(spec, serializer) for _ in range(THEIR_CASES)],
    }


def _theirs(spec: Any, serializer: Any) -> Any:
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
    from SpiffWorkflow.util.task import TaskState

    case = BpmnWorkflow(spec)
    case.task_tree.data["age"] = 20
    case.do_engine_steps()
    while not case.is_completed():
        if serializer is not None:
            case = serializer.deserialize_json(serializer.serialize_json(case))
        case.get_next_task(state=TaskState.READY, manual=True).run()
        case.do_engine_steps()
    assert case.last_task.data["doc"] == "D-1"
    return case
