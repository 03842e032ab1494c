"""Mail: one server that takes letters by SMTP, and a stand-in that keeps them.

A password is told only over a ciphered connection. What the server refuses for good (a code that
begins with 5) about the addressee is final; everything else is tried again.

Source: RFC 5321 (SMTP), section 4.2.1 for codes; RFC 5322 (Message-ID); RFC 3834 (automatic mail).
"""

import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
)
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from marra.links.letters import WAIT, AddressRefused, Channel, Letter, WayAway, stand_in
from marra.people.rules.contacts import Way

PORTS: Final = {"smtp": 587, "smtps": 465}
FOR_GOOD: Final = 500


@dataclass(frozen=True, slots=True)
class Mail:
    """A client of a mail server."""

    address: str  # smtp://user:password@host:587
    sender: str

    def send(self, letter: Letter) -> None:
        """Hand a letter over; refuses with `WayAway` or `AddressRefused`."""
        try:
            with self._server() as server:
                server.send_message(written(letter, self.sender))
        except SMTPRecipientsRefused as refused:
            code = max((code for code, _said in refused.recipients.values()), default=0)
            raise (AddressRefused if code >= FOR_GOOD else WayAway) from None
        except (SMTPException, OSError, UnicodeError):
            raise WayAway from None

    def _server(self) -> SMTP:
        """A connection that is ready to take letters."""
        told = urlsplit(self.address)
        host, port = told.hostname or "", told.port or PORTS[told.scheme]
        safe = ssl.create_default_context()
        if told.scheme == "smtps":
            server: SMTP = SMTP_SSL(host, port, timeout=WAIT, context=safe)
        else:
            server = SMTP(host, port, timeout=WAIT)
        try:
            _open(server, told, safe)
        except (SMTPException, OSError):
            server.close()
            raise
        return server


def _open(server: SMTP, told: SplitResult, safe: ssl.SSLContext) -> None:
    """Cipher the connection where it can be, and say who we are if we have a name."""
    server.ehlo_or_helo_if_needed()
    ciphered = told.scheme == "smtps"
    if not ciphered and server.has_extn("starttls"):
        server.starttls(context=safe)
        ciphered = True
    if told.username:
        if not ciphered:
            raise SMTPNotSupportedError("a password is not told in the clear")
        server.login(unquote(told.username), unquote(told.password or ""))


def written(letter: Letter, sender: str) -> EmailMessage:
    """A letter as mail; its number is the Message-ID, by which a second copy is known."""
    host = sender.rpartition("@")[2]
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, letter.to, letter.subject
    made["Date"] = format_datetime(letter.at)
    made["Message-ID"] = f"<{letter.number}@{host}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.text)
    return made


def service() -> Channel:
    """Whoever sends mail here: the server that is set, else the stand-in."""
    return Mail(settings.MAIL, settings.MAIL_FROM) if settings.MAIL else stand_in(Way.MAIL)
