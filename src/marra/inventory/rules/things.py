"""Functions, processes and services: what each says, and what it may not say.

A function is what the law charges a body with; a process is how it does it; a decision says what
becomes of the process; a service is what users ask for, and what becomes digital. Whatever is not
known stays empty and is told as missing; nothing is assumed.

Source: ours, after clause 4 of the decision PQ-308 of 14.09.2023 (inventory of functions, list of
processes and services with deadlines and categories).
"""

import math
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from marra.inventory.rules.cofog import checked_cofog
from marra.inventory.rules.lists import checked_category, checked_channel
from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop

LONGEST_TITLE: Final = 500
LONGEST_REASON: Final = 1000


class Decision(StrEnum):
    """What becomes of a process."""

    UNDECIDED = "undecided"
    DIGITISE = "digitise"
    MERGE = "merge"
    ABOLISH = "abolish"
    LEAVE = "leave"


DECISIONS: Final[Mapping[Decision, str]] = {
    Decision.UNDECIDED: gettext_noop("not decided"),
    Decision.DIGITISE: gettext_noop("digitise"),
    Decision.MERGE: gettext_noop("merge"),
    Decision.ABOLISH: gettext_noop("abolish"),
    Decision.LEAVE: gettext_noop("leave as it is"),
}
"""The decisions as pages say them."""


class Field(StrEnum):
    """What is said of a function, a process or a service."""

    TITLE = gettext_noop("title")
    COFOG = gettext_noop("COFOG code")
    LEGAL_BASIS = gettext_noop("legal basis")
    NO_PROCESS = gettext_noop("why there is no process")
    SHARED_WITH = gettext_noop("shared with")
    FUNCTION = gettext_noop("function")
    DECISION = gettext_noop("decision")
    REASON = gettext_noop("reason")
    MERGED_INTO = gettext_noop("merged into")
    STEPS = gettext_noop("steps")
    DOCUMENTS = gettext_noop("documents asked for")
    PROCESSES = gettext_noop("processes")
    CATEGORY = gettext_noop("category")
    DEADLINE = gettext_noop("deadline")
    VOLUME = gettext_noop("cases a year")
    MINUTES = gettext_noop("minutes now")
    MINUTES_AFTER = gettext_noop("minutes afterwards")
    PROTECTED_SHARE = gettext_noop("users needing social protection")
    CHANNEL = gettext_noop("asked for today")
    EFFORT = gettext_noop("effort, person-days")
    ADDRESS = gettext_noop("address")
    ON_PORTAL_SINCE = gettext_noop("on the portal since")
    IN_APP_SINCE = gettext_noop("in the app since")
    AUTOMATION = gettext_noop("automation")


OF_FUNCTION: Final = (
    Field.TITLE, Field.COFOG, Field.LEGAL_BASIS, Field.NO_PROCESS, Field.SHARED_WITH,
)  # fmt: skip
OF_PROCESS: Final = (
    Field.TITLE, Field.FUNCTION, Field.VOLUME, Field.MINUTES, Field.STEPS, Field.DOCUMENTS,
)  # fmt: skip
OF_SERVICE: Final = (
    Field.TITLE, Field.PROCESSES, Field.CATEGORY, Field.DEADLINE, Field.VOLUME, Field.MINUTES,
    Field.MINUTES_AFTER, Field.PROTECTED_SHARE, Field.CHANNEL, Field.EFFORT, Field.ADDRESS,
    Field.ON_PORTAL_SINCE, Field.IN_APP_SINCE, Field.AUTOMATION,
)  # fmt: skip


class TitleMissing(Invalid):
    """A thing is called something."""

    sentence = gettext_noop("Write a title in one line of 3 to 500 characters.")


class TextTooLong(Invalid):
    """A line of the inventory is no document."""

    sentence = gettext_noop(
        "The text has {length} characters, and at most {most} are kept. Shorten it."
    )


class ReasonMissing(Invalid):
    """A decision without a reason convinces nobody."""

    sentence = gettext_noop("Say why in a sentence of at least 3 characters.")


class UnknownDecision(Invalid):
    """There is no such decision."""

    sentence = gettext_noop(
        "There is no decision “{decision}”. A process is digitised, merged, abolished or left."
    )


class TargetMissing(Invalid):
    """What is merged is merged into something."""

    sentence = gettext_noop("Say into which other process this one is merged.")


class TargetNotNeeded(Invalid):
    """Only a merge has a target."""

    sentence = gettext_noop("Only a process that is merged has another one to merge into.")


class MergedIntoItself(Conflict):
    """A chain of merges ends somewhere."""

    sentence = gettext_noop(
        "“{title}” is itself merged or abolished. Choose a process that stays."
    )


class OutOfRange(Invalid):
    """A number cannot be so small or so large."""

    sentence = gettext_noop("{field}: write a number from {low} to {high}.")


class WrongAddress(Invalid):
    """An address is one of the web."""

    sentence = gettext_noop("“{address}” is no address. Begin it with https:// or http://.")


class NotYetSo(Invalid):
    """A service cannot have been there since a day to come."""

    sentence = gettext_noop("{field}: {day} is still to come. A plan is written as the deadline.")


class KnownHere(Conflict):
    """The body has it already, in whatever letters."""

    sentence = gettext_noop("This body has “{title}” already. Open that one instead.")


class OfAnotherBody(Conflict):
    """A process belongs to a function of its own body, or to one it shares."""

    sentence = gettext_noop(
        "The function “{title}” belongs to another body and is not shared with this one. "
        "Declare it shared there first."
    )


