"""Quarterly reports: those that were made, and what one says of a quarter, read from the rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.utils import timezone

from marra.commission.models.assignments import (
    Assignment,
    Checkpoint,
    Extension,
    Progress,
    Verdict,
)
from marra.commission.models.notices import QuarterReport
from marra.commission.queries import assignments, obligations, proposals
from marra.commission.queries.execution import COLUMNS, course, due_in, execution
from marra.commission.rules import reports as rules
from marra.commission.rules.assignments import OPEN
from marra.commission.rules.execution import Ending, days_over, ending
from marra.commission.rules.proposals import State as ProposalState
from marra.commission.rules.reports import Cause, CauseKind, Delayed, Report, Target, Task
from marra.inventory.queries.bodies import known
from marra.kit import frozen
from marra.kit.days import quarter
from marra.kit.text import Text
from marra.people.rules.rights import Stamp
from marra.store import Named

# ── Those that were made ─────────────────────────────────────────────────────────────────────


def reads(stamp: Stamp) -> bool:
    """Whether this person reads whole reports, which name assignments of every body."""
    return any(stamp.holds(role) for role in assignments.ALL)


def visible_to(stamp: Stamp) -> Named[QuarterReport]:
    """Whole reports, the latest quarter first, for those who read every assignment."""
    rows = QuarterReport.all().defer("document")
    return rows if reads(stamp) else rows.none()


def listed(stamp: Stamp) -> Named[QuarterReport]:
    """The reports this person may know of: whole ones, or only those that are published."""
    rows = QuarterReport.all().defer("document")
    return rows if reads(stamp) else rows.exclude(published_at=None)


def published(year: int, number: int) -> QuarterReport | None:
    """The report of a quarter that counts for everybody: the one published last."""
    rows = QuarterReport.objects.filter(year=year, quarter=number).exclude(published_at=None)
    return rows.order_by("-published_at", "-id").first()


def read(row: QuarterReport) -> Report:
    """What a report says."""
    return frozen.read(Report, row.document)


def is_intact(row: QuarterReport) -> bool:
    """Whether the document is still the one that was made."""
    return frozen.digest(row.document) == row.digest


# ── What one says ────────────────────────────────────────────────────────────────────────────


def report(
    stamp: Stamp, year: int, number: int, *, own_problems: str = "", own_tasks: str = ""
) -> Report:
    """What there is to report of a quarter, by its last day, or by today while it runs."""
    start, end = quarter(year, number)
    on = rules.reported_on(year, number, stamp.at.date())
    done = execution(start, end, on=on)
    delayed = tuple(_delayed(stamp, start, end, on))
    board = obligations.board(stamp, on=on)
    first, last = quarter(*rules.following(year, number))
    return Report(
        year=year,
        quarter=number,
        on=on,
        is_whole=end < stamp.at.date(),
        targets=tuple(_targets(board)),
        execution=done,
        delayed=delayed,
        problems=rules.problems(done, delayed),
        offered=tuple(_offered(stamp, start, end)),
        tasks=tuple(_tasks(stamp, first, last)),
        duties=tuple(_duties(board, first, last)),
        checkpoints=_checkpoints(stamp, first, last),
        own_problems=own_problems,
        own_tasks=own_tasks,
    )


def _targets(board: Iterable[obligations.Line]) -> Iterator[Target]:
    """Obligations with a number to reach, each with the value that decides."""
    for line in board:
        row, asked, found = line.row, line.asked, line.standing
        if asked.target is None or not asked.measure:
            continue
        shown = found.proof if found.proof and found.proof.value is not None else found.seen
        yield Target(
            code=row.code,
            what=Text(**row.what),
            act=row.act.named,
            measure=asked.measure,
            relation=asked.relation,
            target=asked.target,
            unit=row.unit,
            due=found.due,
            state=found.state,
            value=shown.value if shown else None,
            day=shown.day if shown else None,
            basis=found.seen.basis if shown and shown is found.seen and found.seen else "",
            source=_source(shown),
        )


def _source(shown: object) -> str:
    """Where a value is from: its source, or the words of the proof."""
    return str(getattr(shown, "source", "") or getattr(shown, "text", ""))


def _delayed(stamp: Stamp, start: date, end: date, on: date) -> list[Delayed]:
    """What was overdue on the day or done late, the longest delay first, with its causes."""
    rows = due_in(start, end).filter(pk__in=assignments.visible_to(stamp).values("pk"))
    causes = _causes(start, end)
    found = []
    columns = ("pk", "number", "title", "lead__code", "head_name", "indicator", *COLUMNS)
    told = list(rows.values_list(*columns))
    names = _names(each[3] for each in told)
    for pk, number_, title, lead, head, indicator, *days in told:
        taken = course(*days)
        became = ending(taken, on)
        if became not in {Ending.OVERDUE, Ending.LATE}:
            continue
        one = Delayed(
            number=number_,
            title=title,
            lead=names[lead],
            lead_code=lead,
            head=head,
            first_deadline=taken.first_deadline,
            deadline=taken.deadline,
            days=days_over(taken, on),
            ending=became,
            indicator=indicator,
            causes=tuple(sorted(causes[pk].values(), key=lambda each: each.day)),
        )
        found.append(one)
    return sorted(found, key=lambda each: (each.ending is Ending.LATE, -each.days, each.number))


def _causes(start: date, end: date) -> Mapping[int, dict[CauseKind, Cause]]:
    """The latest cause of each kind, by assignment."""
    due = due_in(start, end).values("pk")
    told = (
        (
            CauseKind.ASKED,
            Extension.objects.filter(assignment__in=due).order_by("id"),
            ("assignment_id", "reason", "asked_at"),
        ),
        (
            CauseKind.RETURNED,
            Verdict.objects.filter(submission__assignment__in=due, accepted=False).order_by("id"),
            ("submission__assignment_id", "reason", "made_at"),
        ),
        (
            CauseKind.REPORTED,
            Progress.objects.filter(assignment__in=due).exclude(text="").order_by("id"),
            ("assignment_id", "text", "made_at"),
        ),
        (
            CauseKind.REPORTED,
            Checkpoint.objects.filter(assignment__in=due)
            .exclude(text="")
            .exclude(reported_at=None)
            .order_by("reported_at"),
            ("assignment_id", "text", "reported_at"),
        ),
    )
    found: dict[int, dict[CauseKind, Cause]] = defaultdict(dict)
    for kind, rows, columns in told:
        for pk, text, at in rows.values_list(*columns):
            one = Cause(kind, text, timezone.localtime(at).date())
            before = found[pk].get(kind)
            if before is None or before.day <= one.day:
                found[pk][kind] = one
    return found


def _names(codes: Iterable[str]) -> dict[str, Text]:
    return {each.code: each.name for each in known(set(codes))}


def _offered(stamp: Stamp, start: date, end: date) -> Iterator[rules.Offered]:
    """Proposals that were put forward or decided in the quarter, drafts and withdrawn left out."""
    rows = proposals.visible_to(stamp).filter(moved_at__date__range=(start, end))
    left_out = (ProposalState.DRAFT, ProposalState.WITHDRAWN)
    for each in rows.exclude(state__in=left_out).order_by("moved_at", "pk"):
        body = each.body.name if each.body else None
        yield rules.Offered(each.title, each.remedy, each.state, body)


def _tasks(stamp: Stamp, first: date, last: date) -> Iterator[Task]:
    rows = _open(stamp).filter(deadline__range=(first, last)).order_by("deadline", "pk")
    told = list(rows.values_list("number", "title", "lead__code", "head_name", "deadline"))
    names = _names(each[2] for each in told)
    for number, title, lead, head, deadline in told:
        yield Task(number, title, names[lead], head, deadline)


def _duties(board: Iterable[obligations.Line], first: date, last: date) -> Iterator[rules.Duty]:
    for line in board:
        due = line.standing.due
        if due is not None and first <= due <= last and line.standing.since is None:
            yield rules.Duty(line.row.code, Text(**line.row.what), due)


def _checkpoints(stamp: Stamp, first: date, last: date) -> int:
    rows = Checkpoint.objects.filter(due__range=(first, last), reported_at=None)
    return rows.filter(assignment__in=_open(stamp).values("pk")).count()


def _open(stamp: Stamp) -> Named[Assignment]:
    return assignments.visible_to(stamp).filter(state__in=OPEN)
