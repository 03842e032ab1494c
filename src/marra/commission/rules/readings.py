"""Readings: how an open question is read until somebody decides it, and after.

The task says "place 30 by 2030", and the survey appears every other year, in the second half of
it: the last edition that is surely out when 2030 begins is that of 2028; the one that bears the
year's name is that of 2030. Pages show both answers; the reading says which of them stands first.

Three more questions hang on words of the same act: what a level of automation of 65 % counts, how
much "as a rule" leaves open, and whether each of five groups has one of the five tasks. The file
of an act says what each answer changes: a day, a target or a way of counting.

Source: ours; the default answer is assumed until the Commission decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from marra.kit.errors import Conflict, Invalid, NotFound
from marra.kit.text import gettext_noop


class Basis(StrEnum):
    """On what an answer stands."""

    ASSUMED = gettext_noop("assumed")
    DECIDED = gettext_noop("decided")


class NoSuchQuestion(NotFound):
    """Nobody asked that."""

    sentence = gettext_noop("There is no question “{question}”. There are: {known}.")


class NoSuchAnswer(Invalid):
    """The question knows other answers."""

    sentence = gettext_noop(
        "“{answer}” is no answer to the question “{question}”. Choose one of: {known}."
    )


class ReasonMissing(Invalid):
    """A decision without a reason cannot be understood later."""

    sentence = gettext_noop(
        "A decision needs a reason. Write in a sentence who decided it and why."
    )


class DecidedSo(Conflict):
    """The answer stands already."""

    sentence = gettext_noop("The answer is “{answer}” already. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with all its answers, the assumed one first."""

    says: str
    answers: tuple[str, ...]

    @property
    def default(self) -> str:
        """What is assumed until somebody decides."""
        return self.answers[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """How a question is read now."""

    question: str
    answer: str
    others: tuple[str, ...]  # what it could have been; pages show these too
    basis: Basis
    reason: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""


BY_2030: Final = "by-2030"
"""Which edition is meant by "place 30 by 2030"."""

AUTOMATION: Final = "automation"
"""What the level of automation is the level of."""

AS_A_RULE: Final = "as-a-rule"
"""How many new services must come first in the mobile application."""

GROUPS_AND_TASKS: Final = "groups-and-tasks"
"""Whether a group may have several of the tasks, and a task several groups."""

QUESTIONS: Final[Mapping[str, Question]] = {
    BY_2030: Question(gettext_noop("Which edition is meant by “by 2030”?"), ("2030", "2028")),
    AUTOMATION: Question(
        gettext_noop("What does a level of automation of 65 percent count?"), ("share", "mean")
    ),
    AS_A_RULE: Question(
        gettext_noop("How much does “as a rule, first of all” leave open?"), ("all", "most")
    ),
    GROUPS_AND_TASKS: Question(
        gettext_noop("Five groups and five tasks: does each group have one?"), ("many", "one")
    ),
}


def question(code: str) -> Question:
    """The question of that code; refuses with `NoSuchQuestion`.

    >>> question("by-2030").answers
    ('2030', '2028')
    """
    if code not in QUESTIONS:
        raise NoSuchQuestion(question=code, known=", ".join(QUESTIONS))
    return QUESTIONS[code]


def checked_answer(code: str, answer: str) -> str:
    """An answer that the question knows; refuses with `NoSuchAnswer`.

    >>> checked_answer("by-2030", "2028")
    '2028'
    """
    known = question(code).answers
    if answer not in known:
        raise NoSuchAnswer(answer=answer[:40], question=code, known=", ".join(known))
    return answer


def assumed(code: str) -> Answer:
    """How a question is read while nobody has decided it.

    >>> assumed("by-2030").answer, assumed("by-2030").basis.value
    ('2030', 'assumed')
    """
    asked = question(code)
    return Answer(code, asked.default, others_of(code, asked.default), Basis.ASSUMED)


def decided(made: Mapping[str, Answer]) -> dict[str, str]:
    """The answer to each question by its code: as it stands in `made`, else as assumed.

    >>> decided({})["automation"]
    'share'
    """
    return {
        code: made[code].answer if code in made else assumed(code).answer for code in QUESTIONS
    }


def others_of(code: str, answer: str) -> tuple[str, ...]:
    """The answers besides one.

    >>> others_of("by-2030", "2030")
    ('2028',)
    """
    return tuple(each for each in question(code).answers if each != answer)
