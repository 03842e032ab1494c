"""Execution figures of a period: of all, of each body as lead and as helper, of each group."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.utils import timezone

from marra.commission.models.assignments import Assignment
from marra.commission.models.groups import Group
from marra.commission.rules.assignments import OPEN, State
from marra.commission.rules.execution import Course, Execution, Figures, Line, added, counted
from marra.inventory.queries.bodies import known
from marra.journal.queries import entries


def execution(start: date, end: date, *, on: date | None = None) -> Execution:
    """What became, by a day (by default the last), of all that was due in a period.

    What fell due before it and was still owed when it began counts too. Drafts do not count.
    It is worked out once for what stands, and again after the next deed.
    """
    return _worked_out(entries.newest_change(), start, end, on or end)


@lru_cache(maxsize=32)
def _worked_out(_newest: str, start: date, end: date, by: date) -> Execution:
    rows = due_in(start, end)
    seen: dict[tuple[object, ...], Counted] = {}  # many have the same days
    lines: dict[int, tuple[str, str | None, Counted]] = {}
    for pk, lead, group, *told in rows.values_list("pk", "lead__code", "group__code", *COLUMNS):
        key = tuple(told)
        if key not in seen:
            seen[key] = counted(course(*told), by)
        lines[pk] = lead, group, seen[key]
    led, of_groups = _by(lines, 0), _by(lines, 1)
    helped = defaultdict(list)
    links = Assignment.co_executors.through.objects.filter(assignment__in=rows.values("pk"))
    for pk, body in links.values_list("assignment_id", "statebody__code"):
        helped[body].append(lines[pk][2])
    return Execution(
        start=start,
        end=end,
        on=by,
        total=added(each for _, _, each in lines.values()),
        bodies=_bodies(led, helped),
        groups=_groups(of_groups),
    )


def due_in(start: date, end: date) -> QuerySet[Assignment]:
    """What fell due in a period, or before it and was still owed when it began; no drafts."""
    due = Q(deadline__range=(start, end))
    left = Q(deadline__lt=start) & (Q(state__in=OPEN) | Q(done_at__gte=_begin(start)))
    return Assignment.objects.filter(due | left).exclude(state=State.DRAFT).order_by()


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


COLUMNS = (
    "state",
    "deadline",
    "first_deadline",
    "submitted_at",
    "delivered_on",
    "done_at",
    "removed_at",
    "returns",
    "extensions",
)
"""What `course` is made of, in its order."""


def course(
    state: str,
    deadline: date,
    first_deadline: date,
    submitted_at: datetime | None,
    delivered_on: date | None,
    done_at: datetime | None,
    removed_at: datetime | None,
    returns: int,
    extensions: int,
) -> Course:
    """The days of one assignment, from the columns of its row."""
    return Course(
        state=State(state),
        deadline=deadline,
        first_deadline=first_deadline,
        submitted_on=_day(submitted_at),
        delivered_on=delivered_on,
        done_on=_day(done_at),
        removed_on=_day(removed_at),
        returns=returns,
        extensions=extensions,
    )


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None


Counted = tuple[int, ...]


def _by(lines: Mapping[int, tuple[str, str | None, Counted]], at: int) -> dict[str, list[Counted]]:
    found: dict[str, list[Counted]] = defaultdict(list)
    for told in lines.values():
        key = told[at]
        if isinstance(key, str):
            found[key].append(told[2])
    return found


def _bodies(
    led: Mapping[str, list[Counted]], helped: Mapping[str, list[Counted]]
) -> tuple[Line, ...]:
    rows = known({*led, *helped})
    lines = (
        Line(row.code, row.name, added(led.get(row.code, ())), added(helped.get(row.code, ())))
        for row in rows
    )
    return tuple(sorted(lines, key=_worst_first))


def _groups(found: Mapping[str, list[Counted]]) -> tuple[Line, ...]:
    rows: Iterable[Group] = Group.objects.filter(code__in=found)
    return tuple(Line(row.code, row.name, added(found[row.code]), Figures()) for row in rows)


def _worst_first(line: Line) -> tuple[int, float, str]:
    share = line.led.share_on_time
    return -line.led.overdue, 1.0 if share is None else share, line.code
