"""The judge of BPMN: a reference model is read, written again, and walked to its ends.

A model counts as executed when each of its processes, executable or not by its own word, runs to
an end; every element that the stand-in reaches in none of them is named.

Source: OMG Model Interchange Working Group, bpmn-miwg-test-suite, folder Reference.
"""

from dataclasses import dataclass
from datetime import datetime

from marra.flow.bpmn import read, write
from marra.flow.bpmn.likeness import lost, same
from marra.flow.bpmn.model import Definitions, Process
from marra.flow.engine.compiling import graph
from marra.flow.engine.graph import Node
from marra.flow.engine.walking import Walk, walk
from marra.kit.errors import Refusal
from marra.kit.findings import Finding


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about one model."""

    refused: str = ""  # why it was not loaded
    lost: tuple[str, ...] = ()
    round_trip: bool = False
    processes: int = 0
    runs: int = 0
    without_end: tuple[str, ...] = ()  # processes of which no run ends, and why
    unreached: tuple[Node, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def loaded(self) -> bool:
        """Whether it was read."""
        return not self.refused

    @property
    def executed(self) -> bool:
        """Whether every process runs to an end."""
        return self.loaded and not self.without_end


def judge(xml: bytes, *, at: datetime) -> Verdict:
    """What a model's reading, writing and running show."""
    try:
        found = read(xml)
    except Refusal as refusal:
        return Verdict(refused=str(refusal))
    again = write(found)
    runs = 0
    without_end: list[str] = []
    reached: set[str] = set()
    missed: dict[str, Node] = {}
    for process in found.processes:
        told = _walked(found, process, at)
        if isinstance(told, str):
            without_end.append(f"{process.id}: {told}")
            continue
        runs += len(told.runs)
        reached |= told.reached
        missed |= {each.id: each for each in told.unreached}
        if not told.ended:
            without_end.append(f"{process.id}: {'; '.join(told.stuck[:1])}")
    return Verdict(
        lost=lost(xml, again),
        round_trip=same(xml, again),
        processes=len(found.processes),
        runs=runs,
        without_end=tuple(without_end),
        unreached=tuple(each for name, each in missed.items() if name not in reached),
        findings=found.problems,
    )


def _walked(of: Definitions, process: Process, at: datetime) -> Walk | str:
    try:
        return walk(graph(of, process.id, asked=True), at=at)
    except Refusal as refusal:
        return str(refusal)
