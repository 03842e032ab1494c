"""Read notices: one's own, what is to be told now, and what happened that nobody was told of."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q
from django.utils import timezone

from marra.commission.models.assignments import Assignment, Checkpoint
from marra.commission.models.notices import Heard, Notice
from marra.commission.queries import assignments, proposals, sessions
from marra.commission.queries.addressees import Addressees
from marra.commission.rules.assignments import OWED, State
from marra.commission.rules.ladder import (
    WAITS,
    Due,
    Watched,
    days_told,
    due_notices,
    is_list_day,
    kind,
    ladder,
)
from marra.commission.rules.notices import KINDS
from marra.journal.queries import tree
from marra.kit.days import add_working, end_of_next_month
from marra.people.rules.contacts import Way
from marra.people.rules.rights import Stamp
from marra.store import Named

PARTED: Final = "|"
"""Between the parts of a key: the thing, the mark of what is told of it, the account."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing to be told to some accounts."""

    kind: str
    thing: str
    mark: str
    to: tuple[str, ...]
    ways: tuple[Way, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    rung: int = 0

    def key(self, account: str) -> str:
        """By what it is known that this account was told."""
        return PARTED.join((self.thing, self.mark, account))


def visible_to(stamp: Stamp) -> Named[Notice]:
    """The notices of this very person, the newest first."""
    return Notice.all().filter(account=stamp.by)


def unread(account: str) -> int:
    """How many notices somebody has not read."""
    return Notice.objects.filter(account=account, read_at=None).count()


def subjects(stamp: Stamp, notices: Iterable[Notice]) -> dict[str, str]:
    """What the notices are about: titles by code, of things that this person may know of still."""
    asked: dict[str, set[str]] = defaultdict(set)
    for each in notices:
        if KINDS[each.kind].is_about_one:
            asked[KINDS[each.kind].page].add(each.thing)
    found: dict[str, str] = {}
    for page, codes in asked.items():
        rows = VISIBLE[page](stamp).filter(code__in=codes).order_by()
        found |= dict(rows.values_list("code", "title"))
    return found


VISIBLE: Final[Mapping[str, Callable[[Stamp], Named[Any]]]] = {
    "assignment": assignments.visible_to,
    "session": sessions.visible_to,
    "proposal": proposals.visible_to,
}
"""How things are read that notices are about, by the name of their page."""


def to_remind(today: date) -> Iterator[Telling]:
    """What the ladder says of a day, of all assignments under control."""
    rows = list(_watched(today))
    told, interim, who = _told(rows), _interim(rows), Addressees()
    for row in rows:
        thing = watched(row, interim.get(row.pk, ()))
        known: set[tuple[str, str]] = set()
        for due in reversed(due_notices(thing, today, told.get(row.code, ()))):
            to = [code for each in due.step.to for code in who.of(each, row)]
            to = [code for code in to if (due.target, code) not in known]
            known |= {(due.target, code) for code in to}  # the highest rung says it all
            yield Telling(
                kind=kind(due),
                thing=row.code,
                mark=due.mark,
                to=tuple(to),
                ways=due.step.ways,
                facts=_facts(row, due, today),
                rung=due.step.rung,
            )


def to_list(today: date) -> Iterator[Telling]:
    """The list of what falls due by the end of next month, for each with their own numbers."""
    if not is_list_day(today):
        return
    who = Addressees()
    until = end_of_next_month(today)
    owed = Assignment.objects.filter(state__in=OWED, deadline__lte=until).order_by()
    late = Count("pk", filter=Q(deadline__lt=today))
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in owed.values("lead__code").annotate(n=Count("pk"), late=late):
        for account in {*who.acting_for(row["lead__code"]), *who.secretaries()}:
            counts[account][0] += row["n"]
            counts[account][1] += row["late"]
    for account, (count, overdue) in counts.items():
        yield Telling(
            kind="list",
            thing="list",
            mark=today.isoformat(),
            to=(account,),
            ways=ladder().list_ways,
            facts={"until": until.isoformat(), "count": count, "overdue": overdue},
        )


def watched(row: Assignment, interim: Iterable[tuple[str, date]] = ()) -> Watched:
    """An assignment as far as the ladder must know it."""
    submitted = timezone.localtime(row.submitted_at).date() if row.submitted_at else None
    return Watched(State(row.state), row.deadline, tuple(interim), submitted)


def marks_of(row: Assignment) -> dict[str, list[Notice]]:
    """The notices about an assignment, by the mark of what they told, the oldest first."""
    found: dict[str, list[Notice]] = defaultdict(list)
    for each in Notice.objects.filter(thing=row.code).order_by("id"):
        found[each.key.split(PARTED)[1]].append(each)
    return found


def heard() -> int:
    """From which sealed entry of the journal on nobody was told what happened."""
    return Heard.objects.values_list("position", flat=True).first() or 0


def is_behind() -> bool:
    """Whether something was sealed that nobody was told of."""
    position = heard()
    return tree.since(position, 1)[1] > position  # also past an entry that is gone


def _facts(row: Assignment, due: Due, today: date) -> dict[str, object]:
    days = days_told(due, today)
    return {"number": row.number, "due": due.day.isoformat(), "days": days, "step": due.step.code}


def _watched(today: date) -> Named[Assignment]:
    """Assignments of which the ladder may say something."""
    furthest = add_working(today, max(-step.days for step in ladder().steps) + 1)
    near = Checkpoint.objects.filter(reported_at=None, due__lte=furthest).values("assignment")
    owed = Q(state__in=OWED) & (Q(deadline__lte=furthest) | Q(pk__in=near))
    rows = Assignment.all().filter(owed | Q(state__in=WAITS)).select_related("lead", "group")
    return rows.prefetch_related("co_executors").defer("text").order_by("pk")


def _interim(rows: Iterable[Assignment]) -> dict[int, list[tuple[str, date]]]:
    keys = [row.pk for row in rows if row.state in OWED]
    found: dict[int, list[tuple[str, date]]] = defaultdict(list)
    open_ones = Checkpoint.objects.filter(reported_at=None, assignment__state__in=OWED)
    for key, code, due in open_ones.values_list("assignment", "code", "due"):
        found[key].append((code, due))
    return {key: found[key] for key in keys if key in found}


def _told(rows: Iterable[Assignment]) -> dict[str, set[str]]:
    """The marks of what was told of each assignment."""
    codes = {row.code for row in rows}
    found: dict[str, set[str]] = defaultdict(set)
    under_control = Assignment.objects.filter(state__in=OWED | WAITS).values("code")
    keys = Notice.objects.filter(thing__in=under_control, rung__gt=0).order_by()
    for key in keys.values_list("key", flat=True):
        thing, mark, _account = key.split(PARTED)
        if thing in codes:
            found[thing].add(mark)
    return found
