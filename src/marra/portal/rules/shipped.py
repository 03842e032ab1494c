"""Twelve complete services that came along, to try the portal with and to begin one's own from.

Each is a folder as `rules/folders.py` reads it: what the catalogue says, forms, process, tables of
decisions, personas. They are made up and say so in their names; an act stands among their legal
basis only where a discount really rests on it.

Source: ours; the discounts after decree UP-6269 of 24.07.2021.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop
from marra.portal.rules.checking import PARTS
from marra.portal.rules.folders import Folder, assembled
from marra.portal.rules.money import Fee
from marra.portal.rules.told import Opened, checked

SAID: Final = ("names", "about", "kind", "audience", "term", "documents", "legal", "events")
"""What `service.toml` says as the catalogue keeps it."""

OTHERWISE: Final = ("fees", "channels", "parts")
"""What it says in a shape of its own."""


class UnknownWord(Invalid):
    """`service.toml` says what the catalogue does not keep."""

    sentence = gettext_noop("service.toml says “{word}”, which is not known. Known are: {known}.")


class FeeUnread(Invalid):
    """A fee is a multiple."""

    sentence = gettext_noop(
        "service.toml has a fee that cannot be read. Write least and most as multiples of the "
        "basic calculation amount, in quotes, as in “0.9”."
    )


@dataclass(frozen=True, slots=True)
class Example:
    """One service that came along."""

    name: str
    folder: Folder

    @property
    def document(self) -> Mapping[str, Any]:
        """What is checked and measured: its own definition, or those of its parts."""
        if not self.folder.parts:
            return self.folder.bundle
        return {PARTS: {part: shipped()[part].folder.bundle for part in self.folder.parts}}


@cache
def shipped() -> Mapping[str, Example]:
    """The services by name, composite ones after their parts.

    >>> len(shipped()), list(shipped())[-1]
    (12, 'newborn')
    """
    names = [each.name for each in _root().iterdir() if each.is_dir()]
    found = [Example(name, assembled(name, contents(name))) for name in sorted(names)]
    found.sort(key=lambda each: bool(each.folder.parts))
    return {each.name: each for each in found}


def contents(name: str) -> dict[str, bytes]:
    """The files of an example by their names.

    >>> sorted(contents("residence-certificate"))
    ['form-apply.json', 'granted.dmn', 'personas.json', 'process.bpmn', 'service.toml']
    """
    return {each.name: each.read_bytes() for each in (_root() / name).iterdir()}


def _root() -> Traversable:
    return files("marra.portal.rules") / "examples"


def said(about: Mapping[str, Any]) -> dict[str, Any]:
    """What `service.toml` says, as the catalogue takes it; its parts are left to who knows them.

    Refuses with `UnknownWord`, `FeeUnread`, and with the refusals of each column.

    >>> told = said({"names": {"uz": "Nikoh"}, "channels": ["mobile"],
    ...              "fees": [{"least": "0.5", "most": "1"}]})
    >>> told["openings"][0].channel, str(told["fees"][0].most)
    ('mobile', '1')
    """
    for word in about:
        if word not in (*SAID, *OTHERWISE):
            raise UnknownWord(word=word[:40], known=", ".join(sorted((*SAID, *OTHERWISE))))
    told = {name: about[name] for name in SAID if name in about}
    if "fees" in about:
        told["fees"] = [_fee(each) for each in about["fees"]]
    if "channels" in about:
        told["openings"] = [Opened(str(each)) for each in about["channels"]]
    checked(told)
    return told


def _fee(written: Mapping[str, str]) -> Fee:
    try:
        least, most = Decimal(written["least"]), Decimal(written["most"])
    except (KeyError, TypeError, ValueError, InvalidOperation):
        raise FeeUnread from None
    return Fee(least, most, what=written.get("what", ""), per=written.get("per", ""))
