"""Approval: the list of a body as it stood on a day, and what changed since.

Only an exact list is approved. The approval keeps the list whole with a digest over it. What
reports progress, such as the day on which a service appeared, is no change of the list.

Source: ours; RFC 8785 in spirit for the canonical form (sorted keys, no blanks).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from marra.kit.errors import Conflict
from marra.kit.text import gettext_noop

Document = Mapping[str, Mapping[str, Mapping[str, object]]]
"""Functions, processes and services, each by its code."""

KINDS = ("functions", "processes", "services")


class NotExact(Conflict):
    """A list with work left is not approved."""

    sentence = gettext_noop(
        "The list of “{name}” is not exact yet: {count} things are left, the first “{first}”. "
        "Its page shows them all."
    )


class NothingToApprove(Conflict):
    """A list without a function says nothing."""

    sentence = gettext_noop(
        "“{name}” has no function on its list. Enter or import its functions first."
    )


class ApprovedAlready(Conflict):
    """The list was approved as it stands."""

    sentence = gettext_noop("The list of “{name}” is approved as it stands. Nothing was changed.")


class ListMoved(Conflict):
    """What is approved is what was read."""

    sentence = gettext_noop(
        "The list of “{name}” was changed while you were reading it. Read it again and approve "
        "what stands there now."
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise than it was approved."""

    kind: str  # functions, processes, services
    code: str
    title: str
    how: str  # added, removed, changed
    fields: tuple[str, ...] = ()


def digest(document: Document) -> str:
    """The SHA-256 of a list in its canonical form.

    >>> digest({"functions": {}, "processes": {}, "services": {}})[:8]
    '7cf23700'
    """
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def changes(before: Document, after: Document) -> list[Change]:
    """What was added, removed or changed between two lists.

    >>> one = {"functions": {"f1": {"title": "A", "cofog": ""}}}
    >>> two = {"functions": {"f1": {"title": "A", "cofog": "07"}}}
    >>> changes(one, two)[0].fields
    ('cofog',)
    """
    found = []
    for kind in KINDS:
        old, new = before.get(kind, {}), after.get(kind, {})
        for code in sorted(old.keys() | new.keys()):
            was, stands = old.get(code), new.get(code)
            if was == stands:
                continue
            title = str((stands or was or {}).get("title", ""))
            if was is None or stands is None:
                how = "added" if was is None else "removed"
                found.append(Change(kind, code, title, how))
            else:
                fields = sorted(
                    name
                    for name in was.keys() | stands.keys()
                    if was.get(name) != stands.get(name)
                )
                found.append(Change(kind, code, title, "changed", tuple(fields)))
    return found
