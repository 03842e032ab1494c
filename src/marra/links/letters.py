"""What mail, Telegram and SMS share: a letter, two refusals, and a stand-in that sends nothing.

A channel either takes a letter over, or refuses: with `WayAway` when trying later may help, with
`AddressRefused` when it never will for this address. The number of a letter stays the same
however often it is tried, so that whoever knows numbers drops a second copy.

Source: ours; RFC 2606 for addresses that nobody has.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from pathlib import Path
from typing import Final, Protocol
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop
from marra.people.rules.contacts import Way

WAIT: Final = 10
"""Seconds to wait for an answer."""

LONGEST: Final = 1024 * 1024


class WayAway(Conflict):
    """The service does not answer, or takes nothing now."""

    sentence = gettext_noop(
        "The service that sends by this way does not answer. It is tried again by itself; tell "
        "your administrator if it lasts."
    )


class AddressRefused(Invalid):
    """The service takes nothing for this address."""

    sentence = gettext_noop(
        "The service that sends by this way refuses the address. Correct it in your settings."
    )


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one address."""

    number: str
    to: str
    subject: str
    text: str
    at: datetime


class Channel(Protocol):
    """Whoever sends letters by one way."""

    def send(self, letter: Letter) -> None:
        """Hand a letter over; refuses with `WayAway` or `AddressRefused`."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """Keeps letters as files and sends nothing; fails where the real service would.

    Addresses that nobody has stand for failures: what ends in refused.invalid or 000403 is
    refused, what ends in away.invalid or 000503 is not answered.
    """

    way: Way
    folder: Path

    def send(self, letter: Letter) -> None:
        """Keep a letter under its number, so that a second copy takes the place of the first."""
        if letter.to.endswith(("refused.invalid", "000403")):
            raise AddressRefused
        if letter.to.endswith(("away.invalid", "000503")):
            raise WayAway
        told = {
            "notice": "kept by a stand-in, not sent",
            "to": letter.to,
            "subject": letter.subject,
            "text": letter.text,
            "at": letter.at.isoformat(),
        }
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        begun = self.folder / f".{letter.number}"
        begun.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
        begun.replace(self.folder / f"{letter.number}.json")


def stand_in(way: Way) -> StandIn:
    """The stand-in of a way, which keeps letters in the data folder."""
    return StandIn(way, settings.DATA / "sent" / way)


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: an address is as it was set, and answers for itself."""

    def redirect_request(self, *_args: object) -> None:
        """Nowhere."""


_opener = build_opener(_Stay)


def posted(address: str, told: object, **headers: str) -> tuple[int, object]:
    """The status and the JSON of an answer to JSON; refuses with `WayAway` if there is none."""
    request = Request(  # noqa: S310  the settings take http and https alone
        address,
        data=json.dumps(told).encode(),
        headers={"Content-Type": "application/json", **headers},
    )
    try:
        with _opener.open(request, timeout=WAIT) as answer:  # nosec B310
            return answer.status, _read(answer.read(LONGEST))
    except HTTPError as refused:
        with refused:
            return refused.code, _read(refused.read(LONGEST))
    except (OSError, HTTPException):
        raise WayAway from None


def _read(content: bytes) -> object:
    try:
        return json.loads(content)
    except ValueError:
        return content.decode("utf-8", "replace")
