"""Write into the journal: the last line of every action."""

from typing import TYPE_CHECKING

from marra.journal.models import Entry
from marra.journal.rules.facts import Fact, checked_deed, checked_facts

if TYPE_CHECKING:
    from marra.people.rules import Stamp


def record(stamp: "Stamp", deed: str, thing: str, **facts: Fact) -> None:
    """Write that `deed` was done to `thing`, within the transaction of the deed itself."""
    Entry.objects.create(
        at=stamp.at,
        by=stamp.by,
        deed=checked_deed(deed),
        thing=thing,
        facts=checked_facts(facts),
    )
