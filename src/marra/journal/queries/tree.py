"""The tree as it is kept: what is sealed, what waits, and proofs from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Exists, Max, OuterRef

from marra.journal.models import Entry, Head, Leaf
from marra.journal.queries.entries import visible_to
from marra.journal.rules.canonical import canonical
from marra.journal.rules.tree import Frontier, Nodes, consistency, inclusion, peaks
from marra.kit.errors import Conflict, NotFound
from marra.kit.text import gettext_noop

if TYPE_CHECKING:
    from datetime import datetime

    from marra.people.rules.rights import Stamp

HASH: Final = 32
T = TypeVar("T")


class NotSealed(NotFound):
    """No entry of that number, or none this person may read."""

    sentence = gettext_noop(
        "There is no sealed entry number {position} that you may read. "
        "An entry gets its number within a minute of being written."
    )


class NothingSealed(Conflict):
    """There is no head yet."""

    sentence = gettext_noop(
        "The journal has not been sealed yet. It is sealed once a minute while “marra work” runs."
    )


class NoSuchSize(NotFound):
    """The tree never had, or does not have yet, that many entries."""

    sentence = gettext_noop("The journal has {size} sealed entries. Ask within that.")


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry, and the hashes that lead from it to a signed head."""

    position: int
    size: int
    text: bytes
    path: tuple[bytes, ...]
    note: str


class Marks(NamedTuple):
    """Where the database stands: the last id given out, and which transactions still run."""

    ahead: int
    begins: int  # transactions from here on begin later than this moment
    oldest: int  # the oldest that still runs


def latest() -> Head | None:
    """The newest signed head."""
    return Head.objects.first()


def latest_or_refuse() -> Head:
    """The newest signed head; refuses with `NothingSealed`."""
    found = latest()
    if found is None:
        raise NothingSealed
    return found


def waiting(most: int, settled: int) -> list[Entry]:
    """Entries that are not sealed, the oldest first; those up to `settled` are none of ours."""
    sealed = Leaf.objects.filter(entry=OuterRef("id"))
    entries = Entry.objects.filter(~Exists(sealed), id__gt=settled)
    return list(entries.order_by("id")[:most])


def text(entry: Entry) -> bytes:
    """The bytes that are hashed for an entry."""
    return canonical(
        at=entry.at, by=entry.by, deed=entry.deed, thing=entry.thing, facts=entry.facts
    )


def frontier() -> Frontier:
    """The tree as it is kept, ready to grow."""
    last = Leaf.objects.aggregate(last=Max("position"))["last"]
    size = 0 if last is None else last + 1
    return Frontier(size, _from_the_table(lambda nodes: [nodes(*each) for each in peaks(size)]))


def numbers(entries: Sequence[Entry]) -> dict[int, int]:
    """The numbers of sealed entries, by their ids."""
    ids = [entry.pk for entry in entries]
    return dict(Leaf.objects.filter(entry__in=ids).values_list("entry", "position"))


def since(position: int, most: int) -> tuple[list[tuple[int, Entry]], int]:
    """Sealed entries from a number on, each with its number, and the number to go on from.

    Whatever follows the journal reads it so: an entry that shows late gets a later number.
    """
    leaves = Leaf.objects.filter(position__gte=position).order_by("position")
    numbers = dict(leaves.values_list("entry", "position")[:most])
    found = Entry.objects.in_bulk(list(numbers))
    onward = max(numbers.values(), default=position - 1) + 1
    return [(number, found[key]) for key, number in numbers.items() if key in found], onward


def prove(stamp: "Stamp", position: int) -> tuple[Entry, Proof]:
    """An entry that this person may read, and that it is under the newest head."""
    head = latest_or_refuse()
    leaf = Leaf.objects.filter(position=position, position__lt=head.size).first()
    entry = visible_to(stamp).filter(id=leaf.entry).first() if leaf else None
    if entry is None:
        raise NotSealed(position=position)
    path = _from_the_table(lambda nodes: inclusion(nodes, position, head.size))
    return entry, Proof(position, head.size, text(entry), tuple(path), head.note)


def extension(first: int, second: int) -> list[bytes]:
    """The proof that the tree of `second` entries only adds to that of `first`."""
    size = latest_or_refuse().size
    if not 0 <= first <= second <= size:
        raise NoSuchSize(size=size)
    return _from_the_table(lambda nodes: consistency(nodes, first, second))


def marks() -> Marks:
    """Where the database stands now. SQLite writes one by one, so nothing there is under way."""
    if connection.vendor != "postgresql":
        return Marks(0, 0, 0)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM journal_entry_id_seq"
        )
        (ahead,) = cursor.fetchone()
        cursor.execute(
            "SELECT pg_snapshot_xmax(now)::text, pg_snapshot_xmin(now)::text"
            " FROM pg_current_snapshot() AS now"
        )
        begins, oldest = cursor.fetchone()
    return Marks(ahead, int(begins), int(oldest))


def settled_before() -> int:
    """Up to which id the newest head says that no entry will come any more."""
    head = latest()
    return head.settled if head else 0


def settled(found: Marks, before: "datetime") -> int:
    """Up to which id no entry will come any more, by what heads made before that time noted.

    An id is taken from a sequence and shows only when its transaction ends, so a smaller one may
    show later. But once every transaction has ended that ran when a head noted the last id, what
    has not shown up to that id was rolled back, and whatever shows there later was slipped in.
    """
    heads = Head.objects.filter(horizon__lte=found.oldest, at__lte=before)
    return max(settled_before(), heads.aggregate(ahead=Max("ahead"))["ahead"] or 0)


def _from_the_table(work: Callable[[Nodes], T]) -> T:
    """What comes of some work on the tree, its nodes read in one query."""
    asked: set[tuple[int, int]] = set()

    def noting(level: int, index: int) -> bytes:
        asked.add((level, index))
        return b""

    work(noting)
    places = {_row(level, index) for level, index in asked}
    rows = dict(Leaf.objects.filter(position__in=places).values_list("position", "nodes"))

    def reading(level: int, index: int) -> bytes:
        nodes = bytes(rows[_row(level, index)])
        return nodes[level * HASH : (level + 1) * HASH]

    return work(reading)


def _row(level: int, index: int) -> int:
    """The leaf that a complete subtree ends with."""
    return ((index + 1) << level) - 1
