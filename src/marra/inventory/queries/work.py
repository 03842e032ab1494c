"""Read how far the inventory is: per body in numbers, and thing by thing as the checks see it.

The numbers of all bodies come from a constant number of questions to the database; thing by thing
the pure checks decide. A test holds the two against each other.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, Max, Model, OuterRef, Q, QuerySet

from marra.inventory.models.bodies import StateBody
from marra.inventory.models.functions import Function, ListApproval, Process, Service
from marra.inventory.queries.reading import readable
from marra.inventory.rules.checks import (
    LEAST_ALIKE,
    Alike,
    Check,
    FunctionSeen,
    Problem,
    ProcessSeen,
    ServiceSeen,
    owned_twice,
    problems,
    proposals,
)
from marra.inventory.rules.things import Decision
from marra.language.likeness import Alikes
from marra.people.rules.rights import Stamp

NO_PROCESS = Q(no_process="") & ~Exists(
    Process.objects.filter(function=OuterRef("pk"), removed_at=None)
)
NO_FUNCTION = Q(function=None) | Q(function__removed_at__isnull=False)
FEW = 500
"""So many keys a question to the database may name."""

_ALIKES = Alikes(LEAST_ALIKE)

NOT_FINISHED = Q(category="") | Q(deadline=None)


@dataclass(slots=True)
class Tally:
    """How far the list of one body is."""

    functions: int = 0
    processes: int = 0
    decided: int = 0
    services: int = 0
    left: Counter[Check] = field(default_factory=Counter)
    approved_at: datetime | None = None
    changed_at: datetime | None = None

    @property
    def work(self) -> int:
        """How many things are left, over all four checks."""
        return self.left.total()

    @property
    def settled(self) -> int:
        """Functions with a process or a reasoned none."""
        return self.functions - self.left[Check.FUNCTION_WITHOUT_PROCESS]

    @property
    def is_exact(self) -> bool:
        """Whether the four checks find nothing on a list that is not empty."""
        return self.functions > 0 and self.work == 0

    @property
    def is_approved(self) -> bool:
        """Whether the list was approved and is still exact."""
        return self.approved_at is not None and self.is_exact

    @property
    def has_changed(self) -> bool:
        """Whether something of the list was changed after it was approved."""
        return bool(self.approved_at and self.changed_at and self.changed_at > self.approved_at)


def tallies() -> dict[int, Tally]:
    """How far each open body is, by its primary key; bodies that have not begun are there too."""
    return _tallies(StateBody.objects.filter(closed_at=None))


def tally(body: StateBody) -> Tally:
    """How far one body is."""
    return _tallies(StateBody.objects.filter(pk=body.pk))[body.pk]


def _tallies(bodies: QuerySet[StateBody]) -> dict[int, Tally]:
    codes = dict(bodies.order_by().values_list("pk", "code"))
    found = {pk: Tally() for pk in codes}
    for row in _counted(Function, "body", codes, short=NO_PROCESS):
        tally = found[row["of"]]
        tally.functions, tally.left[Check.FUNCTION_WITHOUT_PROCESS] = row["n"], row["short"]
    decided = Count("pk", filter=~Q(decision=Decision.UNDECIDED))
    for row in _counted(Process, "body", codes, short=NO_FUNCTION).annotate(decided=decided):
        tally = found[row["of"]]
        tally.processes, tally.decided = row["n"], row["decided"]
        tally.left[Check.PROCESS_WITHOUT_FUNCTION] = row["short"]
    for row in _counted(Service, "owner", codes, short=NOT_FINISHED):
        tally = found[row["of"]]
        tally.services, tally.left[Check.SERVICE_UNFINISHED] = row["n"], row["short"]
    by_code = {code: found[pk] for pk, code in codes.items()}
    for problem in owned_twice(_functions(_may_be_double(codes))):
        if problem.body in by_code:
            by_code[problem.body].left[Check.OWNED_TWICE] += 1
    _tell_approvals(found)
    return found


def _counted(
    model: type[Model], owner: str, bodies: Iterable[int], *, short: Any
) -> QuerySet[Any, dict[str, Any]]:
    """How many things each body has, and how many of them a check finds short."""
    rows = model._default_manager.filter(**{f"{owner}__in": list(bodies)}, removed_at=None)  # noqa: SLF001
    told: QuerySet[Any, dict[str, Any]] = (
        rows.order_by()
        .values(of=F(owner))
        .annotate(n=Count("pk"), short=Count("pk", filter=short))
    )
    return told


def _may_be_double(bodies: Collection[int]) -> QuerySet[Function]:
    """Functions whose title several bodies have, but for those that only regions share."""
    rows = Function.objects.filter(removed_at=None, body__closed_at=None).order_by()
    told = rows
    if len(bodies) == 1:
        told = rows.filter(key__in=rows.filter(body__in=bodies).values("key"))
    keys = told.values("key").annotate(
        bodies=Count("body", distinct=True),
        regions=Count("body__region", distinct=True, filter=~Q(body__region="")),
    )
    keys = keys.filter(bodies__gt=1).exclude(bodies=F("regions"))
    return rows.filter(key__in=list(keys.values_list("key", flat=True)))


def _tell_approvals(found: Mapping[int, Tally]) -> None:
    approvals = ListApproval.objects.order_by().values("body").annotate(last=Max("approved_at"))
    for row in approvals:
        if tally := found.get(row["body"]):
            tally.approved_at = row["last"]
    approved = [pk for pk, tally in found.items() if tally.approved_at]
    if not approved:
        return
    for model, owner in ((Function, "body"), (Process, "body"), (Service, "owner")):
        rows = model._default_manager.filter(**{f"{owner}__in": approved}).order_by()  # noqa: SLF001
        for row in rows.values(owner).annotate(
            entered=Max("entered_at"), changed=Max("changed_at"), removed=Max("removed_at")
        ):
            days = [row[name] for name in ("entered", "changed", "removed") if row[name]]
            tally = found[row[owner]]
            tally.changed_at = max(filter(None, [tally.changed_at, *days]), default=None)


def functions_seen(body: str = "") -> list[FunctionSeen]:
    """The functions of open bodies, or of one, as the checks see them."""
    rows = Function.objects.filter(removed_at=None, body__closed_at=None)
    return _functions(rows.filter(body__code=body) if body else rows)


def problems_left(body: str = "") -> list[Problem]:
    """What is left to do before the lists are exact, over all open bodies or for one."""
    functions = functions_seen(body)
    if body:
        keys = {each.key for each in functions}
        others = Function.objects.filter(removed_at=None, body__closed_at=None, key__in=keys)
        functions += _functions(others.exclude(body__code=body))
    found = problems(functions, _processes(body), _services(body))
    return [each for each in found if body in ("", each.body)]


def alike_to(stamp: Stamp, body: str) -> list[Alike]:
    """Functions of a body whose titles are nearly those of another body's that may be read."""
    rows = Function.objects.filter(removed_at=None, body__closed_at=None)
    told = {pk: each for pk, *each in rows.values_list("pk", "key", "code", "body__code")}
    shares = _ALIKES.among({pk: key for pk, (key, _, _) in told.items()})
    near = [
        (share, told[one], told[other])
        if told[one][2] == body
        else (share, told[other], told[one])
        for (one, other), share in shares.items()
        if (told[one][2] == body) != (told[other][2] == body)
    ]
    codes = {each[1] for _, *both in near for each in both}
    found = _functions(rows.filter(body__in=readable(stamp), code__in=codes)) if codes else []
    seen = {each.code: each for each in found}
    return proposals(
        Alike(share, seen[one[1]], seen[other[1]])
        for share, one, other in near
        if one[1] in seen and other[1] in seen
    )


