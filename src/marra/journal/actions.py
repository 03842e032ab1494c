"""Write into the journal, the last line of every action; and seal what was written."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from marra.journal.models import Entry, Head, Leaf
from marra.journal.queries import keys, tree
from marra.journal.rules.facts import Fact, checked_deed, checked_facts
from marra.journal.rules.heads import Head as Told
from marra.journal.rules.heads import public, signed
from marra.journal.rules.tree import leaf_hash

if TYPE_CHECKING:
    from datetime import datetime

    from marra.people.rules.rights import Stamp

AT_ONCE: Final = 2_000
"""Entries sealed in one transaction: a hundredth of a second in which others may wait."""

WELL_OVER: Final = timedelta(minutes=1)
"""How old a head must be before what it noted of running transactions is believed."""

LOCK: Final = 0x6D_61_72_72_61  # "marra"


def record(stamp: "Stamp", deed: str, thing: str, **facts: Fact) -> None:
    """Write that `deed` was done to `thing`, within the transaction of the deed itself."""
    Entry.objects.create(
        at=stamp.at,
        by=stamp.by,
        deed=checked_deed(deed),
        thing=thing,
        facts=checked_facts(facts),
    )


def seal(at: "datetime") -> int:
    """Take every committed entry into the tree and sign its head; how many were new.

    Runs after the actions and beside them: none waits for it, and it changes no entry. If another
    process is sealing, nothing is done.
    """
    count = 0
    while made := _seal_some(at):
        count += made
    return count


def _seal_some(at: "datetime") -> int:
    found = tree.marks()  # before the entries are read: what ran then is not overlooked
    settled = tree.settled(found, at - WELL_OVER)
    entries = tree.waiting(AT_ONCE, tree.settled_before())
    leaves = [leaf_hash(tree.text(entry)) for entry in entries]
    if not entries:
        return 0
    with transaction.atomic():
        if not _alone() or tree.numbers(entries):
            return 0
        growing = tree.frontier()
        Leaf.objects.bulk_create(
            Leaf(position=growing.size, entry=entry.pk, nodes=b"".join(growing.append(leaf)))
            for entry, leaf in zip(entries, leaves, strict=True)
        )
        if len(entries) == AT_ONCE:  # more may wait, so nothing is known of what will come
            found, settled = found._replace(ahead=0), tree.settled_before()
        if connection.vendor != "postgresql":  # ids come in the order of commits
            settled = entries[-1].pk
        _sign(Told(growing.size, growing.root(), at, settled), found)
    return len(entries)


def _sign(told: Told, found: tree.Marks) -> None:
    key = keys.signing_key()
    Head.objects.create(
        size=told.size,
        root=told.root,
        at=told.at,
        settled=told.settled,
        ahead=found.ahead,
        horizon=found.begins,
        note=signed(told, key),
        key=public(key.public_key()),
    )


def _alone() -> bool:
    """Whether no other process seals until this transaction ends."""
    if connection.vendor != "postgresql":
        return True  # whoever writes to SQLite is alone
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
