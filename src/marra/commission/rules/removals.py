"""Removals: taking an assignment from control, with a ground, a reason and a document.

What was given by a document is taken back by one. A duplicate names the assignment that stays.

Source: ours, after UP-117 of 25.07.2025 (quoted): duplicates are removed (para 7), and what is
not needed after an inventory is dropped (para 9).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop


class Ground(StrEnum):
    """Why something is taken from control."""

    DUPLICATE = "duplicate"
    NOT_NEEDED = "not-needed"
    DONE_OTHERWISE = "done-otherwise"
    ACT_REPEALED = "act-repealed"


GROUNDS: Final[Mapping[Ground, str]] = {
    Ground.DUPLICATE: gettext_noop("It repeats another assignment"),
    Ground.NOT_NEEDED: gettext_noop("It is not needed any more"),
    Ground.DONE_OTHERWISE: gettext_noop("It was done by other means"),
    Ground.ACT_REPEALED: gettext_noop("Its act is no longer in force"),
}
"""The grounds as pages say them."""


class UnknownGround(Invalid):
    """There is no such ground for a removal."""

    sentence = gettext_noop("There is no ground “{ground}” for a removal. Choose one of the list.")


class DocumentMissing(Invalid):
    """What was given by a document is taken back by one."""

    sentence = gettext_noop("Name the document it rests on, with its number and day.")


class InsteadMissing(Invalid):
    """A duplicate repeats something that stays."""

    sentence = gettext_noop("Name the assignment that stays: a duplicate repeats another one.")


class NotItself(Invalid):
    """Nothing is a duplicate of itself."""

    sentence = gettext_noop("An assignment does not stand instead of itself. Name another one.")


def checked_ground(ground: str) -> Ground:
    """A ground of removal; refuses with `UnknownGround`.

    >>> checked_ground("duplicate").value
    'duplicate'
    """
    if ground not in set(Ground):
        raise UnknownGround(ground=ground[:40])
    return Ground(ground)


def checked_removal(
    ground: Ground, *, document: str, instead: str, own: str, is_draft: bool
) -> None:
    """Go on with a document, and for a duplicate with what stays; a draft needs no document.

    Refuses with `DocumentMissing`, `InsteadMissing` or `NotItself`.

    >>> checked_removal(Ground.NOT_NEEDED, document="PQ-1", instead="", own="a", is_draft=False)
    """
    if instead == own:
        raise NotItself
    if ground is Ground.DUPLICATE and not instead:
        raise InsteadMissing
    if not document and not is_draft:
        raise DocumentMissing
