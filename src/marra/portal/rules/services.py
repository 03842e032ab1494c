"""Services: what the catalogue says of one, and how far it is.

A service is drafted, published, perhaps paused with a reason that everybody reads, and withdrawn.
Names and descriptions are written in Uzbek, Russian and English; Uzbek in Cyrillic letters is made
by rule. What nobody has written yet stays empty and is told as missing.

Source: ours; kinds and channels after decree UP-157 of 08.09.2025 and the portal's own practice.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from marra.kit.errors import Conflict, Invalid
from marra.kit.text import Text, gettext_noop
from marra.language.scripts import to_cyrillic

LONGEST_NAME: Final = 500
LONGEST_TEXT: Final = 4000
LONGEST_TERM: Final = 400
WRITTEN: Final = ("uz", "ru", "en")
CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


class State(StrEnum):
    """How far a service is."""

    DRAFT = "draft"
    PUBLISHED = "published"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


STATES: Final[Mapping[State, str]] = {
    State.DRAFT: gettext_noop("draft"),
    State.PUBLISHED: gettext_noop("published"),
    State.PAUSED: gettext_noop("paused"),
    State.WITHDRAWN: gettext_noop("withdrawn"),
}
"""The states as pages and sentences say them."""

PUBLIC: Final = (State.PUBLISHED, State.PAUSED)
"""States in which everybody sees a service: a paused one is shown, not hidden."""

MOVES: Final[Mapping[str, tuple[tuple[State, ...], State]]] = {
    "publish": ((State.DRAFT, State.PUBLISHED), State.PUBLISHED),
    "pause": ((State.PUBLISHED,), State.PAUSED),
    "resume": ((State.PAUSED,), State.PUBLISHED),
    "withdraw": ((State.PUBLISHED, State.PAUSED), State.WITHDRAWN),
}
"""Each move: from which states, to which. A published one is published again as a new version."""


class Kind(StrEnum):
    """What kind of service it is."""

    ORDINARY = "ordinary"
    COMPOSITE = "composite"
    PROACTIVE = "proactive"


KINDS: Final[Mapping[Kind, str]] = {
    Kind.ORDINARY: gettext_noop("ordinary"),
    Kind.COMPOSITE: gettext_noop("composite: several services at one request"),
    Kind.PROACTIVE: gettext_noop("proactive: offered without being asked for"),
}
"""The kinds as pages say them."""


class Audience(StrEnum):
    """Whom a service is for."""

    PEOPLE = "individual"
    BUSINESSES = "legal"
    BOTH = "both"


AUDIENCES: Final[Mapping[Audience, str]] = {
    Audience.PEOPLE: gettext_noop("individuals"),
    Audience.BUSINESSES: gettext_noop("legal entities"),
    Audience.BOTH: gettext_noop("individuals and legal entities"),
}
"""The audiences as pages say them."""


class Channel(StrEnum):
    """Where a service is asked for."""

    MOBILE = "mobile"
    WEB = "web"
    KIOSK = "kiosk"
    CENTRE = "centre"


CHANNELS: Final[Mapping[Channel, str]] = {
    Channel.MOBILE: gettext_noop("mobile application"),
    Channel.WEB: gettext_noop("portal in the web"),
    Channel.KIOSK: gettext_noop("self-service kiosk"),
    Channel.CENTRE: gettext_noop("public service centre"),
}
"""The channels as pages say them, mobile first."""


class NameUnwritten(Invalid):
    """A service is called something."""

    sentence = gettext_noop(
        "Write what the service is called, in one line of 3 to 500 characters."
    )


class TextTooLong(Invalid):
    """A text of the catalogue is short."""

    sentence = gettext_noop(
        "The text has {length} characters, and at most {most} are kept. Shorten it."
    )


class UnknownChoice(Invalid):
    """There is no such kind, audience or channel."""

    sentence = gettext_noop("There is no choice “{choice}” here. Choose one of the list.")


class WrongTerm(Invalid):
    """A term is a number of working days."""

    sentence = gettext_noop(
        "Write the term in working days, from 0 to 400; 0 is at once or on the same day."
    )


class WrongCode(Invalid):
    """An address needs a short code."""

    sentence = gettext_noop(
        "“{code}” cannot stand in an address. Write small Latin letters, digits and hyphens."
    )


class MoveNotOpen(Conflict):
    """The service is not in a state for it."""

    sentence = gettext_noop("“{name}” is {state}, so this cannot be done to it now.")


class WhyMissing(Invalid):
    """People who look for the service are told why it is not there."""

    sentence = gettext_noop("Say why in a sentence of at least 3 characters; everybody reads it.")


class ServiceChanged(Conflict):
    """Somebody else changed it while this was written."""

    sentence = gettext_noop(
        "Somebody changed this service while you were writing: {fields}. Your text is kept "
        "below; compare, and save again."
    )


class PartOfItself(Invalid):
    """A composite service consists of others."""

    sentence = gettext_noop(
        "A composite service consists of ordinary ones, not of itself or of composite ones."
    )


def moved(state: State, move: str, name: Text) -> State:
    """The state after a move; refuses with `MoveNotOpen`.

    >>> moved(State.PUBLISHED, "pause", Text("a", "a", "a", "a")).value
    'paused'
    """
    before, after = MOVES[move]
    if state not in before:
        raise MoveNotOpen(name=name, state=state)
    return after


def checked_why(why: str) -> str:
    """A reason that everybody reads; refuses with `WhyMissing` or `TextTooLong`.

    >>> checked_why(" Reyestr  taʼmirda. ")
    'Reyestr taʼmirda.'
    """
    told = " ".join(why.split())
    if len(told) < 3:
        raise WhyMissing
    return _at_most(told, 1000)


def checked_names(given: Mapping[str, str]) -> dict[str, str]:
    """A name by language, what is not written left out; refuses with `NameUnwritten`.

    >>> checked_names({"uz": " Nikohni  qayd etish ", "ru": ""})
    {'uz': 'Nikohni qayd etish', 'uz_cyrl': 'Никоҳни қайд этиш'}
    """
    told = texts(given, LONGEST_NAME, lines=False)
    if len(told.get("uz", "")) < 3:
        raise NameUnwritten
    return told


def texts(given: Mapping[str, str], most: int, *, lines: bool = True) -> dict[str, str]:
    """A text by language, with Cyrillic made from Latin; refuses with `TextTooLong`.

    >>> texts({"uz": "Ariza", "ru": " ", "en": "Request"}, 80)
    {'uz': 'Ariza', 'uz_cyrl': 'Ариза', 'en': 'Request'}
    """
    told = {}
    for name in WRITTEN:
        text = given.get(name, "").strip()
        text = text if lines else " ".join(text.split())
        if text:
            told[name] = _at_most(text, most)
        if name == "uz" and text:
            told["uz_cyrl"] = given.get("uz_cyrl", "").strip()[:most] or to_cyrillic(text)
    return told


def text(told: Mapping[str, str], nothing: str = "") -> Text:
    """A text in all four languages; where one is not written, Uzbek stands for it.

    >>> text({"uz": "Ariza", "uz_cyrl": "Ариза"}).ru, text({}, "416").uz
    ('Ariza', '416')
    """
    uz = told.get("uz", "") or nothing
    return Text(uz, told.get("uz_cyrl", uz), told.get("ru", uz), told.get("en", uz))


def checked_term(days: int | None) -> int | None:
    """A term in working days, or none yet; refuses with `WrongTerm`.

    >>> checked_term(10), checked_term(None)
    (10, None)
    """
    if days is not None and not 0 <= days <= LONGEST_TERM:
        raise WrongTerm
    return days


def checked_code(code: str) -> str:
    """What may stand in an address; refuses with `WrongCode`.

    >>> checked_code("birth-certificate")
    'birth-certificate'
    """
    if not CODE.fullmatch(code):
        raise WrongCode(code=code[:60])
    return code


def one_of(kinds: type[StrEnum], choice: str) -> str:
    """One of the choices; refuses with `UnknownChoice`.

    >>> one_of(Kind, "composite")
    'composite'
    """
    if choice not in [each.value for each in kinds]:
        raise UnknownChoice(choice=choice[:40])
    return choice


def _at_most(told: str, most: int) -> str:
    if len(told) > most:
        raise TextTooLong(length=len(told), most=most)
    return told
