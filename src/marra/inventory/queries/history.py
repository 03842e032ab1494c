"""What others changed about a thing of the inventory since a version: from the journal."""

from marra.inventory.rules.things import Field
from marra.journal.queries import entries


def changed_since(code: str, version: int) -> tuple[Field, ...]:
    """The fields that were changed after that version; the journal holds their names."""
    found: set[str] = set()
    for entry in entries.of(code):
        if int(str(entry.facts.get("version", 0))) > version:
            found |= set(str(entry.facts.get("fields", "")).split(","))
    return tuple(each for each in Field if each.name.lower() in found)
