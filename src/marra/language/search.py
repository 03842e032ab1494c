"""Search: countries by what people write, in any script, code or part of a name.

Source: ours; names from `marra.kit.places`.
"""

from functools import cache

from marra.kit.errors import Invalid
from marra.kit.places import PLACES, place
from marra.kit.text import gettext_noop
from marra.language.fold import fold


class SeveralCountries(Invalid):
    """The words fit more than one country."""

    sentence = gettext_noop("“{sought}” may mean {names}. Write the name in full or its code.")


def found_places(sought: str, language: str = "en") -> list[str]:
    """Codes of the countries whose name in any language holds the words, best first.

    >>> found_places("ўзбек"), found_places("o'zb", "ru"), found_places("KAZ")[0]
    (['UZB'], ['UZB'], 'KAZ')
    """
    wanted = fold(sought).strip()
    if not wanted:
        return []
    hits = []
    for code, names in _folded().items():
        if quality := max(_quality(name, wanted) for name in names):
            hits.append((-quality, fold(PLACES[code].name.into(language)), code))
    return [code for _, _, code in sorted(hits)]


def one_place(sought: str) -> str:
    """The code of the one country that is meant; refuses when there is none or more than one.

    >>> one_place("uz"), one_place("Узбекистан"), one_place("niger")
    ('UZB', 'UZB', 'NER')
    """
    codes = found_places(sought)
    exact = [code for code in codes if fold(sought).strip() in _folded()[code]]
    if len(exact) == 1 or len(codes) == 1:
        return (exact or codes)[0]
    if not codes:
        return place(sought.upper()).iso3
    names = ", ".join(f"{PLACES[code].name.en} ({code})" for code in codes[:5])
    raise SeveralCountries(sought=sought, names=names)


@cache
def _folded() -> dict[str, tuple[str, ...]]:
    return {code: tuple(map(fold, _names(code))) for code in PLACES}


def _names(code: str) -> tuple[str, ...]:
    each = PLACES[code]
    return (each.name.uz, each.name.uz_cyrl, each.name.ru, each.name.en, code, each.iso2)


def _quality(name: str, wanted: str) -> int:
    if name == wanted:
        return 4
    if name.startswith(wanted):
        return 3
    if f" {wanted}" in name:
        return 2
    return 1 if len(wanted) > 2 and wanted in name else 0
