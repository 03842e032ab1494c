"""Targets, and who answers: what may be aimed at.

Source: ours.
"""

from marra.evidence.rules.indicators import Indicator
from marra.evidence.rules.observations import REGIONS, NoSource, NoSuchPlaceToObserve
from marra.kit.errors import Conflict, Invalid
from marra.kit.places import PLACES
from marra.kit.text import gettext_noop


class TargetOutOfRange(Invalid):
    """No value of the indicator can be that."""

    sentence = gettext_noop("{indicator} lies between {low} and {high}. Correct the target.")


class TargetStands(Conflict):
    """The same target of the same day."""

    sentence = gettext_noop("This target stands already for that day. Nothing was changed.")


class TargetGone(Conflict):
    """Withdrawn before."""

    sentence = gettext_noop("This target was withdrawn before. Nothing was changed.")


class AnswersAlready(Conflict):
    """The same body again."""

    sentence = gettext_noop("This body answers for the indicator already. Nothing was changed.")


def checked_target(measured: Indicator, *, place: str, value: float, source: str) -> None:
    """Refuse a target that cannot be reached or whose origin nobody could find.

    >>> from marra.evidence.rules.indicators import indicator
    >>> checked_target(indicator("egdi.rank"), place="UZB", value=30, source="PQ-308, P3")
    """
    if place not in PLACES and place not in REGIONS:
        raise NoSuchPlaceToObserve(place=place)
    if not measured.low <= value <= measured.high:
        raise TargetOutOfRange(
            indicator=measured.name, low=f"{measured.low:g}", high=f"{measured.high:g}"
        )
    if not 3 <= len(source.strip()) <= 500:
        raise NoSource
