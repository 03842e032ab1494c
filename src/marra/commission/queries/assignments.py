"""Read assignments: those a person may know of, by what they ask for."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from marra.commission.models.acts import Act
from marra.commission.models.assignments import Assignment, Checkpoint, Submission
from marra.commission.queries.acts import lineage
from marra.commission.rules.assignments import OPEN, OWED, State
from marra.inventory.queries.bodies import known as bodies_of
from marra.language.fold import fold
from marra.people.rules.rights import Role, Stamp
from marra.store import Named, NothingNamed

if TYPE_CHECKING:
    from marra.archive.models import StoredFile

ALL = (Role.CHAIR, Role.SECRETARY, Role.AUDITOR, Role.ADMINISTRATOR, Role.ANALYST)
"""Who, holding one of these everywhere, reads every assignment."""

OF_A_GROUP = (Role.SECRETARY, Role.GROUP_HEAD, Role.GROUP_MEMBER)
"""Who reads the assignments of the group they hold it in."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which assignments are asked for; empty fields ask for nothing."""

    words: str = ""
    state: str = ""  # a state, or open, overdue, owed, to-judge
    body: str = ""
    part: str = ""  # of that body: lead, helper
    group: str = ""
    indicator: str = ""
    act: str = ""
    due_by: date | None = None


def visible_to(stamp: Stamp) -> Named[Assignment]:
    """The assignments this person may know of, by deadline."""
    rows = Assignment.all().select_related("lead", "group")
    if reads_all(stamp):
        return rows
    bodies, groups = stamp.scopes(Role.EXECUTOR), stamp.scopes(*OF_A_GROUP) - {""}
    if "" in bodies:
        return rows.exclude(state=State.DRAFT)
    known = Q(pk__in=())
    if groups:
        known |= Q(group__code__in=groups)
    if bodies:
        known |= _part(bodies) & ~Q(state=State.DRAFT)
    return rows.filter(known)


def reads_all(stamp: Stamp) -> bool:
    """Whether this person may know of every assignment."""
    return any(stamp.holds(role) for role in ALL)


def asked_for(rows: Named[Assignment], asked: Asked, today: date) -> Named[Assignment]:
    """Those of the rows that are asked for."""
    rows = _with_words(rows, asked.words)
    if asked.body:
        rows = rows.filter(_part({asked.body}, asked.part))
    if asked.act:
        rows = rows.filter(clause__act__in=lineage(asked.act).values("pk"))
    if asked.group:
        rows = rows.filter(group__code=asked.group)
    if asked.indicator:
        rows = rows.filter(indicator=asked.indicator)
    if asked.due_by:
        rows = rows.filter(deadline__lte=asked.due_by, state__in=OPEN)
    return _in_state(rows, asked.state, today)


def _with_words(rows: Named[Assignment], words: str) -> Named[Assignment]:
    """Those whose folded title has each word, or whose number is what is written."""
    if number := words.strip().replace("\0", ""):
        known = rows.filter(Q(number=number) | Q(ijro_number=number))
        if known.exists():
            return known
    for word in fold(words).split():
        rows = rows.filter(key__contains=word)
    return rows


def _part(codes: Collection[str], part: str = "") -> Q:
    """What has one of the bodies as its lead, among its co-executors, or either.

    By keys and not by joins, so that a database may use its indexes for each half.
    """
    bodies = list(bodies_of(codes).values_list("pk", flat=True))
    link = Assignment.co_executors.through
    helped = Q(pk__in=link.objects.filter(statebody__in=bodies).values("assignment"))
    leads = Q(lead__in=bodies)
    return {"lead": leads, "helper": helped}.get(part, leads | helped)


def _in_state(rows: Named[Assignment], state: str, today: date) -> Named[Assignment]:
    match state:
        case "":
            return rows
        case "open":
            return rows.filter(state__in=OPEN)
        case "owed":
            return rows.filter(state__in=OWED)
        case "overdue":
            return rows.filter(state__in=OWED, deadline__lt=today)
        case "to-judge":
            return rows.filter(state__in=(State.SUBMITTED, State.GROUP_ACCEPTED))
        case _:
            return rows.filter(state=state)


