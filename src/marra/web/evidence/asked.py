"""What obligations ask of indicators, as targets of the board where none was set for it.

Source: ours; the obligations are those of the acts, as they are read now.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from marra.commission.queries import obligations
from marra.evidence.rules.board import Goal
from marra.people.rules import Stamp
from marra.web import layout


def asked(who: Stamp) -> Mapping[str, Sequence[Goal]]:
    """By indicator, what obligations with a value and a day ask for."""
    found: dict[str, list[Goal]] = defaultdict(list)
    for row, told in obligations.wanted(who):
        if told.measure and told.target is not None and told.due is not None:
            source = f"{row.code}: {row.what.get(layout.language().replace('-', '_'), '')}"
            found[told.measure].append(Goal(told.target, told.due, source, address=row.code))
    return found
