"""Taking an act in: what a new version changes, and when it is refused.

An act that is known already is not taken in twice; its code may not bear obligations of another
act. What is packaged gives way to what somebody imported.

Source: ours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Final

from marra.commission.rules.acts.act import Act, Clause, Obligation
from marra.kit.errors import Conflict
from marra.kit.text import gettext_noop

PACKAGED: Final = "packaged"
IMPORTED: Final = "imported"


class ActKnown(Conflict):
    """This very act was taken in before."""

    sentence = gettext_noop(
        "This very text of {number} was taken in before, as version {version}. "
        "Nothing was changed."
    )


class ObligationTaken(Conflict):
    """The code of an obligation belongs to another act."""

    sentence = gettext_noop(
        "The obligation {code} belongs to another act ({act}). Give it a code of its own."
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions: a thing that comes, goes or changes some fields."""

    thing: str  # act, clause, obligation
    code: str
    kind: str  # added, removed, changed
    fields: tuple[str, ...] = ()


def changes(before: Act | None, after: Act) -> tuple[Change, ...]:
    """What the new version changes: the act itself, then clauses, then obligations."""
    if before is None:
        return ()
    head = ("number", "title", "kind", "address", "signed_on", "published_on", "in_force_from")
    changed = tuple(name for name in head if getattr(before, name) != getattr(after, name))
    own = [Change("act", after.code, "changed", changed)] if changed else []
    clauses = _differences(
        "clause",
        {each.number: each for each in before.clauses},
        {each.number: each for each in after.clauses},
    )
    obligations = _differences(
        "obligation",
        {each.code: each for each in before.obligations},
        {each.code: each for each in after.obligations},
    )
    return (*own, *clauses, *obligations)


def _differences(
    thing: str,
    before: Mapping[str, Clause] | Mapping[str, Obligation],
    after: Mapping[str, Clause] | Mapping[str, Obligation],
) -> Iterator[Change]:
    for code, new in after.items():
        old = before.get(code)
        if old is None:
            yield Change(thing, code, "added")
        elif old != new:
            names = (each.name for each in fields(new))
            changed = (name for name in names if getattr(old, name) != getattr(new, name))
            yield Change(thing, code, "changed", tuple(changed))
    for code in before:
        if code not in after:
            yield Change(thing, code, "removed")
