"""Read the versions of the standard: which is in force, and what an older one still says."""

from datetime import date
from functools import lru_cache

from marra.inventory.models.standard import Standard
from marra.inventory.rules import standard as rules
from marra.inventory.rules.judgements import NoStandardYet, carried
from marra.inventory.rules.standard import Requirements
from marra.people.rules.rights import Stamp
from marra.store import Named


def visible_to(_stamp: Stamp) -> Named[Standard]:
    """Every version that was adopted, the newest first: open to all."""
    return Standard.all()


def in_force(on: date) -> Standard | None:
    """The version in force on a day, if one is."""
    return Standard.all().filter(in_force_from__lte=on).first()


def needed(on: date) -> Standard:
    """The version in force on a day; refuses with `NoStandardYet`."""
    found = in_force(on)
    if found is None:
        raise NoStandardYet
    return found


def requirements(row: Standard) -> Requirements:
    """What a version asks for."""
    return _read(row.code, row.digest, row.document)


@lru_cache(maxsize=16)
def _read(code: str, _digest: str, document: str) -> Requirements:
    return rules.read(f"{code}.toml", document.encode())


def counting(row: Standard) -> dict[int, frozenset[str]]:
    """Of each version, by its key, the requirements for which what was said of it still holds."""
    new = requirements(row)
    older = Standard.all().filter(number__lte=row.number)
    return {each.pk: carried(requirements(each), new) for each in older}


def latest_number() -> int:
    """The number of the newest version, 0 if there is none."""
    found = Standard.objects.order_by("-number").values_list("number", flat=True).first()
    return found or 0
