"""Execution figures of a period: of all, of each body as lead and as helper, of each group."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from marra.commission.models.assignments import Assignment
from marra.commission.models.groups import Group
from marra.commission.rules.assignments import OPEN, State
from marra.commission.rules.execution import Course, Execution, Figures, Line, tally
from marra.inventory.queries.bodies import known


def execution(start: date, end: date, *, on: date | None = None) -> Execution:
    """What became, by a day (by default the last), of all that was due in a period.

    What fell due before it and was still owed when it began counts too. Drafts do not count.
    """
    by, rows = on or end, due_in(start, end)
    courses = {
        pk: (lead, group, course(*told))
        for pk, lead, group, *told in rows.values_list("pk", "lead__code", "group__code", *COLUMNS)
    }
    led, of_groups = _by(courses, 0), _by(courses, 1)
    helped = defaultdict(list)
    links = Assignment.co_executors.through.objects.filter(assignment__in=rows.values("pk"))
    for pk, body in links.values_list("assignment_id", "statebody__code"):
        helped[body].append(courses[pk][2])
    return Execution(
        start=start,
        end=end,
        on=by,
        total=tally([each for _, _, each in courses.values()], by),
        bodies=_bodies(led, helped, by),
        groups=_groups(of_groups, by),
    )


def due_in(start: date, end: date) -> QuerySet[Assignment]:
    """What fell due in a period, or before it and was still owed when it began; no drafts."""
    due = Q(deadline__range=(start, end))
    left = Q(deadline__lt=start) & (Q(state__in=OPEN) | Q(done_at__date__gte=start))
    return Assignment.objects.filter(due | left).exclude(state=State.DRAFT).order_by()


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


Courses = Mapping[int, tuple[str, str | None, Course]]


def _by(courses: Courses, place: int) -> dict[str, list[Course]]:
    found: dict[str, list[Course]] = defaultdict(list)
    for told in courses.values():
        key = told[place]
        if isinstance(key, str):
            found[key].append(told[2])
    return found


def _bodies(
    led: Mapping[str, list[Course]], helped: Mapping[str, list[Course]], on: date
) -> tuple[Line, ...]:
    rows = known({*led, *helped})
    lines = (
        Line(row.code, row.name, tally(led.get(row.code, ()), on), _tally(helped, row.code, on))
        for row in rows
    )
    return tuple(sorted(lines, key=_worst_first))


def _groups(found: Mapping[str, list[Course]], on: date) -> tuple[Line, ...]:
    rows: Iterable[Group] = Group.objects.filter(code__in=found)
    return tuple(Line(row.code, row.name, tally(found[row.code], on), Figures()) for row in rows)


def _tally(found: Mapping[str, list[Course]], code: str, on: date) -> Figures:
    return tally(found.get(code, ()), on)


def _worst_first(line: Line) -> tuple[int, float, str]:
    share = line.led.share_on_time
    return -line.led.overdue, 1.0 if share is None else share, line.code
