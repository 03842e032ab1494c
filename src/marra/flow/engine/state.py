"""State: where a case stands, in one small value that can be kept as bytes.

A token rests on a node; a scope is one running of a sub-process, a called process, a loop or a
compensation; the case's data stand beside them. Ids are counters, so that the same events give the
same state. A state is never changed; `step` makes the next.

Source: OMG, Business Process Model and Notation 2.0.2, chapter 13 (execution semantics).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from marra.flow.bpmn.values import Value

READY: Final = 1
WORK: Final = 0
JOIN: Final = 2
HOST: Final = 3
ASK_WAYS: Final = 4
ASK_COUNT: Final = 5
ASK_AGAIN: Final = 6
"""Phases of a token: about to begin; at work or waiting for an event; waiting at a join; holding
a scope; asking which flows, how often, whether again."""

ROOT: Final = 0
SUB: Final = 1
CALL: Final = 2
LOOP: Final = 3
ROUND: Final = 4
UNDO: Final = 5
"""Kinds of scopes: the case; a sub-process; a called process; the count of a loop; a round of it;
a compensation."""

RUNNING: Final = "running"
ENDED: Final = "ended"
TERMINATED: Final = "terminated"
FAILED: Final = "failed"
STATUSES: Final = (RUNNING, ENDED, TERMINATED, FAILED)

Log = tuple[tuple[int, "Log"], ...]
"""Finished activities that can be compensated, first to last, each with those inside it."""


class Token(NamedTuple):
    """Where work stands."""

    id: int
    node: int
    scope: int = 0
    phase: int = WORK
    via: int = -1  # the flow it came by, where a join asks


class Scope(NamedTuple):
    """One running of what has an inside."""

    id: int
    node: int = -1
    host: int = 0  # the token that holds it
    kind: int = ROOT
    data: Mapping[str, Value] | None = None  # variables of its own
    log: Log = ()
    closed: bool = False  # an event sub-process has interrupted it
    counts: tuple[int, ...] = ()  # of a loop: all, begun, done


class Timer(NamedTuple):
    """A time that is waited for; without `due`, until somebody says that it has come."""

    id: int
    owner: int  # token or scope
    node: int
    due: datetime | None
    every: str = ""
    left: int = 0  # repeats still to come; -1 without end


class State(NamedTuple):
    """A case: the definition and version it runs on, its tokens and its data."""

    process: str
    version: str
    serial: int  # the last id given
    status: str
    tokens: tuple[Token, ...]
    data: Mapping[str, Value]
    scopes: tuple[Scope, ...] = (Scope(0),)
    timers: tuple[Timer, ...] = ()
    marks: tuple[tuple[int, int], ...] = ()  # owner and event that has fired and may not again
    code: str = ""  # of the error it failed with

    @property
    def running(self) -> bool:
        """Whether anything can still happen."""
        return self.status == RUNNING


class Visit(NamedTuple):
    """One line of a trace: what happened at an element, who acts there, when."""

    element: str
    kind: str
    lane: str
    at: datetime
    what: str = "entered"  # entered, left, withdrawn, triggered
