"""Lists that people choose from: categories of services, and how one is asked for today.

Source: ours; `lists.toml` says where each list is from.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from marra.kit.errors import Invalid
from marra.kit.text import Text, gettext_noop
from marra.language.fold import fold
from marra.language.scripts import to_cyrillic


class UnknownCategory(Invalid):
    """There is no such category."""

    sentence = gettext_noop("There is no category “{name}”. Choose one of the list.")


class UnknownChannel(Invalid):
    """There is no such way to ask for a service."""

    sentence = gettext_noop("There is no way “{name}” to ask for a service. Choose one.")


@cache
def categories() -> Mapping[str, Text]:
    """The categories of services by code.

    >>> categories()["permit"].en
    'Licence or permit'
    """
    return _list("categories")


@cache
def channels() -> Mapping[str, Text]:
    """The ways to ask for a service by code.

    >>> channels()["office"].ru
    'лично в органе'
    """
    return _list("channels")


def checked_category(written: str) -> str:
    """The code of a category, given by it or by its name; refuses with `UnknownCategory`.

    >>> checked_category("Litsenziya va ruxsatnoma"), checked_category("")
    ('permit', '')
    """
    found = _named(categories(), written)
    if found is None:
        raise UnknownCategory(name=written[:60])
    return found


def checked_channel(written: str) -> str:
    """The code of a way, given by it or by its name; refuses with `UnknownChannel`.

    >>> checked_channel("Ягона порталда")
    'portal'
    """
    found = _named(channels(), written)
    if found is None:
        raise UnknownChannel(name=written[:60])
    return found


def _list(name: str) -> Mapping[str, Text]:
    text = (files("marra.inventory.rules") / "lists.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            row["code"]: Text(row["uz"], to_cyrillic(row["uz"]), row["ru"], row["en"])
            for row in tomllib.loads(text)[name]
        }
    )


def _named(known: Mapping[str, Text], written: str) -> str | None:
    """The code behind a code or a name in any language; nothing stays nothing."""
    told = written.strip()
    if not told or told in known:
        return told
    key = fold(told)
    return next(
        (
            code
            for code, name in known.items()
            if key in {fold(name.uz), fold(name.ru), fold(name.en)}
        ),
        None,
    )
