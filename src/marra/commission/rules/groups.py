"""Working groups: what they are called, what they answer for, and who sits in them.

The text names five groups and five tasks and does not join them, so groups, tasks and indicators
are many to many unless the Commission reads it otherwise. A membership begins and ends on a day
that has come; it ends, and is never struck out.

Source: ours; the groups to begin with stand in `groups.toml`, with what is assumed about them.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from marra.commission.rules.readings import GROUPS_AND_TASKS
from marra.evidence.rules.indicators import indicator
from marra.kit.errors import Conflict, Invalid
from marra.kit.text import Text, gettext_noop
from marra.kit.titles import checked_title
from marra.language.scripts import to_cyrillic
from marra.people.rules.rights import Role

COMMISSION: Final = "commission"
"""Stands for the Commission itself where a group's code would stand."""


class Seat(StrEnum):
    """As what somebody sits in a group, or in the Commission."""

    CHAIR = gettext_noop("chair")
    HEAD = gettext_noop("head")
    SECRETARY = gettext_noop("secretary")
    MEMBER = gettext_noop("member")


SEATS: Final[Mapping[bool, tuple[Seat, ...]]] = {
    True: (Seat.CHAIR, Seat.SECRETARY, Seat.MEMBER),
    False: (Seat.HEAD, Seat.SECRETARY, Seat.MEMBER),
}
"""The seats of the Commission (True) and of a group (False)."""

SINGLE: Final = frozenset({Seat.CHAIR, Seat.HEAD})
"""Seats that one person has at a time."""

GROUP_ROLES: Final[Mapping[Seat, Role]] = {
    Seat.HEAD: Role.GROUP_HEAD,
    Seat.SECRETARY: Role.SECRETARY,
    Seat.MEMBER: Role.GROUP_MEMBER,
}
"""What an account is appointed to with a seat in a group."""

COMMISSION_ROLES: Final[Mapping[Seat, Role]] = {
    Seat.CHAIR: Role.CHAIR,
    Seat.SECRETARY: Role.SECRETARY,
}
"""The same in the Commission; an ordinary member of it has no role of their own."""


class Field(StrEnum):
    """What may be changed about a group."""

    NAMES = gettext_noop("name")
    CLAUSES = gettext_noop("clauses")
    OBLIGATIONS = gettext_noop("obligations")
    INDICATORS = gettext_noop("indicators")


class GroupThere(Conflict):
    """The number is taken."""

    sentence = gettext_noop("There is a working group {number} already. Choose another number.")


class UnfitNumber(Invalid):
    """A group is numbered from 1 to 99."""

    sentence = gettext_noop("A working group has a number from 1 to 99.")


class GroupClosed(Conflict):
    """The group was closed."""

    sentence = gettext_noop("The working group “{name}” is closed. Open another one.")


class OneTaskEach(Conflict):
    """The Commission decided that each group has one task."""

    sentence = gettext_noop(
        "The Commission reads the text so that each group has exactly one task, and {count} are "
        "chosen. Choose one, or decide the question anew."
    )


class ChangedMeanwhile(Conflict):
    """Somebody else changed it first."""

    sentence = gettext_noop(
        "“{name}” was changed while you wrote: {changed}. What you wrote is kept below, with what "
        "stands now beside it. Look at both and save again."
    )


class UnknownSeat(Invalid):
    """Nobody sits there as that."""

    sentence = gettext_noop("“{seat}” is no seat here. Choose one of the list.")


class SeatTaken(Conflict):
    """One person has that seat at a time."""

    sentence = gettext_noop(
        "{name} has this seat already. End that membership first, then enter the next one."
    )


class MemberSits(Conflict):
    """The same person sits there already."""

    sentence = gettext_noop("{name} sits here already. Nothing was changed.")


class MemberGone(Conflict):
    """The membership has ended."""

    sentence = gettext_noop("The membership of {name} has ended already. Nothing was changed.")


class UnfitTerm(Invalid):
    """A membership ends before it begins, or on a day to come."""

    sentence = gettext_noop(
        "A membership begins and ends on a day that has come, and does not end before it began. "
        "Correct the day."
    )


@dataclass(frozen=True, slots=True)
class Founding:
    """A group as it is packaged."""

    code: str
    number: int
    name: Text
    clauses: tuple[tuple[str, str], ...]  # code of the act, number of the clause
    obligations: tuple[str, ...]
    indicators: tuple[str, ...]


@cache
def packaged() -> tuple[Founding, ...]:
    """The groups to begin with.

    >>> [each.code for each in packaged()]
    ['WG-1', 'WG-2', 'WG-3', 'WG-4', 'WG-5']
    """
    text = (files("marra.commission.rules") / "groups.toml").read_text(encoding="utf-8")
    return tuple(
        Founding(
            code=row["code"],
            number=row["number"],
            name=named(**row["name"]),
            clauses=tuple(_clause(each) for each in row["clauses"]),
            obligations=tuple(row["obligations"]),
            indicators=checked_indicators(row["indicators"]),
        )
        for row in tomllib.loads(text)["groups"]
    )


def named(*, uz: str, ru: str, en: str) -> Text:
    """A name in four languages, Cyrillic by rule; refuses with `UnfitTitle`.

    >>> named(uz="Taʼlim", ru="Образование", en="Education").uz_cyrl
    'Таълим'
    """
    latin = checked_title(uz)
    return Text(latin, to_cyrillic(latin), checked_title(ru), checked_title(en))


def checked_number(number: int) -> int:
    """A number of a group; refuses with `UnfitNumber`."""
    if not 1 <= number <= 99:
        raise UnfitNumber
    return number


def checked_indicators(codes: Iterable[str]) -> tuple[str, ...]:
    """Indicators that there are, each once; refuses with `NoSuchIndicator`."""
    return tuple(indicator(code).code for code in dict.fromkeys(codes))


def checked_tasks(clauses: Sequence[str], answers: Mapping[str, str]) -> None:
    """Go on with the tasks that the reading in force allows; refuses with `OneTaskEach`.

    >>> checked_tasks(["P4-a", "P4-b"], {"groups-and-tasks": "many"})
    """
    if answers.get(GROUPS_AND_TASKS) == "one" and len(clauses) != 1:
        raise OneTaskEach(count=len(clauses))


def checked_seat(seat: str, *, in_commission: bool) -> Seat:
    """A seat that there is; refuses with `UnknownSeat`.

    >>> checked_seat("head", in_commission=False).value
    'head'
    """
    if seat not in SEATS[in_commission]:
        raise UnknownSeat(seat=seat[:40])
    return Seat(seat)


def role_of(seat: Seat, *, in_commission: bool) -> Role | None:
    """What an account is appointed to with that seat; None for a plain member of the Commission.

    >>> role_of(Seat.HEAD, in_commission=False).value
    'group head'
    """
    return (COMMISSION_ROLES if in_commission else GROUP_ROLES).get(seat)


def checked_term(since: date, until: date | None, today: date) -> None:
    """Go on with days that have come, in their order; refuses with `UnfitTerm`.

    >>> checked_term(date(2026, 1, 1), None, date(2026, 3, 2))
    """
    if since > today or (until is not None and not since <= until <= today):
        raise UnfitTerm


def _clause(written: str) -> tuple[str, str]:
    act, _, number = written.partition("/")
    return act, number
