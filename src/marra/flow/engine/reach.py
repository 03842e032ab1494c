"""Reach: from which nodes a token can still come to a flow.

Source: OMG, Business Process Model and Notation 2.0.2, table 13.3 (inclusive gateway).
"""

from collections.abc import Iterable, Mapping, Sequence


def upstream(
    gateway: int, flows: Iterable[int], sources: Mapping[int, int],
    before: Mapping[int, Sequence[int]],
) -> tuple[int, ...]:  # fmt: skip
    """For each flow into a gateway, the nodes that lead to it past the gateway, as bits.

    >>> upstream(3, [7, 8], {7: 1, 8: 2}, {1: [0], 2: [0], 0: [3]})
    (3, 5)
    """
    return tuple(_bits(sources[flow], gateway, before) for flow in flows)


def _bits(node: int, barred: int, before: Mapping[int, Sequence[int]]) -> int:
    seen, rest = 0, [node]
    while rest:
        one = rest.pop()
        if one != barred and not seen >> one & 1:
            seen |= 1 << one
            rest.extend(before.get(one, ()))
    return seen
