"""References: what a portfolio names is there, and what it asks for can be met.

Source: ours; a circle is found by taking away, again and again, what needs nothing that is left.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from marra.index.plan.portfolio import Initiative, Portfolio
from marra.index.plan.spots import Found, Spot
from marra.kit.errors import Invalid, Refusal
from marra.kit.text import gettext_noop

ALIKE: Final = 0.85
"""How alike two names are that were meant to be one, by difflib's ratio."""


class CodeTwice(Invalid):
    """Two things bear one code."""

    sentence = gettext_noop("The code “{code}” stands twice. Give each its own.")


class NeedsItself(Invalid):
    """An initiative needs or excludes itself."""

    sentence = gettext_noop("{code} names itself. Remove it from what it needs or excludes.")


class NoSuchInitiative(Invalid):
    """An initiative needs or excludes one that is not there."""

    sentence = gettext_noop(
        "{code}: there is no initiative “{named}”. The nearest codes are: {near}."
    )


class CircleOfNeeds(Invalid):
    """Each waits for the other."""

    sentence = gettext_noop(
        "These initiatives wait for each other in a circle: {circle}. Remove one of the needs."
    )


class NeverTogether(Invalid):
    """What one needs, it excludes."""

    sentence = gettext_noop(
        "{code} needs {other}, and the two exclude each other, so it could never be done. "
        "Remove the one or the other."
    )


class NeverInTime(Invalid):
    """It must start before what it needs has ended."""

    sentence = gettext_noop(
        "{code} may start in {last} at the latest, but {need}, which it needs, ends after {end} "
        "at the earliest. Add a later start, or an earlier one there."
    )


class AlmostTheSame(Invalid):
    """A name that was probably meant to be one of the others."""

    sentence = gettext_noop(
        "{code}: “{named}” is written almost like “{near}”, which has limits, and would itself "
        "have none. Write both alike, or name it quite differently."
    )


def faults(portfolio: Portfolio, also: frozenset[str] = frozenset()) -> Iterator[Found]:
    """Every name without a thing, every circle, and everything that can never be met."""
    initiatives = portfolio.initiatives
    yield from _twice("initiatives", (each.code for each in initiatives))
    yield from _twice("names", (each.code for each in portfolio.names))
    known = {each.code for each in initiatives} | also
    for row, each in enumerate(initiatives):
        for column, named in (("needs", each.needs), ("excludes", each.excludes)):
            for refusal in _unknown(each.code, named, known):
                yield Spot("initiatives", row, column), refusal
    yield from _circles(initiatives)
    yield from _apart(initiatives)
    yield from _almost(portfolio)


def _twice(table: str, codes: Iterable[str]) -> Iterator[Found]:
    seen: Counter[str] = Counter()
    for row, code in enumerate(codes):
        if seen[code]:
            yield Spot(table, row, "code"), CodeTwice(code=code)
        seen[code] += 1


def _unknown(code: str, named: Iterable[str], known: set[str]) -> Iterator[Refusal]:
    for each in named:
        if each == code:
            yield NeedsItself(code=code)
        elif each not in known:
            near = get_close_matches(each, sorted(known - {code}), n=3, cutoff=0.5)
            yield NoSuchInitiative(code=code, named=each, near=", ".join(near) or "–")


def needed(initiatives: Iterable[Initiative]) -> dict[str, frozenset[str]]:
    """What each needs, at any remove; those in a circle, and those that wait for it, are left out.

    >>> chain = [Initiative(c, c, (), (), (2026,), 1, 0, 1.0, tuple(n)) for c, n in
    ...          (("c", "b"), ("b", "a"), ("a", ""))]
    >>> sorted(needed(chain)["c"])
    ['a', 'b']
    """
    left = {each.code: each for each in initiatives}
    waits = {code: {need for need in each.needs if need in left} for code, each in left.items()}
    after: dict[str, list[str]] = defaultdict(list)
    for code, needs in waits.items():
        for need in needs:
            after[need].append(code)
    ready = deque(code for code, needs in waits.items() if not needs)
    done: dict[str, frozenset[str]] = {}
    while ready:
        code = ready.popleft()
        first = [need for need in left[code].needs if need in done]
        done[code] = frozenset(first).union(*(done[need] for need in first))
        for following in after[code]:
            waits[following].discard(code)
            if not waits[following]:
                ready.append(following)
    return done


def _rows(initiatives: Iterable[Initiative]) -> dict[str, int]:
    return {each.code: row for row, each in enumerate(initiatives)}


def _circles(initiatives: tuple[Initiative, ...]) -> Iterator[Found]:
    rows, free = _rows(initiatives), needed(initiatives)
    stuck = {
        each.code: [need for need in each.needs if need != each.code]
        for each in initiatives
        if each.code not in free
    }
    while circle := _circle(stuck):
        told = " → ".join((*circle, circle[0]))
        yield Spot("initiatives", rows[circle[0]], "needs"), CircleOfNeeds(circle=told)
        for code in circle:
            del stuck[code]


def _circle(stuck: Mapping[str, list[str]]) -> list[str]:
    """One circle among those that wait, or none."""
    for first in stuck:
        way = [first]
        while following := [need for need in stuck[way[-1]] if need in stuck]:
            if following[0] in way:
                return way[way.index(following[0]) :]
            way.append(following[0])
    return []


def _apart(initiatives: tuple[Initiative, ...]) -> Iterator[Found]:
    rows, found = _rows(initiatives), {each.code: each for each in initiatives}
    all_needed = needed(initiatives)
    apart: dict[str, set[str]] = defaultdict(set)
    for each in initiatives:
        for other in each.excludes:
            apart[each.code].add(other)
            apart[other].add(each.code)
    ends: dict[str, int] = {}
    for code, needs in all_needed.items():
        each, row = found[code], rows[code]
        for other in sorted(needs & apart[code]):
            refusal: Refusal = NeverTogether(code=code, other=other)
            yield Spot("initiatives", row, "excludes"), refusal
        waits = {need: ends[need] for need in each.needs if need in ends}
        free = max(waits.values(), default=0)
        starts = [start for start in each.starts if start >= free]
        if starts:
            ends[code] = min(starts) + each.duration
        elif each.starts:
            late = max(waits, key=lambda need: waits[need])
            refusal = NeverInTime(code=code, last=max(each.starts), need=late, end=free - 1)
            yield Spot("initiatives", row, "starts"), refusal


def _almost(portfolio: Portfolio) -> Iterator[Found]:
    sources = {each.source for each in portfolio.budgets}
    groups = {each.group for each in portfolio.capacities}
    for row, each in enumerate(portfolio.initiatives):
        for column, named, limited in (
            ("source", each.source, sources),
            ("group", each.group, groups),
        ):
            if not named or named in limited:
                continue
            same = {n.casefold(): n for n in sorted(limited) if _digits(n) == _digits(named)}
            if near := get_close_matches(named.casefold(), same, n=1, cutoff=ALIKE):
                refusal = AlmostTheSame(code=each.code, named=named, near=same[near[0]])
                yield Spot("initiatives", row, column), refusal


def _digits(name: str) -> str:
    """What tells groups apart whose names are otherwise alike."""
    return "".join(filter(str.isdigit, name))
