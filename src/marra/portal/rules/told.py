"""What somebody says of a service, column by column, each checked by its own rule.

Source: ours.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop
from marra.portal.rules.events import checked_events
from marra.portal.rules.money import Fee, checked_fee
from marra.portal.rules.services import (
    LONGEST_TEXT,
    Audience,
    Channel,
    Kind,
    TextTooLong,
    checked_names,
    checked_term,
    one_of,
    texts,
)

MOST: Final = 60
"""Documents, acts or fees of one service."""


class WrongWebAddress(Invalid):
    """An address is one of the web."""

    sentence = gettext_noop("“{address}” is no address. Begin it with https:// or http://.")


class TooManyOfThem(Invalid):
    """A service that asks for so much is several."""

    sentence = gettext_noop("A service has at most {most} of them. Leave some out.")


@dataclass(frozen=True, slots=True)
class Opened:
    """A channel: since when, and where it leads if the service runs in another system."""

    channel: str
    since: date | None = None
    address: str = ""


def checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """What is said, by the names of the columns; refuses with the refusal of each rule.

    >>> checked({"audience": "both", "term": 3, "events": ["birth"]})
    {'audience': 'both', 'term': 3, 'events': ('birth',)}
    """
    return {name: CHECKED[name](value) for name, value in given.items()}


def checked_address(address: str) -> str:
    """An address of the web, or nothing; refuses with `WrongWebAddress`.

    >>> checked_address(" https://my.gov.uz/uz/service/415 ")
    'https://my.gov.uz/uz/service/415'
    """
    told = address.strip()
    is_one = told.lower().startswith(("https://", "http://")) and len(told) <= 500
    if told and (not is_one or " " in told):
        raise WrongWebAddress(address=told[:80])
    return told


def checked_openings(opened: Iterable[Opened]) -> tuple[Opened, ...]:
    """The channels in their order, each once; refuses with `UnknownChoice`.

    >>> [each.channel for each in checked_openings([Opened("web"), Opened("mobile")])]
    ['mobile', 'web']
    """
    told = {one_of(Channel, each.channel): each for each in opened}
    return tuple(
        Opened(kind.value, told[kind].since, checked_address(told[kind].address))
        for kind in Channel
        if kind in told
    )


def checked_documents(
    documents: Iterable[Mapping[str, str]] | None,
) -> list[dict[str, str]] | None:
    """The names of the documents by language; None where nobody knows yet which.

    >>> checked_documents([{"uz": "Pasport nusxasi"}, {"uz": " "}])
    [{'uz': 'Pasport nusxasi', 'uz_cyrl': 'Паспорт нусхаси'}]
    """
    if documents is None:
        return None
    told = [texts(each, 300, lines=False) for each in documents]
    return _few([each for each in told if each.get("uz")])


def checked_legal(acts: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """The acts that a service rests on: title, and an address if there is one.

    >>> checked_legal([{"title": " VM-555,  3-ilova "}])
    [{'title': 'VM-555, 3-ilova', 'address': ''}]
    """
    told = [
        {
            "title": _line(each.get("title", ""), 500),
            "address": checked_address(each.get("address", "")),
        }
        for each in acts
    ]
    return _few([each for each in told if each["title"]])


def checked_number(value: float | None) -> float | None:
    """A number from nothing upwards, or none.

    >>> checked_number(4.76), checked_number(None)
    (4.76, None)
    """
    return value if value is not None and math.isfinite(value) and 0 <= value <= 2e9 else None


def _fees(fees: Iterable[Fee]) -> list[Fee]:
    return _few([checked_fee(each) for each in fees])


def _few(several: list[Any]) -> list[Any]:
    if len(several) > MOST:
        raise TooManyOfThem(most=MOST)
    return several


def _line(text: str, most: int) -> str:
    told = " ".join(text.split())
    if len(told) > most:
        raise TextTooLong(length=len(told), most=most)
    return told


def _steps(steps: Iterable[str]) -> list[str]:
    told = (_line(each, 500) for each in steps)
    return _few([each for each in told if each])


CHECKED: Final[Mapping[str, Callable[[Any], Any]]] = {
    "names": checked_names,
    "about": lambda given: texts(given, LONGEST_TEXT),
    "body_named": lambda given: _line(given, 200),
    "audience": lambda given: one_of(Audience, given) if given else "",
    "kind": lambda given: one_of(Kind, given),
    "term": checked_term,
    "term_told": lambda given: _line(given, 200),
    "fee_told": lambda given: _line(given, 200),
    "documents": checked_documents,
    "legal": checked_legal,
    "steps": _steps,
    "declared_automatic": lambda given: given,
    "uses": checked_number,
    "rating": checked_number,
    "events": checked_events,
    "openings": checked_openings,
    "fees": _fees,
    "parts": lambda given: tuple(dict.fromkeys(given)),
    "body": str,
    "row": str,
}
"""The columns, and what each is checked by."""

BESIDE: Final = ("events", "openings", "fees", "parts", "body", "row")
"""What is kept beside the row of the service, or points to another one."""
