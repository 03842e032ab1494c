"""Events: which deeds of the journal are told to whom, and by which ways.

Source: ours.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from marra.commission.rules.ladder import Audience
from marra.people.rules.contacts import Way

FRESH: Final = timedelta(days=7)
"""What happened longer ago is told to nobody: a house that starts does not tell its history."""

LISTED: Final = "assignments.imported"
"""A deed that gives many at once: each body is told how many."""

Facts = Mapping[str, object]


class Concerned(StrEnum):
    """Whom a deed concerns, besides those of the ladder."""

    CHARGED = "charged"  # whom the deed itself names
    AUTHOR = "author"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing to tell: its kind, to whom, and by which ways besides the inbox."""

    kind: str
    to: tuple[Audience | Concerned, ...]
    ways: tuple[Way, ...] = (Way.MAIL, Way.TELEGRAM)


ALL_WAYS: Final = (Way.MAIL, Way.TELEGRAM, Way.SMS)
GIVEN: Final = (
    Event("given", (Audience.EXECUTOR,), ALL_WAYS),
    Event("helps", (Audience.HELPERS,)),
)
RETURNED: Final = (Event("returned", (Audience.EXECUTOR,), ALL_WAYS),)
TO_JUDGE: Final = Event("to-judge", (Audience.JUDGE,))
SEATED: Final = (Concerned.MEMBERS,)


def told_of(deed: str, facts: Facts) -> tuple[Event, ...]:
    """What a deed of the journal gives cause to tell; nothing for most of them.

    >>> [event.kind for event in told_of("assignment.judged", {"accepted": True})]
    ['done']
    >>> told_of("account.registered", {})
    ()
    """
    found = EVENTS.get(deed)
    return found(facts) if found else ()


def _always(*events: Event) -> Callable[[Facts], tuple[Event, ...]]:
    return lambda _facts: events


def _made(facts: Facts) -> tuple[Event, ...]:
    return GIVEN if facts.get("given") else ()


def _group_judged(facts: Facts) -> tuple[Event, ...]:
    if facts.get("accepted"):
        return (Event("group-accepted", (Audience.EXECUTOR,)), TO_JUDGE)
    return RETURNED


def _judged(facts: Facts) -> tuple[Event, ...]:
    if facts.get("accepted"):
        return (Event("done", (Audience.EXECUTOR, Audience.HELPERS)),)
    return RETURNED


def _answered(facts: Facts) -> tuple[Event, ...]:
    kind = "time-given" if facts.get("granted") else "time-refused"
    return (Event(kind, (Audience.EXECUTOR, Audience.HELPERS)),)


def _decided(facts: Facts) -> tuple[Event, ...]:
    kind = "proposal-accepted" if facts.get("accepted") else "proposal-rejected"
    return (Event(kind, (Concerned.AUTHOR,)),)


EVENTS: Final[Mapping[str, Callable[[Facts], tuple[Event, ...]]]] = {
    "assignment.made": _made,
    "assignment.given": _always(*GIVEN),
    "assignment.delegated": _always(Event("charged", (Concerned.CHARGED,))),
    "assignment.reminded": _always(Event("reminder", (Audience.BODY,), ALL_WAYS)),
    "assignment.submitted": _always(TO_JUDGE),
    "assignment.group-judged": _group_judged,
    "assignment.judged": _judged,
    "assignment.removed": _always(Event("removed", (Audience.EXECUTOR, Audience.HELPERS))),
    "extension.asked": _always(Event("time-asked", (Audience.SECRETARY,))),
    "extension.answered": _answered,
    "session.called": _always(Event("session-called", SEATED, ALL_WAYS)),
    "session.changed": _always(Event("session-changed", SEATED)),
    "session.cancelled": _always(Event("session-cancelled", SEATED, ALL_WAYS)),
    "proposal.decided": _decided,
}
"""By deed: what its facts give cause to tell."""
