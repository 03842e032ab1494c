"""SMS: a gateway in the form of Play Mobile, and a stand-in.

The gateway knows a message by the number we give it.

Source: public clients of the Play Mobile broker (pypi.org/project/playmobile-client and
github.com/nyaruka/courier, handlers/playmobile, read 2026-11, quoted): address, fields, basic
authentication, 400 for a message that it refuses.
"""

from base64 import b64encode
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit, urlunsplit

from django.conf import settings

from marra.links.letters import AddressRefused, Channel, Letter, WayAway, posted, stand_in
from marra.people.rules.contacts import Way

TAKEN: Final = 200
REFUSED: Final = 400


@dataclass(frozen=True, slots=True)
class Gateway:
    """A client of a gateway."""

    address: str  # https://user:password@host/broker-api/send
    sender: str

    def send(self, letter: Letter) -> None:
        """Hand a message over; refuses with `WayAway` or `AddressRefused`."""
        told = urlsplit(self.address)
        name = f"{unquote(told.username or '')}:{unquote(told.password or '')}"
        bare = urlunsplit(told._replace(netloc=told.netloc.rpartition("@")[2]))
        message = {
            "recipient": letter.to.removeprefix("+"),
            "message-id": letter.number,
            "sms": {"originator": self.sender, "content": {"text": letter.text}},
        }
        proof = f"Basic {b64encode(name.encode()).decode()}"
        status, _answer = posted(bare, {"messages": [message]}, Authorization=proof)
        if status == REFUSED:
            raise AddressRefused
        if status != TAKEN:
            raise WayAway


def service() -> Channel:
    """Whoever sends SMS here: the gateway that is set, else the stand-in."""
    return Gateway(settings.SMS, settings.SMS_FROM) if settings.SMS else stand_in(Way.SMS)
