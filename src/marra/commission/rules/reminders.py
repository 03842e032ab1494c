"""Reminders by hand: when a secretary may remind a body of what it owes.

Source: ours.
"""

from datetime import datetime

from marra.commission.rules.assignments import OWED, StepNotOpen
from marra.kit.errors import Conflict
from marra.kit.text import gettext_noop


class RemindedToday(Conflict):
    """One reminder a day; whoever gets ten reads none."""

    sentence = gettext_noop(
        "The body was reminded of assignment {number} today already. Remind it tomorrow, or "
        "telephone."
    )


def may_remind(state: str, number: str, before: datetime | None, now: datetime) -> None:
    """Go on only if something is owed and nobody was reminded today.

    Refuses with `StepNotOpen` or `RemindedToday`.

    >>> may_remind("new", "2026/1", None, datetime(2026, 3, 2))
    """
    if state not in OWED:
        raise StepNotOpen(number=number)
    if before is not None and before.astimezone(now.tzinfo).date() == now.date():
        raise RemindedToday(number=number)
