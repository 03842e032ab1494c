"""Words that a definition carries in the languages of its readers.

A ministry writes a service in Uzbek, Russian and English; Uzbek in Cyrillic letters is made by
rule where it is not given, by whoever reads the file. Karakalpak may stand beside them.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Words:
    """One text in up to five languages; Uzbek in Latin letters is always there."""

    uz: str
    uz_cyrl: str = ""
    ru: str = ""
    en: str = ""
    kaa: str = ""

    def into(self, language: str) -> str:
        """The text in a language as it stands in addresses; Uzbek where it has no such text.

        >>> Words("Ism", ru="Имя").into("ru"), Words("Ism").into("kaa")
        ('Имя', 'Ism')
        """
        found: str = getattr(self, language.replace("-", "_"), "")
        return found or self.uz

    def missing(self) -> tuple[str, ...]:
        """Languages that everybody's pages have and this text has not.

        >>> Words("Ism", "Исм").missing()
        ('ru', 'en')
        """
        return tuple(name for name in ("uz_cyrl", "ru", "en") if not getattr(self, name))


def words(value: object) -> Words | None:
    """The text that a definition gives, as one string or by language; None if it is no text.

    >>> words({"uz": "Ism", "en": "Name"})
    Words(uz='Ism', uz_cyrl='', ru='', en='Name', kaa='')
    >>> words({"en": "Name"}) is None
    True
    """
    if isinstance(value, str):
        value = {"uz": value}
    if not isinstance(value, Mapping) or not set(value) <= set(Words.__slots__):
        return None
    if not value.get("uz") or not all(_fits(each) for each in value.values()):
        return None
    return Words(**{str(key): str(each) for key, each in value.items()})


def _fits(text: object) -> bool:
    return isinstance(text, str) and len(text) <= LONGEST
