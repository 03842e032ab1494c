"""What others changed about a thing of the inventory since a version: from the journal."""

from collections.abc import Collection

from marra.inventory.rules.things import Field
from marra.journal.queries import entries


def changed_since(
    code: str, version: int, stands: int, of: Collection[Field]
) -> tuple[Field, ...]:
    """The fields that were changed between a version and the one that stands.

    The journal holds their names. A file that was taken in meanwhile has one entry for all it
    changed; then every field may be another, and all are named.
    """
    found: set[str] = set()
    versions: set[int] = set()
    for entry in entries.of(code):
        if (told := int(str(entry.facts.get("version", 0)))) > version:
            found |= set(str(entry.facts.get("fields", "")).split(","))
            versions.add(told)
    if len(versions) < stands - version:
        return tuple(of)
    return tuple(each for each in Field if each.name.lower() in found)
