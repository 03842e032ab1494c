"""State bodies: their names in four languages, their kinds, and those the house begins with.

Source: ours; the packaged bodies stand in `bodies.toml` with the basis of each name.
"""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from marra.kit.errors import Conflict, Invalid
from marra.kit.text import Text, gettext_noop
from marra.language.fold import fold
from marra.language.scripts import to_cyrillic

LONGEST: Final = 200


class Kind(StrEnum):
    """What kind of body it is."""

    OFFICE = gettext_noop("state office")
    MINISTRY = gettext_noop("ministry")
    COMMITTEE = gettext_noop("committee")
    AGENCY = gettext_noop("agency")
    REGIONAL = gettext_noop("regional government")
    ORGANISATION = gettext_noop("state organisation")


KINDS: Final = {
    "office": Kind.OFFICE,
    "ministry": Kind.MINISTRY,
    "committee": Kind.COMMITTEE,
    "agency": Kind.AGENCY,
    "regional": Kind.REGIONAL,
    "organisation": Kind.ORGANISATION,
}
"""Kinds by the codes that rows and files use."""


class NameMissing(Invalid):
    """A body is called something in each language of the state."""

    sentence = gettext_noop("Write the name in Uzbek and in Russian, each in one line.")


class UnknownKind(Invalid):
    """There is no such kind of body."""

    sentence = gettext_noop("There is no kind of body “{kind}”. Choose one of the list.")


class WrongStir(Invalid):
    """A number of a taxpayer has nine digits."""

    sentence = gettext_noop("“{stir}” is no STIR. It has nine digits.")


class BodyKnown(Conflict):
    """The body is there under the same name, in whatever letters."""

    sentence = gettext_noop("There is already a body “{name}”. Open that one instead.")


class BodyBusy(Conflict):
    """A body that others lie under cannot be closed."""

    sentence = gettext_noop("“{name}” has bodies under it. Close or move those first.")


class UnderItself(Conflict):
    """The tree of bodies has no circles."""

    sentence = gettext_noop("“{name}” cannot lie under itself or under a body below it.")


class BodyChanged(Conflict):
    """Somebody else changed it while this was written."""

    sentence = gettext_noop(
        "Somebody changed this body while you were writing. Your text is kept below; "
        "compare it with what stands now, and save again."
    )


@dataclass(frozen=True, slots=True)
class Packaged:
    """A body that came with the program."""

    code: str
    kind: str
    name: Text
    region: str
    basis: str


@cache
def packaged() -> tuple[Packaged, ...]:
    """The bodies that came with the program.

    >>> len([each for each in packaged() if each.kind == "regional"])
    14
    """
    text = (files("marra.inventory.rules") / "bodies.toml").read_text(encoding="utf-8")
    return tuple(
        Packaged(
            code=row["code"],
            kind=row["kind"],
            name=named(row["uz"], row["ru"], row["en"]),
            region=row.get("region", ""),
            basis=row["basis"],
        )
        for row in tomllib.loads(text)["bodies"]
    )


def named(uz: str, ru: str, en: str = "", uz_cyrl: str = "") -> Text:
    """A name in four languages; Cyrillic is made from Latin, English is Uzbek where none is given.

    Refuses with `NameMissing`.

    >>> named("Adliya vazirligi", "Министерство юстиции").uz_cyrl
    'Адлия вазирлиги'
    """
    told = [" ".join(part.split())[:LONGEST] for part in (uz, uz_cyrl, ru, en)]
    if len(told[0]) < 2 or len(told[2]) < 2:
        raise NameMissing
    return Text(told[0], told[1] or to_cyrillic(told[0]), told[2], told[3] or told[0])


def key(name: Text) -> str:
    """What a body is found by: its Uzbek name, folded.

    >>> key(named("Sogʻliqni saqlash vazirligi", "Минздрав"))
    'sogliqni saqlash vazirligi'
    """
    return fold(name.uz)[:300]


def checked_kind(kind: str) -> str:
    """A kind of body by its code; refuses with `UnknownKind`.

    >>> checked_kind("agency")
    'agency'
    """
    if kind not in KINDS:
        raise UnknownKind(kind=kind[:40])
    return kind


def checked_stir(stir: str) -> str:
    """The nine digits, or nothing; refuses with `WrongStir`.

    >>> checked_stir("201 122 919")
    '201122919'
    """
    digits = re.sub(r"\s", "", stir)
    if digits and not re.fullmatch(r"[0-9]{9}", digits):
        raise WrongStir(stir=stir[:20])
    return digits
