"""Entries are sealed after the commit, and whatever is changed afterwards is found and named."""

from contextlib import contextmanager, suppress
from datetime import timedelta
from time import sleep

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError

from marra.journal import actions
from marra.journal.models import Entry, Head, Leaf
from marra.journal.queries import keys, tree
from marra.journal.queries.checking import check
from marra.journal.rules.heads import Head as Told
from marra.journal.rules.heads import opened, read_key, signed
from marra.journal.rules.tree import Frontier, extends, includes, leaf_hash
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(tmp_path, settings):
    settings.DATA = tmp_path


def write(stamp, *things: str) -> None:
    for thing in things:
        actions.record(stamp, "plan.drafted", thing, odds=0.8, edition=2030)


def seal(minutes: int = 0) -> Head:
    others_end()
    actions.seal(NOON + timedelta(minutes=minutes))
    return tree.latest()


def others_end() -> None:
    """Wait for the transactions that run now, in other tests beside this database too.

    Transactions are numbered by the whole server, so those would hold the horizon back.
    """
    if connection.in_atomic_block:  # the test itself runs
        return
    begins, tries = tree.marks().begins, 0
    while tree.marks().oldest < begins and tries < 600:
        sleep(0.1)
        tries += 1


def faults() -> list[str]:
    return [fault.kind for fault in checked().faults]


def checked(kept: Told | None = None):
    return check(keys.signing_key().public_key(), kept)


@contextmanager
def without_guards():
    """As somebody does who has the database in their hands."""
    tables = ("journal_entry", "journal_leaf", "journal_head")
    with connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_UPDATE")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_DELETE")
    yield


@pytest.fixture
def sealed(as_analyst):
    """Three heads: after five entries more than came along, after three more, after one more."""
    write(as_analyst, *(f"plan-{number}" for number in range(5)))
    seal()
    write(as_analyst, "plan-5", "plan-6", "plan-7")
    seal(5)
    write(as_analyst, "plan-8")
    seal(10)


def position_of(thing: str) -> int:
    return Leaf.objects.get(entry=Entry.objects.get(thing=thing).pk).position


# ── Sealing ──────────────────────────────────────────────────────────────────────────────────


def test_sealing_takes_in_what_was_written_and_nothing_twice(as_analyst):
    before = Entry.objects.count()
    write(as_analyst, "plan-1", "plan-2")

    assert actions.seal(NOON) == before + 2
    assert actions.seal(NOON) == 0
    write(as_analyst, "plan-3")
    assert actions.seal(NOON) == 1
    assert [head.size for head in Head.objects.all()] == [before + 3, before + 2]


def test_a_sealed_journal_is_found_whole(sealed, as_analyst):
    write(as_analyst, "plan-9")

    report = checked()

    assert (report.faults, report.waiting, report.heads) == ([], 1, 3)
    assert report.root == bytes(tree.latest().root)
    assert report.sealed == tree.latest().size == Entry.objects.count() - 1


def test_an_empty_journal_is_whole_and_has_no_head():
    with without_guards():
        Entry.objects.all().delete()

    assert actions.seal(NOON) == 0
    assert (checked().faults, checked().sealed) == ([], 0)
    with pytest.raises(tree.NothingSealed):
        tree.extension(0, 0)


def test_many_entries_are_sealed_in_parts(as_analyst, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 3)
    write(as_analyst, *(f"plan-{number}" for number in range(7)))

    actions.seal(NOON)

    assert Head.objects.count() == -(-Entry.objects.count() // 3)
    assert faults() == []


def test_the_head_is_signed_and_says_what_the_tree_is(sealed):
    head = tree.latest()

    told = opened(head.note, read_key(keys.public_key()))

    assert (told.size, told.root, told.at) == (head.size, bytes(head.root), head.at)


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path):
    first = keys.public_key()

    assert keys.public_key() == first
    assert (tmp_path / "journal-key").stat().st_mode & 0o777 == 0o600


def test_the_database_refuses_to_change_a_seal(sealed):
    for change in (
        lambda: Head.objects.update(note=""),
        lambda: Leaf.objects.update(nodes=b""),
    ):
        with pytest.raises(DatabaseError, match="stays as it was written"), transaction.atomic():
            change()


