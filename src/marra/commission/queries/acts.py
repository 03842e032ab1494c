"""Read acts: open to all. The latest version of each stands; those before are kept."""

import re

from marra.commission.models.acts import Act
from marra.commission.rules.acts import act as rules
from marra.people.rules.rights import Stamp
from marra.store import Named


def visible_to(_stamp: Stamp) -> Named[Act]:
    """Every act in every version: what the law asks for is open to all."""
    return Act.all().order_by("-signed_on", "-published_on", "id")


def standing(stamp: Stamp) -> Named[Act]:
    """The acts that stand, each in its latest version."""
    return visible_to(stamp).filter(replaced_by=None)


def lineage(code: str) -> Named[Act]:
    """An act in all its versions: the latest has the code itself, older ones `-v1` and so on."""
    return Act.all().filter(code__regex=rf"^{re.escape(code)}(-v[0-9]+)?$")


def versions(act: Act) -> Named[Act]:
    """Every version of the same act, the newest first."""
    return lineage(re.sub(r"-v[0-9]+$", "", act.code)).order_by("-version")


def whole(act: Act) -> rules.Act:
    """The act as it was taken in: all clauses, obligations and terms of that version."""
    return rules.read(act.document)
