"""Registers of the state and other systems that a process calls: a client, and a stand-in.

No register is connected yet, so the stand-in answers: of each person it says what the personas of
the service say of one of theirs, always the same for the same person. It says that it is one.

Source: ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final, Protocol

from marra.people.rules.rights import Stamp
from marra.portal.actions.settling import settle
from marra.portal.queries import cases
from marra.portal.rules.running import LOOK_UP

MOST: Final = 20
"""Calls in a row; a process that asks for more goes on with the next round of work."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a process asks a system outside."""

    element: str
    topic: str
    applicant: str  # code of the account
    inputs: Mapping[str, Any]
    personas: Sequence[Mapping[str, Any]] = ()  # of the service, for the stand-in


@dataclass(frozen=True, slots=True)
class Answer:
    """What it answers, or the code of an error."""

    outputs: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""


class Registers(Protocol):
    """Whoever answers for registers."""

    is_stand_in: bool

    def ask(self, question: Question) -> Answer | None:
        """The answer; None if it comes later, by its own door."""


class StandIn:
    """Answers from the personas of a service."""

    is_stand_in = True

    def ask(self, question: Question) -> Answer | None:
        """What the persona that stands for this person is told.

        >>> anora = {"name": "Anora", "registers": {"citizens": {"full_name": "Anora"}}}
        >>> StandIn().ask(Question("e", "look-up", "account-1", {}, [anora])).outputs
        {'citizens': {'full_name': 'Anora'}}
        """
        if not question.personas:
            return Answer()
        place = int(sha256(question.applicant.encode()).hexdigest(), 16) % len(question.personas)
        persona = question.personas[place]
        said = persona.get("replies", {}).get(question.element, {})
        said = said[0] if isinstance(said, list) and said else said
        if said is None:
            return None  # by the persona's own word nobody answers
        if isinstance(said, Mapping) and said:
            told = {name: each for name, each in said.items() if name != "fails"}
            return Answer(told, str(said.get("fails", "")))
        return Answer(persona.get("registers", {}) if question.topic == LOOK_UP else {})


def service() -> Registers:
    """Whoever answers for registers here."""
    return StandIn()


def answer(stamp: Stamp, code: str) -> int:
    """Ask for what a case calls, and bring the answers; how many were brought."""
    count = 0
    for _ in range(MOST):
        if not cases.is_calling(code):
            break
        case = cases.every().named(code)
        call = cases.calls(case).first()
        told = service().ask(_question(case, call)) if call else None
        if call is None or told is None:
            break
        settle(stamp, code, number=call.number, outputs=told.outputs, error=told.error)
        count += 1
    return count


def _question(case: Any, call: Any) -> Question:
    personas = cases.personas(case)
    return Question(call.element, call.does, case.applicant, call.inputs, personas)
