"""Telegram: a bot that writes to chats, and tells whoever writes to it the number of their chat.

Telegram knows no numbers of letters: a letter that was taken over in the very second in which the
process ended may come twice.

Source: Telegram Bot API, sendMessage and getUpdates (core.telegram.org/bots/api, recalled);
errors 400 and 403 of chats (github.com/TelegramBotAPI/errors, quoted).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings

from marra.links.letters import AddressRefused, Channel, Letter, WayAway, posted, stand_in
from marra.people.rules.contacts import Way

TAKEN: Final = 200
REFUSED: Final = frozenset({400, 403})
"""No such chat, or whoever it belongs to has blocked the bot."""


@dataclass(frozen=True, slots=True)
class Telegram:
    """A client of one bot."""

    address: str  # https://api.telegram.org/bot and the token

    def send(self, letter: Letter) -> None:
        """Write into a chat; refuses with `WayAway` or `AddressRefused`."""
        told = {
            "chat_id": letter.to,
            "text": letter.text,
            "link_preview_options": {"is_disabled": True},
        }
        status, _answer = self._asked("sendMessage", told)
        if status in REFUSED:
            raise AddressRefused
        if status != TAKEN:
            raise WayAway

    def answer(self, said: Callable[[str, str], str]) -> int:
        """Tell whoever wrote to the bot what `said` makes of chat and language; how many.

        What was answered is not offered again, for the next question names where to go on.
        """
        status, found = self._asked("getUpdates", {"timeout": 0, "allowed_updates": ["message"]})
        if status != TAKEN or not isinstance(found, dict):
            raise WayAway
        updates = found.get("result") or []
        for chat, language in dict(_writers(updates)).items():
            self._asked("sendMessage", {"chat_id": chat, "text": said(chat, language)})
        if updates:
            onward = max(int(each["update_id"]) for each in updates) + 1
            self._asked("getUpdates", {"timeout": 0, "limit": 1, "offset": onward})
        return len(updates)

    def _asked(self, method: str, told: dict[str, Any]) -> tuple[int, object]:
        return posted(f"{self.address.rstrip('/')}/{method}", told)


def _writers(updates: Iterable[dict[str, Any]]) -> Iterable[tuple[str, str]]:
    """The chats of people that wrote, each with the language of who wrote."""
    for each in updates:
        message = each.get("message") or {}
        chat = message.get("chat") or {}
        if chat.get("type") == "private":
            yield str(chat["id"]), str((message.get("from") or {}).get("language_code", ""))


def service() -> Channel:
    """Whoever writes to Telegram here: the bot that is set, else the stand-in."""
    return Telegram(settings.TELEGRAM) if settings.TELEGRAM else stand_in(Way.TELEGRAM)


def bot() -> Telegram | None:
    """The bot, if one is set."""
    return Telegram(settings.TELEGRAM) if settings.TELEGRAM else None
