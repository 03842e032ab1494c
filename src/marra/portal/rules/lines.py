"""Lines: what an official writes into a box, one thing a line, and how it stands there again.

A fee: `0,9` or `0,02–0,64 / bet : nusxalar uchun @ 01.01.2026`, a multiple or a range of the basic
calculation amount, perhaps what it is asked for once, for what, and since when. A document or a
part of a text in several languages: `uz | ru | en`. An act: `title | address`.

Source: ours.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from marra.kit.cells import day
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop
from marra.portal.rules.money import Fee

_FEE: Final = re.compile(
    r"(?P<least>\d{1,5}(?:[.,]\d{1,5})?)(?:\s*[–—-]\s*(?P<most>\d{1,5}(?:[.,]\d{1,5})?))?"
    r"(?:\s*/\s*(?P<per>[^:@/]+))?(?:\s*:\s*(?P<what>[^@]+))?(?:\s*@\s*(?P<since>[\d.-]+))?\s*"
)


class LineUnread(Invalid):
    """A line of the box makes no sense."""

    sentence = gettext_noop("Line {line} cannot be read: “{told}”. Write it as the hint shows.")


def fees_of(text: str) -> tuple[Fee, ...]:
    """The fees of a box; refuses with `LineUnread`.

    >>> [(str(each.least), str(each.most), each.per) for each in fees_of("0,02–0,64 / bet")]
    [('0.02', '0.64', 'bet')]
    """
    return tuple(_fee(number, line) for number, line in _lines(text))


def fee_lines(fees: Iterable[Fee]) -> str:
    """The fees as they stand in the box.

    >>> fee_lines(fees_of("36 : yuk mashinasi @ 01.01.2026"))
    '36 : yuk mashinasi @ 01.01.2026'
    """
    told = []
    for each in fees:
        line = _plain(each.least)
        line += f"–{_plain(each.most)}" if each.most != each.least else ""
        line += f" / {each.per}" if each.per else ""
        line += f" : {each.what}" if each.what else ""
        told.append(line + (f" @ {each.since:%d.%m.%Y}" if each.since else ""))
    return "\n".join(told)


def texts_of(text: str) -> list[dict[str, str]]:
    """The texts of a box in up to three languages.

    >>> texts_of("Ariza | Заявление")
    [{'uz': 'Ariza', 'ru': 'Заявление'}]
    """
    return [
        dict(zip(("uz", "ru", "en"), map(str.strip, line.split("|")), strict=False))
        for _, line in _lines(text)
    ]


def text_lines(texts: Sequence[Mapping[str, str]]) -> str:
    """The texts as they stand in the box.

    >>> text_lines([{"uz": "Ariza", "ru": "Заявление"}])
    'Ariza | Заявление'
    """
    told = ((each.get("uz", ""), each.get("ru", ""), each.get("en", "")) for each in texts)
    return "\n".join(" | ".join(each).rstrip(" |") for each in told)


def acts_of(text: str) -> list[dict[str, str]]:
    """The acts of a box.

    >>> acts_of("VM-555 | https://lex.uz/docs/1")
    [{'title': 'VM-555', 'address': 'https://lex.uz/docs/1'}]
    """
    parted = ((line.partition("|")) for _, line in _lines(text))
    return [{"title": title.strip(), "address": address.strip()} for title, _, address in parted]


def act_lines(acts: Sequence[Mapping[str, str]]) -> str:
    """The acts as they stand in the box.

    >>> act_lines([{"title": "VM-555", "address": ""}])
    'VM-555'
    """
    told = (f"{each['title']} | {each.get('address', '')}" for each in acts)
    return "\n".join(each.rstrip(" |") for each in told)


def _lines(text: str) -> list[tuple[int, str]]:
    told = enumerate(text.splitlines(), start=1)
    return [(number, line.strip()) for number, line in told if line.strip()]


def _fee(number: int, line: str) -> Fee:
    found = _FEE.fullmatch(line)
    since = day(found["since"]) if found and found["since"] else None
    if found is None or (found["since"] and since is None):
        raise LineUnread(line=number, told=line[:60])
    least = Decimal(found["least"].replace(",", "."))
    most = Decimal(found["most"].replace(",", ".")) if found["most"] else least
    what, per = ((found[name] or "").strip() for name in ("what", "per"))
    return Fee(least, most, since, what, per)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
