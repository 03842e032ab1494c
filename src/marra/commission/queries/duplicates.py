"""Find assignments that say nearly the same: beside one that is being made, and among all.

Texts are compared folded, in whatever letters. Among all, only those of the same body or of the
same clause are held against each other: the same words to two bodies are two assignments.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from marra.commission.models.assignments import Assignment
from marra.commission.queries.assignments import visible_to
from marra.commission.rules.assignments import OPEN, State
from marra.language.fold import fold
from marra.language.likeness import Alikes, likeness, pieces
from marra.people.rules.rights import Stamp

SIMILAR: Final = 0.6
"""Share of three-letter pieces in common from which two titles are shown as alike; ours."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two assignments that say nearly the same, the earlier one first."""

    share: float
    first: Assignment
    second: Assignment

    @property
    def percent(self) -> int:
        """How much they have in common, in per cent."""
        return round(self.share * 100)


def similar(
    stamp: Stamp, title: str, *, lead: str = "", clause: str = "", besides: str = "", most: int = 5
) -> list[Assignment]:
    """What this person may know of and says nearly the same, the likest first.

    Those of the same body or clause come before others that are as like.
    """
    wanted = pieces(fold(title)[:500])
    rows = visible_to(stamp).filter(state__in=(*OPEN, State.DRAFT)).exclude(code=besides)
    told = rows.order_by().values_list(
        "pk", "key", "lead__code", "clause__act__code", "clause__number"
    )
    scored = []
    for pk, key, body, act, number in told:
        share = likeness(wanted, pieces(key))
        if share >= SIMILAR:
            near = body == lead or (bool(clause) and f"{act}/{number}" == clause)
            scored.append((near, share, -pk))
    best = [-pk for _, _, pk in sorted(scored, reverse=True)[:most]]
    found = {each.pk: each for each in visible_to(stamp).filter(pk__in=best)}
    return [found[pk] for pk in best]


def pairs(stamp: Stamp, most: int = 50) -> tuple[list[Pair], int]:
    """Every two of the same body or clause that say nearly the same: the likest, and how many."""
    rows = Assignment.objects.filter(state__in=(*OPEN, State.DRAFT)).order_by()
    told = list(rows.values_list("pk", "key", "lead_id", "clause_id"))
    shares: dict[tuple[int, int], float] = {}
    for group, texts in _together(told).items():
        shares |= _of(*group).among(texts)
    mine = visible_to(stamp)
    may = set(mine.order_by().values_list("pk", flat=True)) if shares else set()
    likest = sorted(
        (-share, *pair) for pair, share in shares.items() if pair[0] in may and pair[1] in may
    )
    shown = likest[:most]
    seen = mine.in_bulk({pk for _, *pair in shown for pk in pair})
    return [Pair(-less, seen[one], seen[other]) for less, one, other in shown], len(likest)


@lru_cache(maxsize=2_000)
def _of(_kind: str, _code: int) -> Alikes:
    """What is known of the texts of a body or a clause; right whatever their state."""
    return Alikes(SIMILAR)


def _together(
    told: Iterable[tuple[int, str, int, int | None]],
) -> Mapping[tuple[str, int], dict[int, str]]:
    """The texts of each body, and of each clause."""
    found: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    for pk, key, lead, clause in told:
        found["lead", lead][pk] = key
        if clause is not None:
            found["clause", clause][pk] = key
    return found
