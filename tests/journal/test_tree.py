"""The tree is that of RFC 9162, and its proofs prove what they say and nothing else."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.journal.rules.tree import (
    EMPTY,
    Frontier,
    consistency,
    extends,
    includes,
    inclusion,
    leaf_hash,
    node_hash,
    span,
)

SIZES = st.integers(min_value=1, max_value=200)


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(size)]


def by_definition(hashes: list[bytes]) -> bytes:
    """The root as the RFC defines it, by recursion."""
    if not hashes:
        return EMPTY
    if len(hashes) == 1:
        return hashes[0]
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    return node_hash(by_definition(hashes[:half]), by_definition(hashes[half:]))


def path_by_definition(m: int, hashes: list[bytes]) -> list[bytes]:
    if len(hashes) == 1:
        return []
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    left, right = hashes[:half], hashes[half:]
    if m < half:
        return [*path_by_definition(m, left), by_definition(right)]
    return [*path_by_definition(m - half, right), by_definition(left)]


def proof_by_definition(m: int, hashes: list[bytes], *, whole: bool) -> list[bytes]:
    if m == len(hashes):
        return [] if whole else [by_definition(hashes)]
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    left, right = hashes[:half], hashes[half:]
    if m <= half:
        return [*proof_by_definition(m, left, whole=whole), by_definition(right)]
    return [*proof_by_definition(m - half, right, whole=False), by_definition(left)]


def grown(size: int) -> tuple[Frontier, dict[tuple[int, int], bytes]]:
    """A tree of that size, and its complete subtrees by level and index."""
    frontier, nodes = Frontier(), {}
    for number, leaf in enumerate(leaves(size)):
        for level, node in enumerate(frontier.append(leaf)):
            nodes[level, number >> level] = node
    return frontier, nodes


def lookup(nodes):
    return lambda level, index: nodes[level, index]


def root_of(size: int) -> bytes:
    return by_definition(leaves(size))


@given(st.integers(min_value=0, max_value=200))
def test_a_tree_that_grew_has_the_root_of_the_definition(size):
    frontier, nodes = grown(size)

    assert frontier.root() == root_of(size) == span(lookup(nodes), 0, size)


def test_the_published_vectors_come_out():
    folder = os.environ.get("MARRA_REFERENCE_DATA")
    if folder is None:
        pytest.skip("MARRA_REFERENCE_DATA is not set: published vectors were not compared")
    path = Path(folder) / "connectivity" / "benchmarks" / "rfc6962_merkle_vectors.json"
    vectors = json.loads(path.read_text("utf-8"))
    frontier, roots = Frontier(), []

    assert frontier.root().hex() == vectors["empty_root"]
    for leaf in vectors["leaves_hex"]:
        frontier.append(leaf_hash(bytes.fromhex(leaf)))
        roots.append(frontier.root().hex())

    assert roots == vectors["root_after_n_leaves"]


@given(SIZES, st.data())
def test_a_proof_of_inclusion_is_that_of_the_definition_and_proves(size, data):
    index = data.draw(st.integers(min_value=0, max_value=size - 1))
    _, nodes = grown(size)

    path = inclusion(lookup(nodes), index, size)

    assert path == path_by_definition(index, leaves(size))
    assert includes(root_of(size), size, leaves(size)[index], index, path)


@given(SIZES, st.data())
def test_a_proof_of_inclusion_proves_nothing_else(size, data):
    index = data.draw(st.integers(min_value=0, max_value=size - 1))
    other = data.draw(st.integers(min_value=0, max_value=size + 3).filter(lambda n: n != index))
    _, nodes = grown(size)
    path, root, leaf = inclusion(lookup(nodes), index, size), root_of(size), leaves(size)[index]

    assert not includes(root, size, leaf_hash(b"forged"), index, path)
    assert not includes(root, size, leaf, other, path)
    assert not includes(root_of(size + 1), size, leaf, index, path)
    assert not includes(root, size, leaf, index, [*path, EMPTY])
    if path:
        bent = data.draw(st.integers(min_value=0, max_value=len(path) - 1))
        assert not includes(root, size, leaf, index, path[:-1])
        assert not includes(root, size, leaf, index, [*path[:bent], EMPTY, *path[bent + 1 :]])


@given(SIZES, st.data())
def test_a_proof_of_consistency_is_that_of_the_definition_and_proves(second, data):
    first = data.draw(st.integers(min_value=1, max_value=second))
    _, nodes = grown(second)

    path = consistency(lookup(nodes), first, second)

    assert path == proof_by_definition(first, leaves(second), whole=True)
    assert extends(first, root_of(first), second, root_of(second), path)


@given(SIZES, st.data())
def test_a_proof_of_consistency_proves_nothing_else(second, data):
    first = data.draw(st.integers(min_value=1, max_value=second))
    _, nodes = grown(second)
    path = consistency(lookup(nodes), first, second)
    before, after = root_of(first), root_of(second)

    assert not extends(first, EMPTY, second, after, path)
    assert not extends(first, before, second, EMPTY, path)
    assert not extends(first, before, second, after, [*path, EMPTY])
    assert not extends(second + 1, before, second, after, path)
    if path:
        bent = data.draw(st.integers(min_value=0, max_value=len(path) - 1))
        assert not extends(first, before, second, after, path[:-1])
        changed = [*path[:bent], leaf_hash(b"forged"), *path[bent + 1 :]]
        assert not extends(first, before, second, after, changed)


def test_every_tree_extends_the_empty_one():
    _, nodes = grown(5)

    assert consistency(lookup(nodes), 0, 5) == []
    assert extends(0, EMPTY, 5, root_of(5), [])
    assert not extends(0, root_of(1), 5, root_of(5), [])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_for_a_leaf_outside_the_tree(index, size):
    _, nodes = grown(3)

    with pytest.raises(IndexError):
        inclusion(lookup(nodes), index, size)
    assert not includes(root_of(3), size, leaves(3)[0], index, [])


@pytest.mark.parametrize(("first", "second"), [(4, 3), (-1, 3)])
def test_there_is_no_proof_that_a_tree_begins_with_a_larger_one(first, second):
    _, nodes = grown(3)

    with pytest.raises(IndexError):
        consistency(lookup(nodes), first, second)


def test_a_proof_among_a_million_entries_has_twenty_steps():
    named = []

    def nodes(level: int, index: int) -> bytes:
        named.append((level, index))
        return leaf_hash(f"{level}/{index}".encode())

    assert len(inclusion(nodes, 123_456, 1_000_000)) == 20
    assert len(named) < 40
