"""Drawn: a process by its joints, so that nobody has to look for them twice.

Source: OMG, Business Process Model and Notation 2.0.2, chapters 8 and 10.
"""

from collections.abc import Iterable
from functools import cached_property

from marra.flow.bpmn.model import Flow, Node, Process
from marra.flow.bpmn.names import OUTSIDE

Lists = dict[str, list[Node]]


class Drawn:
    """Lookups of one process."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.nodes = {each.id: each for each in process.nodes}

    @cached_property
    def leaving(self) -> dict[str, list[Flow]]:
        """Flows by the node they leave."""
        found: dict[str, list[Flow]] = {}
        for each in self.process.flows:
            found.setdefault(each.source, []).append(each)
        return found

    @cached_property
    def entering(self) -> dict[str, list[Flow]]:
        """Flows by the node they lead to."""
        found: dict[str, list[Flow]] = {}
        for each in self.process.flows:
            found.setdefault(each.target, []).append(each)
        return found

    @cached_property
    def within(self) -> Lists:
        """Nodes by what holds them; those of the process itself under its own id."""
        found: Lists = {}
        for each in self.process.nodes:
            found.setdefault(each.inside or self.process.id, []).append(each)
        return found

    @cached_property
    def borders(self) -> Lists:
        """Events on borders by their activity."""
        found: Lists = {}
        for each in self.process.nodes:
            if each.kind == "boundaryEvent":
                found.setdefault(each.attached_to, []).append(each)
        return found

    @cached_property
    def outside(self) -> frozenset[str]:
        """Nodes that wait for something from outside the case, or for time or data."""
        return frozenset(
            each.id
            for each in self.process.nodes
            if each.kind == "receiveTask" or any(one.kind in OUTSIDE for one in each.triggers)
        )

    @cached_property
    def links(self) -> dict[tuple[str, str], str]:
        """Catching links by where they stand and their name."""
        caught = (each for each in self.process.nodes if each.kind == "intermediateCatchEvent")
        found: dict[tuple[str, str], str] = {}
        for each in caught:
            for trigger in each.triggers:
                if trigger.kind == "link":
                    found.setdefault((each.inside, trigger.name), each.id)
        return found

    @cached_property
    def handlers(self) -> dict[str, tuple[str, str]]:
        """By activity: the compensating event on its border, and the activity joined to it."""
        joined: dict[str, list[str]] = {}
        ends: list[tuple[str, str]] = [*self.process.compensations]
        ends += [(each.source, each.target) for each in self.process.flows]
        for one, other in ends:
            joined.setdefault(one, []).append(other)
            joined.setdefault(other, []).append(one)
        found: dict[str, tuple[str, str]] = {}
        for host, events in self.borders.items():
            for event in undoing(events):
                for each in joined.get(event.id, ()):
                    if each in self.nodes:
                        found.setdefault(host, (event.id, each))
        return found


def undoing(nodes: Iterable[Node]) -> list[Node]:
    """Those of the events that wait for compensation."""
    return [each for each in nodes if any(one.kind == "compensate" for one in each.triggers)]
