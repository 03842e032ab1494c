"""Read what belongs to an indicator: who answers for it, and what it is to reach."""

from collections import defaultdict
from collections.abc import Mapping

from marra.evidence.models.observations import Responsible, Target
from marra.evidence.rules.indicators import Indicator
from marra.evidence.rules.indicators import indicator as _indicator
from marra.evidence.rules.indicators import indicators as _indicators
from marra.people.rules.rights import Stamp
from marra.store import Named


def indicators() -> Mapping[str, Indicator]:
    """Every indicator by its code, in the order of the list."""
    return _indicators()


def named(code: str) -> Indicator:
    """The indicator of that code; refuses with `NoSuchIndicator`."""
    return _indicator(code)


def responsible() -> Mapping[str, Responsible]:
    """Who answers for each indicator now; those nobody answers for are left out."""
    rows = Responsible.objects.select_related("body").order_by("since", "id")
    return {each.indicator: each for each in rows}  # the latest stands


def targets(place: str) -> Mapping[str, list[Target]]:
    """What each indicator is to reach at a place, the nearest day first."""
    found: dict[str, list[Target]] = defaultdict(list)
    rows = Target.objects.filter(place=place, withdrawn_at=None).order_by("day", "id")
    for each in rows:
        found[each.indicator].append(each)
    return found


def targets_for(_stamp: Stamp) -> Named[Target]:
    """Every target, withdrawn ones too: what is aimed at is open to all."""
    return Target.all()
