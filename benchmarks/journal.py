"""How quick the tree of the journal is, and what sealing and checking a database cost."""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from time import process_time

from benchmarks.clock import best
from benchmarks.record import Measure
from marra.journal.rules.canonical import canonical
from marra.journal.rules.tree import Frontier, consistency, extends, includes, inclusion, leaf_hash

LEAVES, ENTRIES = 200_000, 20_000
NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)


def measures() -> Iterator[Measure]:
    """The pure tree, then the same on a database."""
    yield from _tree()
    yield from _database()


def _tree() -> Iterator[Measure]:
    texts = [_text(number) for number in range(LEAVES)]
    spent, _ = best(lambda: _grown(texts), rounds=5)
    facts = {"leaves": LEAVES, "bytes": len(texts[0])}
    yield Measure(
        "appends to the tree, leaf hash included",
        LEAVES / spent,
        "a second",
        must=200_000,
        at_most=False,
        facts=facts,
    )
    spent, _ = best(lambda: [_text(number) for number in range(10_000)], rounds=5)
    yield Measure("canonical bytes of entries", 10_000 / spent, "a second")
    nodes: dict[tuple[int, int], bytes] = {}
    growing = Frontier()
    for number, text in enumerate(texts):
        for level, node in enumerate(growing.append(leaf_hash(text))):
            nodes[level, number >> level] = node
    root, leaf = growing.root(), nodes[0, 123_456]
    read = lambda level, index: nodes[level, index]  # noqa: E731
    path = inclusion(read, 123_456, LEAVES)
    spent, _ = best(lambda: includes(root, LEAVES, leaf, 123_456, path), rounds=5, repeats=1000)
    yield Measure(f"checking a proof of {len(path)} steps", spent * 1e6, "µs CPU")
    first = Frontier()
    for text in texts[:150_000]:
        first.append(leaf_hash(text))
    old, more = first.root(), consistency(read, 150_000, LEAVES)
    spent, _ = best(lambda: extends(150_000, old, LEAVES, root, more), rounds=5, repeats=1000)
    yield Measure(f"checking an extension of {len(more)} steps", spent * 1e6, "µs CPU")


def _database() -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"MARRA_DATA": folder, "DJANGO_SETTINGS_MODULE": "marra.settings"}
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connection

        from marra.journal.actions import seal
        from marra.journal.models import Entry
        from marra.journal.queries import keys
        from marra.journal.queries.checking import check

        call_command("migrate", verbosity=0)
        Entry.objects.bulk_create(
            Entry(at=NOON, by="account-1", deed="plan.kept", thing=f"plan-{n}", facts={"n": n})
            for n in range(ENTRIES)
        )
        began = process_time()
        sealed = seal(NOON)
        spent = process_time() - began
        facts = {"database": connection.vendor, "entries": sealed}
        yield Measure("entries sealed in a database", sealed / spent, "a second", facts=facts)
        began = process_time()
        report = check(keys.signing_key().public_key())
        spent = process_time() - began
        facts = {"faults": report.count, "data": str(settings.DATA) == folder}
        yield Measure("entries checked in a database", sealed / spent, "a second", facts=facts)
        connection.close()


def _grown(texts: list[bytes]) -> bytes:
    growing = Frontier()
    for text in texts:
        growing.append(leaf_hash(text))
    return growing.root()


def _text(number: int) -> bytes:
    facts = {"state": "submitted", "number": number}
    return canonical(
        at=NOON, by="account-1", deed="assignment.submitted", thing=f"a-{number}", facts=facts
    )
