"""Program: the choice of options as a small integer program, solved by HiGHS.

Columns are the options (x, 0 or 1), what each overlap, indicator and part lets through on the
average (y), and what each limit is overstepped by (s, 0 unless it may be relaxed):

    at most one start              sum_s x[i, s] <= 1
    what excludes each other       sum_s x[i, s] + sum_s x[j, s] <= 1
    needs have ended               sum_{s <= t} x[i, s] <= sum_{s + duration_j <= t} x[j, s]
    limits                         uses @ x - s <= amount
    saturation                     y <= what feeds it, y <= its room, overlaps share one 1

Rounded solutions are checked against the limits afterwards, exactly.

Source: ours; HiGHS (Huangfu and Hall, Mathematical Programming Computation 10, 2018) by SciPy.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from marra.index.plan.case import Case
from marra.index.plan.gains import Channel, Gains, Sets
from marra.index.plan.options import Options
from marra.index.survey import Floats, Ints

SCALE: Final = 1e3
"""What a limit is scaled to, so that the solver's tolerance of 1e-6 is a billionth of it."""

Row = tuple[Floats, float]
"""Coefficients over all columns, and the least that they must come to."""


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Rows and bounds that every question shares."""

    options: Options
    matrix: Any  # (rows, columns), sparse
    low: Floats
    high: Floats
    least: Floats  # of each column
    most: Floats
    uplift: Floats  # (columns,), the mean gain of a choice
    slack: slice  # the columns of overstepped limits
    sizes: Floats  # (L,), a limit's unit of slack

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.least)

    def of_options(self, values: Floats) -> Floats:
        """A row over all columns from one value for each initiative, where it is chosen."""
        return self._padded(values[self.options.who])

    def of_seen(self, values: Floats) -> Floats:
        """The same, where it is chosen and seen."""
        return self._padded(values[self.options.who] * self.options.seen)

    def solved(
        self,
        goal: Floats,
        rows: Sequence[Row] = (),
        *,
        least: Floats | None = None,
        most: Floats | None = None,
        must: Sets | None = None,
        whole: bool = True,
        gap: float = 0.0,
        nodes: int = 2000,
    ) -> Floats | None:
        """All columns where the goal is least; None where nothing was found in so many nodes.

        `must` are initiatives that have to be chosen; without `whole`, parts of options may be.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array, vstack

        integers = np.zeros(self.columns)
        integers[: len(self.options.who)] = whole
        matrix, low, high = self.matrix, self.low.copy(), self.high
        if must is not None:  # the first rows say that each starts at most once
            low[np.flatnonzero(must)] = 1.0
        if rows:
            more = np.array([row for row, _floor in rows])
            unit = SCALE / np.maximum(np.abs(more).max(axis=1), 1e-300)
            floors = np.array([floor for _row, floor in rows])
            matrix = vstack([matrix, csr_array(more * unit[:, None])])
            low = np.append(low, floors * unit - 1e-6)
            high = np.append(high, np.full(len(rows), np.inf))
        found = milp(
            goal * (SCALE / max(np.abs(goal).max(), 1e-300)),
            integrality=integers,
            bounds=Bounds(
                self.least if least is None else least, self.most if most is None else most
            ),
            constraints=LinearConstraint(matrix, low, high),
            options={"mip_rel_gap": gap, "node_limit": nodes},
        )
        return None if found.x is None else np.asarray(found.x, np.float64)

    def choice(self, columns: Floats) -> Ints:
        """The choice that a solution stands for."""
        taken = np.flatnonzero(np.round(columns[: len(self.options.who)]) > 0)
        choice = np.zeros(len(self.options.initiatives), np.int64)
        choice[self.options.who[taken]] = self.options.start[taken]
        return choice

    def _padded(self, values: Floats) -> Floats:
        row = np.zeros(self.columns)
        row[: len(values)] = values
        return row


def program(of: Case) -> Program:
    """The integer program of a case; built once."""
    if "program" not in of.kept:
        of.kept["program"] = _built(of)
    found: Program = of.kept["program"]
    return found


