"""Look up what was worked out for a question, and have worked out what is missing.

Source: ours, docs/adr/0040.
"""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from marra.commission.queries import answers
from marra.commission.queries.answers import Progress
from marra.commission.rules.answers import Answer, Frontier, Unanswered
from marra.commission.rules.questions import TooManyQuestions
from marra.kit.errors import Conflict
from marra.kit.text import gettext_noop
from marra.web.charts.planned import Planned
from marra.web.plan.asking import State, edited


class NotWorkedOut(Conflict):
    """The answer is not there yet."""

    sentence = gettext_noop(
        "This plan is being worked out. Open its page, and come back when the page shows it."
    )


EVERYBODYS: Final = "no-cache"


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is of a question so far."""

    answers: dict[int, Answer]  # by edition
    frontier: Frontier | None
    unanswered: Unanswered | None
    waits: bool  # something is still being worked out
    failed: bool  # something could not be worked out
    is_full: bool  # too many others wait

    @property
    def is_whole(self) -> bool:
        """Whether every answer is there, so that nothing of it comes later."""
        missing = self.waits or self.failed or self.is_full or self.unanswered is not None
        return self.frontier is not None and not missing


def look(state: State) -> Seen:
    """What there is; what is missing is left to be worked out by a process of its own."""
    wanted = [*state.questions(), state.question.frontier()]
    told = {question: answers.find(question) for question in wanted}
    missing = [question for question, found in told.items() if found is None]
    progress, is_full = [], False
    for question in missing:
        try:
            progress.append(answers.ask(question, state.source.portfolio))
        except TooManyQuestions:
            progress.append(Progress.UNASKED)
            is_full = True
    if missing:
        answers.start_work()
    frontier, own = told[wanted[-1]], told[state.question]
    return Seen(
        answers={q.edition: found for q, found in told.items() if isinstance(found, Answer)},
        frontier=frontier if isinstance(frontier, Frontier) else None,
        unanswered=own if isinstance(own, Unanswered) else None,
        waits=any(each is not Progress.FAILED for each in progress),
        failed=Progress.FAILED in progress,
        is_full=is_full,
    )


def planned(state: State, language: str) -> Planned:
    """The answer for charts and files; refuses with `NotWorkedOut` while there is none."""
    answer, frontier = answers.find(state.question), answers.find(state.question.frontier())
    if not isinstance(answer, Answer):
        raise NotWorkedOut
    return together(state, answer, frontier if isinstance(frontier, Frontier) else None, language)


def together(state: State, answer: Answer, frontier: Frontier | None, language: str) -> Planned:
    """An answer with its portfolio and what odds cost, as charts and files draw it."""
    return Planned(
        portfolio=state.source.portfolio,
        answer=answer,
        frontier=frontier,
        query=state.query,
        language=language,
        is_example=state.source.is_example,
        edited=edited(state.source),
    )


def keep_private(request: HttpRequest, state: State) -> str:
    """How long a browser may keep an answer: its content changes when more is worked out."""
    private = request.user.is_authenticated or not state.source.is_public
    return "private, no-store" if private else EVERYBODYS
