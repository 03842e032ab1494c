"""The gate: a new service comes to the mobile application no later than to the web.

A service launched on or after the day of the act is not published on the web before it is in the
application, unless an exception was recorded in the inventory: the reason, who allowed it, when.

Source: clause 5 of the decision PQ-308 of 14.09.2023; the day comes with the act. The register of
exceptions is the inventory's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from marra.inventory.rules.app_first import AppFirst, Launch, stands
from marra.kit.errors import Conflict
from marra.kit.text import Text, gettext_noop
from marra.portal.rules.services import Channel


class NotMobileFirst(Conflict):
    """The web would come before the application."""

    sentence = gettext_noop(
        "“{name}” would be on the web before it is in the mobile application. Since {since} new "
        "services come to the application first. Open that channel no later, or have an "
        "exception recorded in the inventory."
    )


@dataclass(frozen=True, slots=True)
class Gate:
    """What the gate looks at."""

    since: date | None  # from when on the act asks for it; None if no act does
    excepted: bool  # whether the inventory has an exception


def opened(channels: Mapping[str, date | None], today: date) -> dict[str, date]:
    """The channels with their first day; one without opens today.

    >>> opened({"mobile": None}, date(2026, 3, 2))
    {'mobile': datetime.date(2026, 3, 2)}
    """
    return {kind: day or today for kind, day in channels.items()}


def standing(channels: Mapping[str, date], gate: Gate) -> AppFirst:
    """How a service with these channels stands to the rule.

    >>> gate = Gate(date(2024, 6, 1), excepted=False)
    >>> standing({"web": date(2026, 3, 2)}, gate).name
    'LATER'
    """
    launch = Launch(
        channels.get(Channel.WEB), channels.get(Channel.MOBILE), excepted=gate.excepted
    )
    return stands(launch, gate.since or date.max)


def checked(channels: Mapping[str, date], gate: Gate, name: Text) -> None:
    """Go on only if the web does not come first; refuses with `NotMobileFirst`.

    >>> day = date(2026, 3, 2)
    >>> checked({"mobile": day, "web": day}, Gate(date(2024, 6, 1), False), Text("", "", "", ""))
    """
    if standing(channels, gate) is AppFirst.LATER:
        raise NotMobileFirst(name=name, since=f"{gate.since:%d.%m.%Y}")