def test_an_entry_is_proved_by_a_short_path(sealed, as_administrator):
    entry, proof = tree.prove(as_administrator, position_of("plan-3"))

    root = opened(proof.note, read_key(keys.public_key())).root
    assert entry.thing == "plan-3"
    assert includes(root, proof.size, leaf_hash(proof.text), proof.position, proof.path)


def test_nobody_gets_the_proof_of_an_entry_they_may_not_read(sealed, as_visitor, as_analyst):
    with pytest.raises(tree.NotSealed):
        tree.prove(as_visitor, position_of("plan-3"))
    with pytest.raises(tree.NotSealed):
        tree.prove(as_analyst, tree.latest().size)

    assert tree.prove(as_analyst, position_of("plan-3"))


def test_every_head_extends_those_before_it(sealed):
    heads = list(Head.objects.order_by("size"))

    for first in heads:
        for second in heads:
            if first.size <= second.size:
                path = tree.extension(first.size, second.size)
                roots = bytes(first.root), bytes(second.root)
                assert extends(first.size, roots[0], second.size, roots[1], path)
    with pytest.raises(tree.NoSuchSize):
        tree.extension(0, heads[-1].size + 1)


def test_a_proof_reads_the_table_a_constant_number_of_times(
    sealed, as_administrator, django_assert_num_queries
):
    with django_assert_num_queries(4):
        tree.prove(as_administrator, 1)


# ── Tampering ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "change",
    [
        {"thing": "plan-99"},
        {"by": "somebody-else"},
        {"deed": "plan.adopted"},
        {"at": NOON + timedelta(seconds=1)},
        {"facts": {"odds": 0.9, "edition": 2030}},
    ],
)
def test_an_altered_entry_is_named(sealed, change):
    place = position_of("plan-3")
    with without_guards():
        Entry.objects.filter(thing="plan-3").update(**change)

    (fault,) = checked().faults

    assert (fault.kind, fault.facts["position"]) == ("altered", place)


def test_a_removed_entry_is_named(sealed):
    place = position_of("plan-6")
    with without_guards():
        Entry.objects.filter(thing="plan-6").delete()

    (fault,) = checked().faults

    assert (fault.kind, fault.facts["position"]) == ("removed", place)


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_slipped_in_later_is_named_and_never_sealed(sealed, as_analyst):
    place, pk = position_of("plan-6"), Entry.objects.get(thing="plan-6").pk
    with without_guards():
        slipped(pk)
    write(as_analyst, "plan-9")
    seal(20)

    found = checked()

    assert [fault.kind for fault in found.faults] == ["inserted"]
    assert found.faults[0].facts == {
        "position": place + 1,  # that of plan-7, the next by the number in the database
        "deed": "plan.adopted",
        "thing": "plan-x",
    }


def slipped(pk: int) -> None:
    """Make room before an entry, as an id that was rolled back leaves it, and write into it."""
    Leaf.objects.filter(entry=pk).update(entry=-1)
    moved = Entry.objects.order_by("-id").first().pk + 1000
    Entry.objects.filter(pk=pk).update(id=moved)
    Leaf.objects.filter(entry=-1).update(entry=moved)
    Entry.objects.create(
        id=pk, at=NOON, by="account-1", deed="plan.adopted", thing="plan-x", facts={}
    )


@pytest.mark.parametrize("thing", ["plan-1", "plan-2", "plan-3", "plan-4"])
def test_a_trace_that_is_altered_is_named(sealed, thing):
    place = position_of(thing)
    with without_guards():
        nodes = bytes(Leaf.objects.get(position=place).nodes)
        Leaf.objects.filter(position=place).update(nodes=b"x" * 32 + nodes[32:])

    first = checked().faults[0]

    assert (first.kind, first.facts["position"]) == ("altered", place)


@pytest.mark.parametrize("thing", ["plan-1", "plan-2", "plan-3", "plan-4"])
def test_a_trace_that_is_removed_is_named(sealed, thing):
    place = position_of(thing)
    with without_guards():
        Leaf.objects.filter(position=place).delete()

    first = checked().faults[0]

    assert (first.kind, first.facts["position"]) == ("trace", place)


@pytest.mark.parametrize("level", [1, 2])
def test_a_node_above_the_leaves_that_is_altered_is_named(sealed, level):
    leaf = next(each for each in Leaf.objects.all() if len(each.nodes) > level * 32)
    nodes = bytearray(leaf.nodes)
    nodes[level * 32] ^= 1
    with without_guards():
        Leaf.objects.filter(position=leaf.position).update(nodes=bytes(nodes))

    first = checked().faults[0]

    assert (first.kind, first.facts["position"]) == ("trace", leaf.position)


