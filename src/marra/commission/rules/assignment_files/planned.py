"""What a row of a file becomes, and what the house must know to read it.

Source: ours.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from marra.commission.rules.assignments import State

Identity = tuple[str, str]
"""The folded words, and the code of the body that leads: the same twice is the same assignment."""


@dataclass(frozen=True, slots=True)
class Known:
    """What stands here already: names and codes folded, each with the code that it means."""

    bodies: Mapping[str, str]
    called: Mapping[str, str] = field(default_factory=dict)  # bodies by code, as people write them
    groups: Mapping[str, str] = field(default_factory=dict)
    clauses: Mapping[str, str] = field(default_factory=dict)  # "pq 308 p4 b": "pq-308/P4-b"
    indicators: Mapping[str, str] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    titles: Mapping[Identity, str] = field(default_factory=dict)  # to the number

    def by_lead(self) -> dict[str, list[tuple[str, str]]]:
        """The folded words and the number of what stands, by the body that leads."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for (key, lead), number in self.titles.items():
            found[lead].append((key, number))
        return found


@dataclass(frozen=True, slots=True)
class Planned:
    """One assignment of a file that passed every check."""

    line: int
    title: str
    key: str
    lead: str
    deadline: date
    first_deadline: date
    given_on: date
    co_executors: tuple[str, ...] = ()
    head_name: str = ""
    ijro_number: str = ""
    basis: str = ""
    clause: str = ""
    group: str = ""
    indicator: str = ""
    state: State | None = None  # None: as whoever takes it in says
    percent: int = 0
    text: str = ""

    @property
    def identity(self) -> Identity:
        """By what it is the same as another one."""
        return self.key, self.lead
