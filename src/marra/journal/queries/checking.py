"""Whether the journal is what was sealed: everything worked out anew, from the first entry on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.models import Exists, Max, OuterRef

from marra.journal.models import Entry, Head, Leaf
from marra.journal.queries.tree import HASH, text
from marra.journal.rules.heads import Head as Told
from marra.journal.rules.heads import HeadForged, HeadUnreadable, opened
from marra.journal.rules.tree import EMPTY, Frontier, leaf_hash
from marra.kit.text import gettext_noop

CHUNK: Final = 2_000
MOST: Final = 20

ALTERED = gettext_noop("Entry {position} was altered: now it says {deed} {thing}.")
REMOVED = gettext_noop("Entry {position} was removed.")
INSERTED = gettext_noop(
    "An entry was slipped in that was never sealed, among those before entry {position}: "
    "{deed} {thing}."
)
TRACE = gettext_noop("The trace of entry {position} was altered or removed.")
FORGED = gettext_noop("The head of {size} entries was altered or signed by another key.")
OTHERWISE = gettext_noop(
    "The root of {size} entries is not the one that was signed: "
    "one of the entries from {first} to {last} was changed together with its trace."
)
HEADLESS = gettext_noop("The head over the entries from {first} to {last} was removed.")
CUT_OFF = gettext_noop("The journal once had {size} sealed entries, and now has {now}.")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was sealed."""

    kind: str
    sentence: str
    facts: dict[str, object]


@dataclass(slots=True)
class Report:
    """What a check of the whole journal found, faults in the order of entries."""

    sealed: int = 0
    waiting: int = 0
    heads: int = 0
    root: bytes = b""
    count: int = 0
    faults: list[Fault] = field(default_factory=list)

    def add(self, sentence: str, kind: str, **facts: object) -> None:
        """Note a fault; the first twenty are kept, all are counted."""
        self.count += 1
        if len(self.faults) < MOST:
            self.faults.append(Fault(kind, sentence, facts))


def check(key: Ed25519PublicKey, kept: Told | None = None) -> Report:
    """Work the tree out anew from the entries, and hold it against every signed head.

    `kept` is a head that somebody kept elsewhere; it finds out what was cut off at the end too.
    """
    report, growing = Report(), Frontier()
    last = Leaf.objects.aggregate(last=Max("position"))["last"]
    traces = 0 if last is None else last + 1  # before the heads: see below
    heads = _heads(key, kept, report)
    newest, told = max(heads, default=0), 0
    for leaf, entry in _rows(min(newest, traces)):
        _grow(growing, leaf, entry, report)
        if head := heads.get(growing.size):
            if head.root != growing.root():
                report.add(OTHERWISE, "root", size=head.size, first=told, last=head.size - 1)
            told = growing.size
    report.sealed, report.root = growing.size, growing.root()
    if growing.size < newest:
        report.add(CUT_OFF, "cut-off", size=newest, now=growing.size)
    if traces > newest:  # a head comes in one transaction with its traces
        report.add(HEADLESS, "head", first=newest, last=traces - 1)
    _unsealed(max((head.settled for head in heads.values()), default=0), report)
    return report


def _heads(key: Ed25519PublicKey, kept: Told | None, report: Report) -> dict[int, Told]:
    """Every head that the key has signed, by its size; the others are told."""
    found = {}
    for row in Head.objects.order_by("size").iterator():
        report.heads += 1
        try:
            told = opened(row.note, key)
        except (HeadForged, HeadUnreadable):
            report.add(FORGED, "head", size=row.size)
            continue
        if (told.size, told.root, told.settled) != (row.size, bytes(row.root), row.settled):
            report.add(FORGED, "head", size=row.size)
        found[told.size] = told
    if kept:
        found[kept.size] = kept
    return found


def _rows(size: int) -> Iterator[tuple[Leaf, Entry | None]]:
    """Each trace with its entry, both read in the order of the tree."""
    for start in range(0, size, CHUNK):
        places = range(start, min(start + CHUNK, size))
        leaves = Leaf.objects.in_bulk(places)
        entries = Entry.objects.in_bulk([leaf.entry for leaf in leaves.values()])
        for place in places:
            leaf = leaves.get(place) or Leaf(position=place, entry=0, nodes=b"")
            yield leaf, entries.get(leaf.entry)


def _grow(growing: Frontier, leaf: Leaf, entry: Entry | None, report: Report) -> None:
    """Take a trace into the tree, and tell if it or its entry is not what it was."""
    kept = bytes(leaf.nodes)
    sealed = kept[:HASH] or EMPTY  # the row of the trace is gone: something must stand there
    if kept and entry is None:
        report.add(REMOVED, "removed", position=leaf.position)
    elif kept and entry and leaf_hash(text(entry)) != sealed:
        facts = {"deed": entry.deed, "thing": entry.thing}
        report.add(ALTERED, "altered", position=leaf.position, **facts)
    if b"".join(growing.append(sealed)) != kept:
        report.add(TRACE, "trace", position=leaf.position)
        growing.peaks[-1] = kept[-HASH:] or EMPTY  # go on from what is kept: one fault, told once


def _unsealed(settled: int, report: Report) -> None:
    """Tell entries without a trace that no transaction can have written since the last head."""
    without = Entry.objects.filter(~Exists(Leaf.objects.filter(entry=OuterRef("id"))))
    report.waiting = without.filter(id__gt=settled).count()
    for entry in without.filter(id__lte=settled).order_by("id").iterator():
        after = Leaf.objects.filter(entry__gt=entry.pk).order_by("entry").first()
        report.add(
            INSERTED,
            "inserted",
            position=after.position if after else report.sealed,
            deed=entry.deed,
            thing=entry.thing,
        )
