"""The ladder of one assignment: who was told what and when, how it arrived, and what comes next.

Source: ours.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext, gettext_noop

from marra.commission.queries import notices, posting
from marra.commission.queries.addressees import Addressees
from marra.commission.rules.ladder import next_step
from marra.commission.rules.notices import KINDS, gaps
from marra.commission.rules.posting import TOLD, State
from marra.door import say
from marra.kit.days import add_working
from marra.people.rules.contacts import Way

if TYPE_CHECKING:
    from marra.commission.models.assignments import Assignment
    from marra.commission.models.notices import Delivery, Notice

WAYS: Final[Mapping[Way, str]] = {
    Way.MAIL: gettext_noop("mail"),
    Way.TELEGRAM: gettext_noop("Telegram"),
    Way.SMS: gettext_noop("SMS"),
}
"""The ways as pages say them."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was told, to all of its people."""

    at: datetime
    text: str
    people: list[str]
    read: int
    outside: str


@dataclass(frozen=True, slots=True)
class Next:
    """The step that comes next."""

    day: date
    days: int
    to: list[str]
    nobody: bool  # holds any of these roles
    ways: str


def told_of(row: "Assignment") -> "dict[str, list[Notice]]":
    """The notices about an assignment, by what they told."""
    return notices.marks_of(row)


def accounts(told: "Mapping[str, list[Notice]]") -> set[str]:
    """Whoever was told something."""
    return {each.account for some in told.values() for each in some}


def lines(
    row: "Assignment", told: "Mapping[str, list[Notice]]", names: Mapping[str, str]
) -> list[Told]:
    """What was told, the newest first."""
    sent: dict[int, list[Delivery]] = {}
    for delivery in posting.of_assignments(row.code) if told else []:
        sent.setdefault(delivery.notice_id, []).append(delivery)
    same: dict[tuple[datetime, str], list[Notice]] = {}
    for each in (notice for some in told.values() for notice in some):
        text = say(KINDS[each.kind].sentence, gaps(each.facts))
        same.setdefault((each.made_at, text), []).append(each)
    found = [_line(text, some, sent, names) for (_at, text), some in same.items()]
    return sorted(found, key=lambda each: each.at, reverse=True)


def coming(row: "Assignment", today: date) -> Next | None:
    """What comes next if nothing is submitted; None after the last step."""
    found = next_step(notices.watched(row), today)
    if found is None:
        return None
    due, days = found
    who = Addressees()
    return Next(
        day=add_working(today, days),
        days=days,
        to=[gettext(each.value) for each in due.step.to],
        nobody=not any(who.of(each, row) for each in due.step.to),
        ways=", ".join(gettext(WAYS[way]) for way in due.step.ways),
    )


def _line(
    text: str, some: "list[Notice]", sent: "Mapping[int, list[Delivery]]", names: Mapping[str, str]
) -> Told:
    people = sorted(filter(None, (names.get(each.account, "") for each in some)))
    return Told(
        at=some[0].made_at,
        text=text,
        people=people,
        read=sum(each.read_at is not None for each in some),
        outside=_outside(each for notice in some for each in sent.get(notice.pk, ())),
    )


def _outside(rows: "Iterable[Delivery]") -> str:
    """How it went by each way: mail: sent (2); SMS: not delivered."""
    counts = Counter((Way(row.way), State(row.state)) for row in rows)
    return "; ".join(
        f"{gettext(WAYS[way])}: {gettext(TOLD[state])}" + (f" ({n})" if n > 1 else "")
        for (way, state), n in counts.items()
    )
