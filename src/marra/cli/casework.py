"""What goes on with applications while nobody looks: times come, and other systems are asked."""

from typing import Final

from marra.links.registers import answer
from marra.people.rules.rights import Stamp
from marra.portal.actions.settling import wake
from marra.portal.queries import cases

AT_ONCE: Final = 500
"""Applications in one round; the rest follow in the next."""


def go_on_with_cases(stamp: Stamp) -> int:
    """Tell applications whose time has come, and bring answers to those that wait for one."""
    codes = cases.to_wake(stamp.at, AT_ONCE)
    for code in codes:
        wake(stamp, code)
    return len(codes) + sum(answer(stamp, code) for code in cases.calling(AT_ONCE))