def counts(stamp: Stamp, today: date) -> dict[str, int]:
    """How many of the assignments this person may know of stand in each state, or are overdue."""
    late = Count("pk", filter=Q(deadline__lt=today))
    rows = visible_to(stamp).order_by().values("state").annotate(n=Count("pk"), late=late)
    told = {state: (n, over) for state, n, over in rows.values_list("state", "n", "late")}
    found = {state.value: told.get(state, (0, 0))[0] for state in State}
    overdue = sum(told.get(state, (0, 0))[1] for state in OWED)
    return {**found, "overdue": overdue, "open": sum(found[state] for state in OPEN)}


def whole(stamp: Stamp, code: str) -> Assignment:
    """The assignment of that code with all it comes from at hand."""
    rows = visible_to(stamp).select_related(
        "clause__act", "obligation", "decision__session", "proposal", "plan", "removal__instead"
    )
    return rows.defer("clause__act__document", "decision__session__document").named(code)


def locked(stamp: Stamp, code: str) -> Assignment:
    """The assignment of that code for a change, if this person may know of it."""
    return visible_to(stamp).select_for_update(of=("self",)).named(code)


def owed_by(stamp: Stamp) -> Named[Assignment]:
    """What the bodies owe for which this person acts."""
    bodies = stamp.scopes(Role.EXECUTOR) - {""}
    return visible_to(stamp).filter(lead__code__in=bodies, state__in=OWED)


def waiting_of(stamp: Stamp) -> Named[Assignment]:
    """What the bodies of this person submitted and nobody has judged to the end."""
    bodies = stamp.scopes(Role.EXECUTOR) - {""}
    waits = (State.SUBMITTED, State.GROUP_ACCEPTED)
    return visible_to(stamp).filter(lead__code__in=bodies, state__in=waits)


def to_judge(stamp: Stamp) -> Named[Assignment]:
    """What waits for a verdict of this person, by the day of submission.

    What somebody submitted themselves waits for others.
    """
    groups = stamp.scopes(Role.SECRETARY) - {""}
    waits = Q(state=State.SUBMITTED, group__code__in=groups)
    if stamp.holds(Role.SECRETARY):
        waits |= Q(state=State.SUBMITTED, group=None) | Q(state=State.GROUP_ACCEPTED)
    rows = visible_to(stamp).filter(waits).exclude(lead__code__in=stamp.scopes(Role.EXECUTOR))
    return rows.order_by("submitted_at", "pk")


def interim_due(stamp: Stamp, by: date) -> Named[Checkpoint]:
    """Interim days not reported on, up to a day, of what the bodies of this person owe."""
    rows = Checkpoint.all().select_related("assignment").order_by("due", "pk")
    return rows.filter(assignment__in=owed_by(stamp), reported_at=None, due__lte=by)


def next_numbers(year: int) -> Iterator[str]:
    """The numbers that come next in a year; whoever else makes assignments now waits."""
    Act.objects.select_for_update().order_by("pk").first()
    taken = Assignment.objects.filter(number__startswith=f"{year}/").order_by("-pk")
    newest = taken.values_list("number", flat=True).first()
    number = int(newest.split("/")[1]) if newest else 0
    while True:
        number += 1
        yield f"{year}/{number}"


def scopes(row: Assignment) -> tuple[str, ...]:
    """The codes of what an assignment belongs to: its lead body, and its group."""
    return (row.lead.code, row.group.code) if row.group else (row.lead.code,)


def group_of(row: Assignment) -> str:
    """The code of the group, or "" for an assignment of the Commission itself."""
    return row.group.code if row.group else ""


def submissions(row: Assignment) -> list[Submission]:
    """What was submitted, the newest first, with files and verdicts at hand."""
    return list(row.submissions.prefetch_related("files", "verdicts"))


def resting_on(
    stamp: Stamp, indicators: Collection[str], values: Collection[str]
) -> dict[str, Assignment]:
    """The assignment that each of these observations proves, of those that move an indicator."""
    known = visible_to(stamp).filter(indicator__in=indicators).order_by().values("pk")
    rows = Submission.objects.filter(assignment__in=known).select_related("assignment")
    return {
        code: each.assignment
        for each in rows.order_by("pk")
        for code in each.observations
        if code in values
    }


def file_of(row: Assignment, code: str) -> "StoredFile":
    """A file that was submitted with an assignment; refuses with `NothingNamed`."""
    for each in row.submissions.filter(files__code=code):
        return each.files.get(code=code)
    raise NothingNamed(kind="file", code=code)
