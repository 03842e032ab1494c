"""What the states of features come to: sub-indices by the weights of an edition, and published."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from marra.evidence.queries.sub_indices import (
    WEIGHED,
    Figure,
    figures,
    known_weights,
    of_survey,
)
from marra.inventory.queries.features import Entry
from marra.inventory.rules.features import MODULES, OSI, STATES, State
from marra.inventory.rules.sub_indices import (
    Beside,
    Bounds,
    Part,
    estimate,
    parts,
)
from marra.people.rules.rights import Stamp


@dataclass(frozen=True, slots=True)
class PartShown:
    """A module with its counts, its share, its weight in the index, and what was published."""

    part: Part
    weight: float | None
    figure: Figure | None

    @property
    def name(self) -> str:
        """The module in the reader's language."""
        return gettext(MODULES[self.part.module])

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many features stand in each state, with the state in words."""
        return [(gettext(told), self.part.counts.get(state, 0)) for state, told in STATES.items()]

    @property
    def beside(self) -> Beside | None:
        """The published figure beside the bounds."""
        return Beside(self.figure.value, self.part.share) if self.figure else None


def sums(who: Stamp, every: Sequence[Entry], of_list: str) -> dict[str, Any]:
    """The counts of a whole list, its modules, and the estimate beside what was published."""
    of_parts = parts((each.feature.module, each.state) for each in every)
    by = known_weights() if of_list == OSI else None
    bounds: Bounds | None = estimate(of_parts, by) if by else None
    published = figures(who) if by else {}
    whole = of_survey("osi") if by else None
    return {
        "all": len(every),
        "there": sum(each.state is State.YES for each in every),
        "unknown": sum(each.state is State.UNKNOWN for each in every),
        "parts": [
            PartShown(each, by.of.get(each.module) if by else None, published.get(each.module))
            for each in of_parts
        ],
        "states": [gettext(told) for told in STATES.values()],
        "weights": by,
        "bounds": bounds,
        "whole": whole,
        "beside": Beside(whole.value, bounds) if whole and bounds else None,
        "unpublished": by is not None and len(published) < len(WEIGHED),
    }
