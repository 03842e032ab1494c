"""Functions of government: the international classification by which functions are sorted.

Two bodies may call different things alike; the code says which of them are meant. A code of two,
four or five figures is enough: 07, 07.4, 07.4.0. Classes have no names in Uzbek and Russian here;
there the name of their group stands with the English one.

Source: United Nations, Classification of the Functions of Government (COFOG 1999), as in
datasets/cofog; names in Uzbek and Russian are ours.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from marra.kit.errors import Invalid
from marra.kit.text import Text, gettext_noop
from marra.language.scripts import to_cyrillic


class UnknownCofog(Invalid):
    """The classification has no such code."""

    sentence = gettext_noop(
        "“{code}” is no code of the functions of government (COFOG). Write one such as 07 or 07.4."
    )


@dataclass(frozen=True, slots=True)
class Purpose:
    """One line of the classification."""

    code: str
    name: Text


@cache
def purposes() -> Mapping[str, Purpose]:
    """The classification by code, in its order.

    >>> purposes()["07"].name.uz, len(purposes())
    ('Sogʻliqni saqlash', 188)
    """
    text = (files("marra.inventory.rules") / "cofog.csv").read_text(encoding="utf-8")
    found: dict[str, Purpose] = {}
    for row in csv.DictReader(text.splitlines()):
        code, english = row["code"], row["en"]
        group = found.get(code.rpartition(".")[0])
        uz = row["uz"] or f"{group.name.uz if group else ''}: {english}"
        ru = row["ru"] or f"{group.name.ru if group else ''}: {english}"
        found[code] = Purpose(code, Text(uz, to_cyrillic(uz), ru, english))
    return MappingProxyType(found)


def checked_cofog(written: str) -> str:
    """The code as the classification writes it, or nothing; refuses with `UnknownCofog`.

    >>> checked_cofog("7.4"), checked_cofog(" 07.4.0 "), checked_cofog("")
    ('07.4', '07.4.0', '')
    """
    code = re.sub(r"^(\d)(?=\.|$)", r"0\1", written.strip())
    if code and code not in purposes():
        raise UnknownCofog(code=written.strip()[:20])
    return code


def may_be_one(one: str, other: str) -> bool:
    """Whether two codes may mean the same: equal, one within the other, or one not given.

    >>> may_be_one("07.4", "07"), may_be_one("07.4", ""), may_be_one("07.4", "07.3")
    (True, True, False)
    """
    return not one or not other or f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(
        f"{one}."
    )  # fmt: skip
