"""How a feature is judged: two assessors who do not know of each other's verdict, and a reviewer.

A round begins with the first verdict. When two persons have said theirs and agree, the round is
settled; when they differ, a reviewer who is neither of them settles it. Until both verdicts are
in, each assessor reads the own one and nobody reads another; a verdict may be changed until then.

Source: ours, after the survey's way of assessing each portal twice and reviewing what differs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from marra.inventory.rules.features import State, UnknownState
from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop

LONGEST: Final = 1000


class Part(StrEnum):
    """Who gives a verdict."""

    FIRST = "first"
    SECOND = "second"
    REVIEWER = "reviewer"


PARTS: Final = {
    Part.FIRST: gettext_noop("first assessor"),
    Part.SECOND: gettext_noop("second assessor"),
    Part.REVIEWER: gettext_noop("reviewer"),
}
"""Who gives a verdict, as pages say it."""


class Stage(StrEnum):
    """How far a round is."""

    OPEN = "open"
    ONE_IN = "one-in"
    DIFFER = "differ"
    SETTLED = "settled"


STAGES: Final = {
    Stage.OPEN: gettext_noop("not assessed yet"),
    Stage.ONE_IN: gettext_noop("one of two verdicts is in"),
    Stage.DIFFER: gettext_noop("the two verdicts differ"),
    Stage.SETTLED: gettext_noop("settled"),
}
"""The stages as pages say them."""


class WaitsForReviewer(Conflict):
    """Two verdicts differ; a third assessor settles nothing."""

    sentence = gettext_noop(
        "The two verdicts on this feature differ. It waits for a reviewer; assess it afterwards."
    )


class NothingToReview(Conflict):
    """A reviewer is asked only when two verdicts differ."""

    sentence = gettext_noop(
        "There is nothing to review: a reviewer is asked when two verdicts differ."
    )


class OwnVerdict(Conflict):
    """Whoever assessed does not review."""

    sentence = gettext_noop(
        "You are one of the two assessors of this feature. Let somebody else review it."
    )


class AddressMissing(Invalid):
    """What is there can be opened."""

    sentence = gettext_noop("Write the address where the feature can be seen.")


class ReasonMissing(Invalid):
    """Whoever settles a difference says why."""

    sentence = gettext_noop("Write why, in a sentence: both assessors will read it.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody says of a feature in one round."""

    part: Part
    state: State
    by: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A round that came to something."""

    feature: str  # its code in the list
    number: int
    at: datetime
    outcome: State


def checked_verdict(state: str, address: str) -> State:
    """A verdict that can stand: yes, partly or no, with an address where something is seen.

    >>> checked_verdict("no", "").value
    'no'
    """
    known = {State.YES.value, State.PARTLY.value, State.NO.value}
    if state not in known:
        raise UnknownState(state=state[:20])
    if state != State.NO.value and not address:
        raise AddressMissing
    return State(state)


def standing(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """The verdict of each part that counts, given from the oldest to the newest: the last."""
    return tuple({each.part: each for each in verdicts}.values())


def stage(verdicts: Sequence[Verdict]) -> Stage:
    """How far a round is, by the verdicts that stand.

    >>> a = Verdict(Part.FIRST, State.YES, "account-1")
    >>> b = Verdict(Part.SECOND, State.NO, "account-2")
    >>> stage([]).value, stage([a]).value, stage([a, b]).value
    ('open', 'one-in', 'differ')
    """
    by_part = {each.part: each for each in verdicts}
    if Part.REVIEWER in by_part:
        return Stage.SETTLED
    if len(by_part) < 2:
        return Stage.ONE_IN if by_part else Stage.OPEN
    agree = by_part[Part.FIRST].state == by_part[Part.SECOND].state
    return Stage.SETTLED if agree else Stage.DIFFER


def outcome(verdicts: Sequence[Verdict]) -> State | None:
    """What a round came to; None while it is not settled.

    >>> a = Verdict(Part.FIRST, State.YES, "account-1")
    >>> outcome([a]), outcome([a, Verdict(Part.SECOND, State.YES, "account-2")]).value
    (None, 'yes')
    """
    if stage(verdicts) is not Stage.SETTLED:
        return None
    by_part = {each.part: each.state for each in verdicts}
    return by_part.get(Part.REVIEWER) or by_part[Part.FIRST]


def part_of(verdicts: Sequence[Verdict], by: str) -> Part:
    """Which assessor somebody is in a round that is not settled; refuses if it waits for others.

    >>> part_of([Verdict(Part.FIRST, State.YES, "account-1")], "account-2").value
    'second'
    """
    if stage(verdicts) is Stage.DIFFER:
        raise WaitsForReviewer
    own = next((each.part for each in verdicts if each.by == by), None)
    return own or (Part.SECOND if verdicts else Part.FIRST)


def check_reviewer(verdicts: Sequence[Verdict], by: str, reason: str) -> None:
    """Go on if this person may settle the round; refuses with what hinders it."""
    if stage(verdicts) is not Stage.DIFFER:
        raise NothingToReview
    if any(each.by == by for each in verdicts):
        raise OwnVerdict
    if len(reason.strip()) < 3:
        raise ReasonMissing


def readable(verdicts: Sequence[Verdict], by: str) -> tuple[Verdict, ...]:
    """The verdicts of a round that somebody may read: all of them once both are in, else the own.

    >>> a = Verdict(Part.FIRST, State.YES, "account-1")
    >>> readable([a], "account-2"), len(readable([a], "account-1"))
    ((), 1)
    """
    if stage(verdicts) in (Stage.DIFFER, Stage.SETTLED):
        return tuple(verdicts)
    return tuple(each for each in verdicts if each.by == by)


def settled(
    rounds: Mapping[tuple[str, int], Sequence[tuple[Verdict, datetime]]],
) -> tuple[Settled, ...]:
    """The rounds that came to something, each with its feature and number, in order of time.

    >>> at = datetime(2026, 3, 2)
    >>> a = Verdict(Part.FIRST, State.NO, "account-1"), at
    >>> b = Verdict(Part.SECOND, State.NO, "account-2"), at.replace(day=5)
    >>> found = settled({("074", 1): [a, b], ("074", 2): [a]})
    >>> [(each.feature, each.number, each.at.day, each.outcome.value) for each in found]
    [('074', 1, 5, 'no')]
    """
    found = []
    for (feature, number), said in rounds.items():
        came_to = outcome(standing(verdict for verdict, _ in said))
        if came_to is not None:
            found.append(Settled(feature, number, max(at for _, at in said), came_to))
    return tuple(sorted(found, key=lambda each: (each.at, each.feature, each.number)))


def states_on(rounds: Iterable[Settled], day: date) -> Mapping[str, State]:
    """What features were by the rounds settled until the end of a day, by their codes.

    >>> first = Settled("074", 1, datetime(2026, 3, 2), State.NO)
    >>> last = Settled("074", 2, datetime(2026, 6, 1), State.YES)
    >>> [states_on([first, last], date(2026, month, 1)).get("074") for month in (3, 4, 7)]
    [None, <State.NO: 'no'>, <State.YES: 'yes'>]
    """
    return {each.feature: each.outcome for each in rounds if each.at.date() <= day}
