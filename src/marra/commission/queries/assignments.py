"""Read assignments: those a person may know of, by what they ask for."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from marra.commission.models.assignments import Assignment, Submission
from marra.commission.rules.assignments import OPEN, OWED, State
from marra.language.fold import fold
from marra.people.rules.rights import Role, Stamp
from marra.store import Named, NothingNamed

if TYPE_CHECKING:
    from marra.archive.models import StoredFile

ALL = (Role.CHAIR, Role.SECRETARY, Role.AUDITOR, Role.ADMINISTRATOR, Role.ANALYST)
"""Who, holding one of these everywhere, reads every assignment."""

OF_A_GROUP = (Role.SECRETARY, Role.GROUP_HEAD, Role.GROUP_MEMBER)
"""Who reads the assignments of the group they hold it in."""

SIMILAR = 0.6
"""Share of three-letter pieces that two titles have in common to be called similar; ours."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which assignments are asked for; empty fields ask for nothing."""

    words: str = ""
    state: str = ""  # a state, or open, overdue, owed, to-judge
    body: str = ""
    group: str = ""
    indicator: str = ""
    due_by: date | None = None


def visible_to(stamp: Stamp) -> Named[Assignment]:
    """The assignments this person may know of, by deadline."""
    rows = Assignment.all().select_related("lead", "group")
    if any(stamp.holds(role) for role in ALL):
        return rows
    of_groups = Q(group__code__in=stamp.scopes(*OF_A_GROUP) - {""})
    bodies = stamp.scopes(Role.EXECUTOR)
    if "" in bodies:
        return rows.exclude(state=State.DRAFT)
    helped = Assignment.objects.filter(co_executors__code__in=bodies).values("pk")
    of_bodies = (Q(lead__code__in=bodies) | Q(pk__in=helped)) & ~Q(state=State.DRAFT)
    return rows.filter(of_groups | of_bodies)


def asked_for(rows: Named[Assignment], asked: Asked, today: date) -> Named[Assignment]:
    """Those of the rows that are asked for."""
    for word in fold(asked.words).split():
        rows = rows.filter(Q(key__contains=word) | Q(number__contains=word))
    if asked.body:
        helped = Assignment.objects.filter(co_executors__code=asked.body).values("pk")
        rows = rows.filter(Q(lead__code=asked.body) | Q(pk__in=helped))
    if asked.group:
        rows = rows.filter(group__code=asked.group)
    if asked.indicator:
        rows = rows.filter(indicator=asked.indicator)
    if asked.due_by:
        rows = rows.filter(deadline__lte=asked.due_by, state__in=OPEN)
    return _in_state(rows, asked.state, today)


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
    rows = visible_to(stamp).order_by()
    found = Counter(dict.fromkeys((state.value for state in State), 0))
    found.update(rows.values_list("state", flat=True))
    late = rows.filter(state__in=OWED, deadline__lt=today).count()
    return {**found, "overdue": late, "open": sum(found[state] for state in OPEN)}


def scopes(row: Assignment) -> tuple[str, ...]:
    """The codes of what an assignment belongs to: its lead body, and its group."""
    return (row.lead.code, row.group.code) if row.group else (row.lead.code,)


def group_of(row: Assignment) -> str:
    """The code of the group, or "" for an assignment of the Commission itself."""
    return row.group.code if row.group else ""


def submissions(row: Assignment) -> list[Submission]:
    """What was submitted, the newest first, with files and verdicts at hand."""
    return list(row.submissions.prefetch_related("files", "verdicts"))


def similar(title: str, *, lead: str = "", besides: str = "", most: int = 5) -> list[Assignment]:
    """Open assignments that say nearly the same, the likest first, in whatever letters.

    Those of the same body come before others that are as like.
    """
    wanted = _pieces(fold(title))
    if not wanted:
        return []
    rows = Assignment.objects.filter(state__in=(*OPEN, State.DRAFT)).exclude(code=besides)
    scored = []
    for pk, key, body in rows.order_by().values_list("pk", "key", "lead__code"):
        like = _likeness(wanted, key)
        if like >= SIMILAR:
            scored.append((like + (0.01 if body == lead else 0), pk))
    best = [pk for _, pk in sorted(scored, reverse=True)[:most]]
    found = {
        each.pk: each for each in Assignment.objects.filter(pk__in=best).select_related("lead")
    }
    return [found[pk] for pk in best]


def _pieces(key: str) -> frozenset[str]:
    padded = f" {key} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2)) if key else frozenset()


def _likeness(wanted: frozenset[str], key: str) -> float:
    own = _pieces(key)
    both = len(wanted & own)
    return both / (len(wanted) + len(own) - both) if both else 0.0


def file_of(row: Assignment, code: str) -> "StoredFile":
    """A file that was submitted with an assignment; refuses with `NothingNamed`."""
    for each in row.submissions.filter(files__code=code):
        return each.files.get(code=code)
    raise NothingNamed(kind="file", code=code)
