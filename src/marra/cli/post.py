"""Send notices outside: each person one message by each way, in their language."""

from collections.abc import Callable, Mapping
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from marra.commission.actions import posting
from marra.commission.queries.posting import Parcel, parcel
from marra.commission.rules.notices import KINDS, gaps
from marra.commission.rules.posting import Outcome, for_sms, sms_parts
from marra.door import say, terminal_stamp
from marra.kit.text import LANGUAGES, gettext_noop
from marra.links import mail, sms, telegram
from marra.links.letters import AddressRefused, Channel, Letter, WayAway
from marra.people.rules.contacts import Way
from marra.people.rules.rights import Stamp

CHANNELS: Final[Mapping[Way, Callable[[], Channel]]] = {
    Way.MAIL: mail.service,
    Way.TELEGRAM: telegram.service,
    Way.SMS: sms.service,
}
SUBJECT: Final = gettext_noop("Marra: new notices, {count}")
FOOT: Final = gettext_noop("All notices: {inbox}\nHow you are told: {wishes}")
WHOLE: Final = gettext_noop("Marra: {told}. {link}")
YOUR_CHAT: Final = gettext_noop(
    "The number of this chat is {chat}. Enter it in Marra, under your account, “How you are told”."
)


def send(way: Way) -> Callable[[Stamp], int]:
    """A job that sends what is due by one way; how many messages went out.

    When the service of the way does not answer, the others it would get wait with the first.
    """

    def sending(stamp: Stamp) -> int:
        channel, sent, is_away = CHANNELS[way](), 0, False
        for code in posting.claim(stamp, way=way):
            found = parcel(code)
            letter = written(found, terminal_stamp()) if found and found.address else None
            outcome = _handed(channel, letter, is_away=is_away)
            parts = sms_parts(letter.text) if letter and way is Way.SMS else 0
            posting.settle(terminal_stamp(), code, outcome=outcome, parts=parts)
            sent += outcome is Outcome.SENT
            is_away |= outcome is Outcome.AWAY
        return sent

    return sending


def answer_writers(_stamp: Stamp) -> int:
    """Tell whoever wrote to the bot the number of their chat; how many wrote."""
    bot = telegram.bot()
    return bot.answer(_your_chat) if bot else 0


def written(found: Parcel, stamp: Stamp) -> Letter:
    """A message with what its way has room for, in the language of whom it goes to."""
    language = found.language
    told = [say(KINDS[each.kind].sentence, gaps(each.facts), language) for each in found.notices]
    subject = told[0] if len(told) == 1 else say(SUBJECT, {"count": len(told)}, language)
    if found.way is Way.SMS:
        text = _short(found)
    else:
        lines = [
            f"{said}\n{_place(each.kind, language, each.thing)}"
            for said, each in zip(told, found.notices, strict=True)
        ]
        places = {
            "inbox": _address("inbox", language),
            "wishes": _address("notice-wishes", language),
        }
        foot = [say(FOOT, places, language)] if found.way is Way.MAIL else []
        text = "\n\n".join([*lines, *foot])
    return Letter(found.code, found.address, subject, text, stamp.at)


def _short(found: Parcel) -> str:
    """One line that fits an SMS: what it is if it is one thing, else how many there are."""
    language, first = found.language, found.notices[0]
    if len(found.notices) == 1 and KINDS[first.kind].short:
        told = say(KINDS[first.kind].short, gaps(first.facts), language)
    else:
        told = say(gettext_noop("new notices, {count}"), {"count": len(found.notices)}, language)
    link = f"{settings.ADDRESS}{reverse('notices-short')}"
    return for_sms(say(WHOLE, {"told": told, "link": link}, language))


def _handed(channel: Channel, letter: Letter | None, *, is_away: bool) -> Outcome:
    if letter is None:
        return Outcome.NO_ADDRESS
    if is_away:
        return Outcome.AWAY
    try:
        channel.send(letter)
    except WayAway:
        return Outcome.AWAY
    except AddressRefused:
        return Outcome.REFUSED
    return Outcome.SENT


def _place(kind: str, language: str, thing: str) -> str:
    told = KINDS[kind]
    return _address(told.page, language, *([thing] if told.is_about_one else []))


def _address(page: str, language: str, *code: str) -> str:
    with override(language):
        return f"{settings.ADDRESS}{reverse(page, args=code)}"


def _your_chat(chat: str, language: str) -> str:
    known = language if language in LANGUAGES else LANGUAGES[0]
    return say(YOUR_CHAT, {"chat": chat}, known)