def _built(of: Case) -> Program:
    from scipy.sparse import csr_array

    options = of.options
    means = _Means(of.gains, options)
    first = len(options.who) + means.count
    columns = first + len(options.limits)
    rows = [*_once(options), *_apart(options), *_after(options)]
    blocks = [(_wide(row, columns), -np.inf, top) for row, top in rows]
    blocks += [(_wide(row, columns), -np.inf, top) for row, top in means.rows()]
    sizes = np.array([each.amount or use.max() for each, use in _with_uses(options)])
    for number, (limit, use) in enumerate(_with_uses(options)):
        row = _wide(use * (SCALE / sizes[number]), columns)
        row[first + number] = -SCALE
        blocks.append((row, -np.inf, limit.amount * SCALE / sizes[number]))
    least, most = np.zeros(columns), np.ones(columns)
    least[len(options.who) : first], most[len(options.who) : first] = means.bounds()
    most[first:] = 0.0
    matrix = np.array([row for row, _low, _high in blocks]).reshape(-1, columns)
    return Program(
        options=options,
        matrix=csr_array(matrix),
        low=np.array([low for _row, low, _high in blocks]),
        high=np.array([high for _row, _low, high in blocks]),
        least=least,
        most=most,
        uplift=_wide(means.uplift(), columns),
        slack=slice(first, columns),
        sizes=sizes,
    )


def _with_uses(options: Options) -> Iterator[tuple[Any, Floats]]:
    return zip(options.limits, options.uses, strict=True)


def _wide(row: Floats, columns: int) -> Floats:
    return np.concatenate([row, np.zeros(columns - len(row))])


def _once(options: Options) -> Iterator[tuple[Floats, float]]:
    for row in range(len(options.initiatives)):
        yield (options.who == row).astype(np.float64), 1.0


def _apart(options: Options) -> Iterator[tuple[Floats, float]]:
    for first, second in options.apart:
        yield np.isin(options.who, (first, second)).astype(np.float64), 1.0


def _after(options: Options) -> Iterator[tuple[Floats, float]]:
    for row, need in options.after:
        duration = options.initiatives[need].duration
        for start in options.start[options.who == row]:
            begun = (options.who == row) & (options.start <= start)
            ended = (options.who == need) & (options.start + duration <= start)
            yield begun.astype(np.float64) - ended, 0.0


class _Means:
    """The mean gain of a choice, with overlaps, cuts and full parts, in linear rows."""

    def __init__(self, gains: Gains, options: Options) -> None:
        self._options, self._gains = options, gains
        self._first = len(options.who)
        self.count = 3 + sum(1 + sum(map(_width, c.overlaps)) for c in gains.channels)
        self._columns = self._first + self.count

    def uplift(self) -> Floats:
        row = np.zeros(self._columns)
        row[self._first : self._first + 3] = 1
        return row

    def bounds(self) -> tuple[Floats, Floats]:
        least = np.full(self.count, -np.inf)
        most = np.full(self.count, np.inf)
        most[:3] = self._gains.room.mean(axis=1)
        at = 3
        for channel in self._gains.channels:
            most[at] = channel.most
            width = sum(map(_width, channel.overlaps))
            least[at + 1 : at + 1 + width] = 0
            at += 1 + width
        return least, most

    def rows(self) -> Iterator[tuple[Floats, float]]:
        """Rows that must come to no more than a number: what passes less what feeds it."""
        parts = [np.zeros(self._columns) for _ in range(3)]
        for part in range(3):
            parts[part][self._first + part] = 1
            means = self._gains.rows[part].mean(axis=1, dtype=np.float64)
            parts[part] -= self._seen(means)
        at = self._first + 3
        for channel in self._gains.channels:
            parts[channel.part][at] -= 1
            yield from self._channel(channel, at)
            at += 1 + sum(map(_width, channel.overlaps))
        yield from ((row, 0.0) for row in parts)

    def _channel(self, channel: Channel, at: int) -> Iterator[tuple[Floats, float]]:
        row = np.zeros(self._columns)
        row[at] = 1
        for member, size in zip(channel.members, channel.sizes, strict=True):
            row -= self._one(member) * size.mean(dtype=np.float64)
        column = at + 1
        for overlap in channel.overlaps:
            shared = np.zeros(self._columns)
            for member, size in zip(overlap.members, overlap.sizes, strict=True):
                row[column] = -size.mean(dtype=np.float64)
                shared[column] = 1
                used = -self._one(member)
                used[column] = 1
                yield used, 0.0
                column += 1
            yield shared, 1.0
        yield row, 0.0

    def _one(self, member: int) -> Floats:
        values = np.zeros(len(self._options.initiatives))
        values[member] = 1
        return self._seen(values)

    def _seen(self, values: Floats) -> Floats:
        return _wide(values[self._options.who] * self._options.seen, self._columns)


def _width(overlap: Any) -> int:
    return len(overlap.members)