def _functions(rows: QuerySet[Function]) -> list[FunctionSeen]:
    shared: dict[int, set[str]] = defaultdict(set)
    told = list(
        rows.annotate(
            has_process=Exists(Process.objects.filter(function=OuterRef("pk"), removed_at=None))
        ).values_list(
            "pk",
            "code",
            "body__code",
            "title",
            "key",
            "cofog",
            "no_process",
            "has_process",
            "body__region",
        )
    )
    through = Function.shared_with.through.objects.filter(function__removed_at=None)
    if len(told) < FEW:
        through = through.filter(function__in=[row[0] for row in told])
    for pk, code in through.values_list("function_id", "statebody__code"):
        shared[pk].add(code)
    return [
        FunctionSeen(
            code, body, title, key, cofog, bool(why), has_process, frozenset(shared[pk]), region
        )
        for pk, code, body, title, key, cofog, why, has_process, region in told
    ]


def _processes(body: str) -> Iterable[ProcessSeen]:
    rows = Process.objects.filter(removed_at=None, body__closed_at=None)
    rows = rows.filter(body__code=body) if body else rows
    told = rows.values_list("code", "body__code", "title", "function", "function__removed_at")
    for code, of, title, function, removed in told:
        yield ProcessSeen(code, of, title, has_function=bool(function) and removed is None)


def _services(body: str) -> Iterable[ServiceSeen]:
    rows = Service.objects.filter(removed_at=None, owner__closed_at=None)
    rows = rows.filter(owner__code=body) if body else rows
    told = rows.values_list("code", "owner__code", "title", "category", "deadline")
    return (ServiceSeen(*each) for each in told)
