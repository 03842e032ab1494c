"""Titles and notes: what people call a record, and what they say about it.

Source: ours.
"""

import re
from typing import Final

from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

LONGEST_TITLE: Final = 120
LONGEST_NOTE: Final = 2000


class UnfitTitle(Invalid):
    """A title is not one line of letters."""

    sentence = gettext_noop(
        "“{title}” cannot be a title. Write it in one line of 2 to 120 characters."
    )


class LongNote(Invalid):
    """A note is a whole document."""

    sentence = gettext_noop(
        "The note has {length} characters, and at most 2000 are kept. Shorten it."
    )


def checked_title(title: str) -> str:
    """The title with single blanks; refuses with `UnfitTitle`.

    >>> checked_title(" Road  to place 30 ")
    'Road to place 30'
    """
    cleaned = re.sub(" {2,}", " ", title).strip()
    if not 2 <= len(cleaned) <= LONGEST_TITLE or not cleaned.isprintable():
        raise UnfitTitle(title=cleaned[:LONGEST_TITLE])
    return cleaned


def checked_note(note: str) -> str:
    """The note without blanks around it; refuses with `LongNote`.

    >>> checked_note(" In prices of 2026. ")
    'In prices of 2026.'
    """
    cleaned = note.replace("\r\n", "\n").replace("\0", "").strip()
    if len(cleaned) > LONGEST_NOTE:
        raise LongNote(length=len(cleaned))
    return cleaned
