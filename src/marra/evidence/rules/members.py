"""Member states of an edition: whose rows a complete file has.

The Data Center prints today's 193 states for every year, with zeros for those that were not yet
members. Such rows are left out, with a remark; a figure in one of them is refused.

Source: United Nations, growth in membership: Montenegro joined on 28.06.2006, South Sudan on
14.07.2011; no other state joined after the first edition here (2003).
"""

from collections.abc import Mapping
from typing import Final

from marra.kit.places import PLACES

JOINED: Final[Mapping[str, int]] = {"MNE": 2006, "SSD": 2011}
"""Year of joining, for states that joined after the first edition."""


def members(edition: int) -> frozenset[str]:
    """The states that were members when the edition appeared.

    >>> [len(members(year)) for year in (2003, 2008, 2010, 2012, 2024)]
    [191, 192, 192, 193, 193]
    """
    return frozenset(place for place in PLACES if JOINED.get(place, 0) <= edition)
