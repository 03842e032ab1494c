"""Events and commands: what a case is told, and what it asks the world to do.

A command that waits bears the id of its token, and the event that answers it bears the same id. A
command is data: who keeps cases carries it out, keeps it, or asks a person.

Source: OMG, Business Process Model and Notation 2.0.2, sections 13.3 to 13.5.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from marra.flow.bpmn.values import Value
from marra.flow.engine.graph import Node

Data = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Begin:
    """Run what stands at the start."""


@dataclass(frozen=True, slots=True)
class Done:
    """Work is finished, with these results."""

    id: int
    data: Data = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failed:
    """Work ended in an error that the process may catch by its code."""

    id: int
    code: str = ""
    data: Data = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Escalated:
    """Who works asks for attention; whether work goes on is for the process to say."""

    id: int
    code: str = ""
    data: Data = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Due:
    """The time of a timer has come."""

    id: int


@dataclass(frozen=True, slots=True)
class Message:
    """A message for this case, by name and key, or straight to an element."""

    name: str = ""
    data: Data = field(default_factory=dict)
    key: tuple[Value, ...] | None = None
    element: str = ""


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal that everybody hears."""

    name: str
    data: Data = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changed:
    """Data of the case were changed from outside."""

    data: Data


@dataclass(frozen=True, slots=True)
class Happened:
    """A stand-in says that an event, which the engine cannot judge, has happened."""

    id: int
    element: str
    data: Data = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """A stand-in's answer to `Ask`: ids of flows, a number of times, or whether again."""

    id: int
    value: tuple[str, ...] | int | bool


@dataclass(frozen=True, slots=True)
class Stop:
    """The case is ended from outside, as when an applicant withdraws; `code` says why."""

    code: str = ""


Event = (
    Stop | Begin | Done | Failed | Escalated | Due | Message | Signal | Changed | Happened | Answer
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Command:
    """What is asked, at which node; `id` names the token or timer."""

    id: int
    node: Node

    @property
    def element(self) -> str:
        """The element's id."""
        return self.node.id


@dataclass(frozen=True, slots=True)
class Work(Command):
    """Somebody or something has to do this, and answers with `Done`."""

    inputs: Data = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UserTask(Work):
    """A person acts: a user task, a manual task, or one without a type."""


@dataclass(frozen=True, slots=True)
class CallService(Work):
    """A service is called."""


@dataclass(frozen=True, slots=True)
class Decide(Work):
    """A decision is made by a business rule; `node.does` names it."""


@dataclass(frozen=True, slots=True)
class RunScript(Work):
    """A script in a language that is not executed here; a stand-in answers."""


@dataclass(frozen=True, slots=True)
class CallProcess(Work):
    """A process is called that was not given with this one."""


@dataclass(frozen=True, slots=True)
class Send(Work):
    """A message leaves and its sending may fail or take long: events stand on the task's border.

    `node.message` names the message.
    """


@dataclass(frozen=True, slots=True)
class Ask(Command):
    """A choice that the engine cannot make: which `ways`, how often (`count`), or `again`."""

    what: str
    choices: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True)
class SendMessage(Command):
    """A message leaves; nothing is waited for."""

    name: str
    data: Data = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ThrowSignal(Command):
    """A signal for all other cases."""

    name: str


@dataclass(frozen=True, slots=True)
class AwaitMessage(Command):
    """The case waits for a message of that name and key."""

    name: str
    key: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class AwaitSignal(Command):
    """The case waits for a signal."""

    name: str


@dataclass(frozen=True, slots=True)
class AwaitCondition(Command):
    """The case waits for a condition that is not evaluated here."""


@dataclass(frozen=True, slots=True)
class SetTimer(Command):
    """Tell the case `Due` at that time; without a time, when a stand-in says so."""

    due: datetime | None


@dataclass(frozen=True, slots=True)
class CancelTimer(Command):
    """That timer is no longer waited for."""


@dataclass(frozen=True, slots=True)
class Withdraw(Command):
    """What was asked under that id is no longer wanted."""


@dataclass(frozen=True, slots=True)
class Unheard(Command):
    """An escalation that nothing in the process catches."""

    code: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The case is over."""

    status: str
    code: str = ""
