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


class NobodyActs(Conflict):
    """There is nobody whom a reminder would reach."""

    sentence = gettext_noop(
        "Nobody acts for the body that leads, so a reminder would reach nobody. Ask an "
        "administrator to give somebody the role of executor there, and telephone meanwhile."
    )


def may_remind(
    state: str, number: str, before: datetime | None, now: datetime, *, reached: bool
) -> None:
    """Go on only if something is owed, somebody is reached, and nobody was reminded today.

    Refuses with `StepNotOpen`, `NobodyActs` or `RemindedToday`.

    >>> may_remind("new", "2026/1", None, datetime(2026, 3, 2), reached=True)
    """
    if state not in OWED:
        raise StepNotOpen(number=number)
    if not reached:
        raise NobodyActs
    if before is not None and before.astimezone(now.tzinfo).date() == now.date():
        raise RemindedToday(number=number)
