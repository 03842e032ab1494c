"""A Merkle tree over entries: one hash that stands for all of them, and short proofs.

A head is the hash of a tree. Whoever kept one can later be shown that an entry is under it (a path
of some twenty hashes for a million entries), and that a newer head only adds to it. Nothing here
recurses; a tree grows by its frontier alone, the roots of its complete subtrees.

A node is named by its level (leaves are 0) and its index on that level, and stands for the leaves
from `index << level` on, `1 << level` of them, all of which exist.

Source: RFC 9162, 2.1.1 (tree), 2.1.3 (inclusion), 2.1.4 (consistency).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

Nodes = Callable[[int, int], bytes]
"""The hash of a complete subtree, by level and index."""

EMPTY: Final = sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf: told apart from that of a node by its first byte.

    >>> leaf_hash(b"").hex()[:16]
    '6e340b9cffb37a98'
    """
    return sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours.

    >>> node_hash(leaf_hash(b""), leaf_hash(b"\\0")).hex()[:16]
    'fac54203e7cc696c'
    """
    return sha256(b"\1" + left + right).digest()


@dataclass(slots=True)
class Frontier:
    """A growing tree: its size, and the roots of its complete subtrees, the largest first."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> list[bytes]:
        """Every complete subtree that ends with this leaf, itself first, its root last."""
        done, size = [leaf], self.size
        while size & 1:
            leaf = node_hash(self.peaks.pop(), leaf)
            done.append(leaf)
            size >>= 1
        self.peaks.append(leaf)
        self.size += 1
        return done

    def root(self) -> bytes:
        """The root of the tree as it is."""
        return folded(self.peaks)


def folded(peaks: Sequence[bytes]) -> bytes:
    """The root above complete subtrees, the largest first.

    >>> folded([]) == EMPTY
    True
    """
    if not peaks:
        return EMPTY
    *others, root = peaks
    for peak in reversed(others):
        root = node_hash(peak, root)
    return root


def peaks(size: int, start: int = 0) -> Iterator[tuple[int, int]]:
    """Level and index of the complete subtrees that `size` leaves from `start` on fall into.

    >>> list(peaks(7)), list(peaks(3, start=8))
    ([(2, 0), (1, 2), (0, 6)], [(1, 4), (0, 10)])
    """
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            yield level, start >> level
            start += 1 << level


def span(nodes: Nodes, start: int, end: int) -> bytes:
    """The root over the leaves from `start` up to `end`, as a larger tree has them."""
    return folded([nodes(level, index) for level, index in peaks(end - start, start)])


def inclusion(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """The proof that a leaf is in a tree of that size, from the leaf upwards."""
    if not 0 <= index < size:
        raise IndexError(f"A tree of {size} leaves has no leaf {index}.")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _left(end - start)
        if index < middle:
            path.append(span(nodes, middle, end))
            end = middle
        else:
            path.append(span(nodes, start, middle))
            start = middle
    return path[::-1]


def consistency(nodes: Nodes, first: int, second: int) -> list[bytes]:
    """The proof that a tree of `second` leaves begins with the tree of `first` leaves."""
    if not 0 <= first <= second:
        raise IndexError(f"A tree of {second} leaves does not begin with one of {first}.")
    start, end, path = 0, second if first else 0, []
    while end != first:
        middle = start + _left(end - start)
        if first <= middle:
            path.append(span(nodes, middle, end))
            end = middle
        else:
            path.append(span(nodes, start, middle))
            start = middle
    if start:
        path.append(span(nodes, start, end))
    return path[::-1]


def includes(root: bytes, size: int, leaf: bytes, index: int, path: Sequence[bytes]) -> bool:
    """Whether a proof of inclusion leads from the leaf to the root.

    >>> includes(leaf_hash(b"a"), 1, leaf_hash(b"a"), 0, [])
    True
    """
    if not 0 <= index < size:
        return False
    here, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = node_hash(step, found)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            found = node_hash(found, step)
        here, last = here >> 1, last >> 1
    return last == 0 and found == root


def extends(
    first: int, first_root: bytes, second: int, second_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether a proof of consistency shows that the second tree only adds to the first.

    >>> extends(0, EMPTY, 1, leaf_hash(b"a"), [])
    True
    """
    if first == 0 or first == second:
        same = first_root == (second_root if first else EMPTY)
        return not path and same and 0 <= first <= second
    if first > second or not path:
        return False
    steps = [first_root, *path] if first & (first - 1) == 0 else list(path)
    here, last = first - 1, second - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            after = node_hash(after, step)
        here, last = here >> 1, last >> 1
    return last == 0 and (before, after) == (first_root, second_root)


def _left(size: int) -> int:
    """The leaves of the left subtree: the largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1