def resealed(first: int) -> None:
    """Work out all traces anew from the entries, as a careful forger does."""
    growing = Frontier()
    for leaf in Leaf.objects.order_by("position"):
        done = growing.append(leaf_hash(tree.text(Entry.objects.get(pk=leaf.entry))))
        Leaf.objects.filter(position=leaf.position).update(nodes=b"".join(done))


def test_an_entry_altered_with_all_traces_is_caught_by_the_signed_heads(sealed):
    place = position_of("plan-6")
    with without_guards():
        Entry.objects.filter(thing="plan-6").update(by="somebody-else")
        resealed(place)

    first = checked().faults[0]

    assert first.kind == "root"
    assert first.facts["first"] <= place <= first.facts["last"]


def test_a_head_signed_by_another_key_is_caught(sealed):
    head = tree.latest()
    told = Told(head.size, bytes(head.root), head.at, head.settled)
    with without_guards():
        Head.objects.filter(pk=head.pk).update(note=signed(told, Ed25519PrivateKey.generate()))

    assert "head" in faults()


def test_a_removed_head_is_caught(sealed):
    with without_guards():
        tree.latest().delete()

    assert faults() == ["head"]


def test_what_is_cut_off_at_the_end_is_caught_by_a_head_that_was_kept(sealed):
    head = tree.latest()
    kept = opened(head.note, read_key(keys.public_key()))
    cut = Head.objects.order_by("size")[1]
    with without_guards():
        ids = list(Leaf.objects.filter(position__gte=cut.size).values_list("entry", flat=True))
        Head.objects.filter(size__gt=cut.size).delete()
        Leaf.objects.filter(position__gte=cut.size).delete()
        Entry.objects.filter(id__in=ids).delete()

    assert checked().faults == []
    assert [fault.kind for fault in checked(kept).faults] == ["cut-off"]


def test_history_rewritten_by_the_owner_of_the_key_is_caught_by_a_head_that_was_kept(sealed):
    kept = opened(tree.latest().note, read_key(keys.public_key()))
    with without_guards():
        Entry.objects.filter(thing="plan-6").update(by="somebody-else")
        Head.objects.all().delete()
        Leaf.objects.all().delete()
    seal(30)

    assert checked().faults == []
    assert [fault.kind for fault in checked(kept).faults] == ["root"]


# ── Writers beside the sealing ───────────────────────────────────────────────────────────────


@pytest.mark.django_db(transaction=True)
def test_gaps_that_failed_actions_leave_are_no_removals(as_analyst):
    write(as_analyst, "plan-1")
    with suppress(ZeroDivisionError), transaction.atomic():
        write(as_analyst, "plan-2")
        raise ZeroDivisionError
    write(as_analyst, "plan-3")

    seal()
    seal(10)

    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_committed_late_is_sealed_late_and_is_no_insertion(as_analyst):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one by one: nothing is committed late")
    other = connections.create_connection("default")
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_entry (at, by, deed, thing, facts)"
            " VALUES (now(), 'account-1', 'plan.drafted', 'late', '{}')"
        )
    write(as_analyst, "early")
    actions.seal(NOON)  # not waiting for the late one, which ends below
    write(as_analyst, "second")
    actions.seal(NOON + timedelta(minutes=10))  # the late one ran when the old head was made
    other.commit()
    other.close()

    write(as_analyst, "third")
    seal(20)

    assert faults() == []
    assert position_of("late") > position_of("second")
    assert position_of("early") < position_of("second")


@pytest.mark.django_db(transaction=True)
def test_what_is_slipped_into_a_gap_is_caught_once_nobody_can_be_late(as_analyst):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite leaves no gaps")
    write(as_analyst, "plan-1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('journal_entry_id_seq')")
        (gap,) = cursor.fetchone()
    write(as_analyst, "plan-2")
    seal()
    write(as_analyst, "plan-3")
    seal(10)
    Entry.objects.create(id=gap, at=NOON, by="account-1", deed="plan.adopted", thing="x")
    write(as_analyst, "plan-4")
    seal(20)

    assert faults() == ["inserted"]
