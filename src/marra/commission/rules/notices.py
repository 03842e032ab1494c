"""Notices: what people are told, in which sentence, and the short one that fits an SMS.

What leaves the house names a number, a day and an address, never a title or a person: what it is
about is read after signing in.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from marra.kit.text import gettext_noop


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice: its sentence, and the name of the page that it leads to."""

    sentence: str
    page: str = "assignment"
    short: str = ""  # only where it may go by SMS

    @property
    def is_about_one(self) -> bool:
        """Whether its page is that of one thing; else it is a list."""
        return self.page not in LISTS


LISTS: Final = ("due", "assignments-mine")
"""Pages that are no page of one thing."""

TODAY: Final = gettext_noop(
    "Assignment {number} is due on {due}: no working day is left after today."
)
OVER: Final = gettext_noop(
    "Assignment {number} was due on {due} and is not submitted. Working days since: {days}."
)
KINDS: Final[Mapping[str, Kind]] = {
    "due": Kind(
        gettext_noop("Assignment {number} is due on {due}. Working days left: {days}."),
        short=gettext_noop("{number} is due {due}"),
    ),
    "today": Kind(TODAY, short=gettext_noop("{number} is due {due}")),
    "over": Kind(OVER, short=gettext_noop("{number} is overdue since {due}")),
    "interim-due": Kind(
        gettext_noop("A report on assignment {number} is due on {due}. Working days left: {days}.")
    ),
    "interim-today": Kind(
        gettext_noop(
            "A report on assignment {number} is due on {due}: no working day is left after today."
        )
    ),
    "interim-over": Kind(
        gettext_noop(
            "A report on assignment {number} was due on {due} and is missing. "
            "Working days since: {days}."
        )
    ),
    "verdict": Kind(
        gettext_noop(
            "Assignment {number} waits for a verdict. Working days since it was submitted: {days}."
        )
    ),
    "list": Kind(
        gettext_noop("Falls due by {until}: {count}; overdue among them: {overdue}."), "due"
    ),
    "reminder": Kind(
        gettext_noop(
            "You are reminded by the secretary: assignment {number} has the deadline {due}."
        ),
        short=gettext_noop("reminder: {number} is due {due}"),
    ),
    "given": Kind(
        gettext_noop("Assignment {number} was given to your body. It is due on {due}."),
        short=gettext_noop("{number} was given, due {due}"),
    ),
    "given-many": Kind(
        gettext_noop("Assignments given to your body by a list: {count}."), "assignments-mine"
    ),
    "helps": Kind(gettext_noop("Your body helps with assignment {number}. It is due on {due}.")),
    "charged": Kind(gettext_noop("You are charged with assignment {number}. It is due on {due}.")),
    "to-judge": Kind(
        gettext_noop("Assignment {number} was submitted and waits for your verdict.")
    ),
    "group-accepted": Kind(
        gettext_noop("Assignment {number} was accepted by the working group. The last step waits.")
    ),
    "returned": Kind(
        gettext_noop(
            "Assignment {number} was returned for revision. The reason stands on its page."
        ),
        short=gettext_noop("{number} was returned"),
    ),
    "done": Kind(gettext_noop("Assignment {number} was accepted: it is done.")),
    "removed": Kind(gettext_noop("Assignment {number} was removed from control.")),
    "time-asked": Kind(
        gettext_noop("More time is asked for assignment {number}, until {until}."),
    ),
    "time-given": Kind(gettext_noop("Assignment {number} has more time: it is due on {until}.")),
    "time-refused": Kind(
        gettext_noop("More time for assignment {number} was refused: it is due on {due}.")
    ),
    "session-called": Kind(gettext_noop("You are asked to a session on {starts}."), "session"),
    "session-changed": Kind(
        gettext_noop("A session you are asked to has changed. It begins on {starts}."), "session"
    ),
    "session-cancelled": Kind(gettext_noop("The session of {starts} was cancelled."), "session"),
    "proposal-accepted": Kind(gettext_noop("Your proposal was accepted."), "proposal"),
    "proposal-rejected": Kind(
        gettext_noop("Your proposal was rejected. The reason stands on its page."), "proposal"
    ),
}
"""Every kind by its code."""


def gaps(facts: Mapping[str, object]) -> dict[str, object]:
    """The facts of a notice as its sentence takes them: days and moments as people write them.

    >>> gaps({"number": "2026/1", "due": "2026-03-02", "starts": "2026-03-02T10:00:00+05:00"})
    {'number': '2026/1', 'due': '02.03.2026', 'starts': '02.03.2026 10:00'}
    """
    return {name: READ.get(name, _plain)(fact) for name, fact in facts.items()}


def _plain(fact: object) -> object:
    return fact


def _day(fact: object) -> str:
    return f"{date.fromisoformat(str(fact)):%d.%m.%Y}"


def _moment(fact: object) -> str:
    return f"{datetime.fromisoformat(str(fact)):%d.%m.%Y %H:%M}"


READ: Final = {"due": _day, "until": _day, "starts": _moment}
