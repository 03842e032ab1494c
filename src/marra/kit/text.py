"""Texts: sentences to be translated, and names that the world gives in four languages.

Rules mark a sentence with `gettext_noop` and never translate; the doors do. A name that is data
(a country, a state body) is a `Text` and carries its own languages.

Source: ours.
"""

from dataclasses import dataclass
from typing import Final

LANGUAGES: Final = ("uz", "uz-cyrl", "ru", "en")
"""Language codes as they stand in addresses; the first is the default."""


def gettext_noop(message: str) -> str:
    """The same sentence, marked for the catalogue of translations.

    >>> gettext_noop("No such country.")
    'No such country.'
    """
    return message


@dataclass(frozen=True, slots=True)
class Text:
    """One name in the four languages."""

    uz: str
    uz_cyrl: str
    ru: str
    en: str

    def into(self, language: str) -> str:
        """The name in a language, given by its code in addresses; English if it is another.

        >>> Text("Oʻzbekiston", "Ўзбекистон", "Узбекистан", "Uzbekistan").into("uz-cyrl")
        'Ўзбекистон'
        """
        found: str = getattr(self, language.replace("-", "_"), self.en)
        return found