class StillHasProcesses(Conflict):
    """What others hang on is not removed."""

    sentence = gettext_noop(
        "“{title}” still has something that belongs to it. Remove or move that first."
    )


class SharedWithItself(Invalid):
    """A body shares with others."""

    sentence = gettext_noop("The body that owns a function does not share it with itself.")


class ThingChanged(Conflict):
    """Somebody else changed it while this was written."""

    sentence = gettext_noop(
        "Somebody changed this while you were writing: {fields}. "
        "Your text is kept below; compare, and save again."
    )


def checked_title(title: str) -> str:
    """A title in one line; refuses with `TitleMissing` or `TextTooLong`.

    >>> checked_title(" Guvohnoma  berish ")
    'Guvohnoma berish'
    """
    cleaned = " ".join(title.split())
    if len(cleaned) < 3 or not cleaned.isprintable():
        raise TitleMissing
    return _at_most(cleaned, LONGEST_TITLE)


def checked_line(text: str, most: int = LONGEST_TITLE) -> str:
    """A text in one line, or nothing; refuses with `TextTooLong`.

    >>> checked_line(" Qonun,  12-modda ")
    'Qonun, 12-modda'
    """
    return _at_most(" ".join(text.split()), most)


def checked_decision(decision: str, reason: str, *, target: bool) -> tuple[Decision, str]:
    """A decision and its reason; a merge needs its target and nothing else has one.

    Refuses with `UnknownDecision`, `ReasonMissing`, `TargetMissing` or `TargetNotNeeded`.

    >>> checked_decision("leave", "It is seldom asked for.", target=False)[0].value
    'leave'
    """
    if decision not in DECISIONS:
        raise UnknownDecision(decision=decision[:40])
    told, why = Decision(decision), checked_line(reason, LONGEST_REASON)
    if told is not Decision.UNDECIDED and len(why) < 3:
        raise ReasonMissing
    if told is Decision.MERGE and not target:
        raise TargetMissing
    if told is not Decision.MERGE and target:
        raise TargetNotNeeded
    return told, why


def checked_amount(
    field: Field, value: float | None, *, low: float = 0, high: float = 1e9
) -> float | None:
    """A number within its range, or nothing; refuses with `OutOfRange`.

    >>> checked_amount(Field.MINUTES, 90.0)
    90.0
    """
    if value is not None and not (math.isfinite(value) and low <= value <= high):
        raise OutOfRange(field=field, low=f"{low:g}", high=f"{high:.0f}")
    return value


def checked_address(address: str) -> str:
    """An address of the web, or nothing; refuses with `WrongAddress`.

    >>> checked_address(" https://my.gov.uz/uz/service/1 ")
    'https://my.gov.uz/uz/service/1'
    """
    cleaned = address.strip()
    is_one = cleaned.lower().startswith(("https://", "http://")) and len(cleaned) <= LONGEST_TITLE
    if cleaned and (not is_one or " " in cleaned):
        raise WrongAddress(address=cleaned[:80])
    return cleaned


def checked_since(field: Field, day: date | None, today: date) -> date | None:
    """A day that has come, or nothing; refuses with `NotYetSo`.

    >>> checked_since(Field.IN_APP_SINCE, date(2025, 1, 1), date(2026, 1, 1)).year
    2025
    """
    if day is not None and day > today:
        raise NotYetSo(field=field, day=f"{day:%d.%m.%Y}")
    return day


def checked(given: Mapping[str, object], today: date) -> dict[str, object]:
    """What is said of a thing, by the names of its columns, each checked by its own rule.

    >>> checked({"title": " Nikoh  guvohnomasi", "volume": 300}, date(2026, 3, 2))
    {'title': 'Nikoh guvohnomasi', 'volume': 300}
    """
    found: dict[str, object] = {}
    for name, value in given.items():
        if name in SINCE:
            day = value if isinstance(value, date) else None
            found[name] = checked_since(SINCE[name], day, today)
        elif name in AMOUNTS:
            field, low, high, number = AMOUNTS[name]
            told = None if value is None else float(str(value))
            inside = checked_amount(field, told, low=low, high=high)
            found[name] = None if inside is None else number(inside)
        else:
            found[name] = CHECKED[name](value) if name in CHECKED else value
    return found


def _at_most(text: str, most: int) -> str:
    if len(text) > most:
        raise TextTooLong(length=len(text), most=most)
    return text


SINCE: Final = {
    "on_portal_since": Field.ON_PORTAL_SINCE,
    "in_app_since": Field.IN_APP_SINCE,
}

AMOUNTS: Final[Mapping[str, tuple[Field, float, float, type]]] = {
    "volume": (Field.VOLUME, 0, 1e9, int),
    "minutes": (Field.MINUTES, 0, 1e6, float),
    "minutes_after": (Field.MINUTES_AFTER, 0, 1e6, float),
    "steps": (Field.STEPS, 0, 1000, int),
    "documents": (Field.DOCUMENTS, 0, 1000, int),
    "protected_share": (Field.PROTECTED_SHARE, 0, 1, float),
    "automation": (Field.AUTOMATION, 0, 1, float),
    "effort": (Field.EFFORT, 0.1, 1e6, float),
}
"""Numbers: the field, from what to what, and whether whole."""

CHECKED: Final[Mapping[str, Callable[..., object]]] = {
    "title": checked_title,
    "cofog": checked_cofog,
    "legal_basis": checked_line,
    "no_process": lambda text: checked_line(text, LONGEST_REASON),
    "category": checked_category,
    "channel": checked_channel,
    "address": checked_address,
}
