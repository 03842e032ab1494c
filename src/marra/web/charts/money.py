"""Money for reading: soʻm, in millions, billions or trillions once there are so many.

Source: ours; short scale words as in the State budget's own tables.
"""

import math
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from marra.kit.text import Text
from marra.web.formats import NO_BREAK_SPACE, NOTHING, number

STEPS: Final = (
    (1e12, gettext_noop("{amount} trn soʻm")),
    (1e9, gettext_noop("{amount} bn soʻm")),
    (1e6, gettext_noop("{amount} mln soʻm")),
)
BILLION: Final = 1e9


def money(amount: float | None) -> str:
    """An amount of soʻm with its word, in three digits or so; a dash where there is none."""
    if amount is None or math.isnan(amount):
        return NOTHING
    for size, words in STEPS:
        if abs(amount) >= 0.9995 * size:
            share = amount / size
            digits = 0 if abs(share) >= 99.95 else 1 if abs(share) >= 9.995 else 2
            return _kept(_(words).format(amount=_short(share, digits)))
    return _kept(_("{amount} soʻm").format(amount=number(amount)))


def billions(amount: float | None) -> float | None:
    """An amount for a column whose head says billions of soʻm."""
    return None if amount is None else amount / BILLION


def _short(value: float, digits: int) -> str:
    """Without zeros that say nothing: 1,5 and not 1,50."""
    written = number(value, digits)
    return written.rstrip("0").rstrip(",") if "," in written else written


def _kept(words: str) -> str:
    return words.replace(" ", NO_BREAK_SPACE)


def said(words: Text | str, language: str) -> str:
    """Words of a portfolio: in the page's language, or in the one they were handed in."""
    return words if isinstance(words, str) else words.into(language)
