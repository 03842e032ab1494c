"""What lists of assignments need of the database: what is known, and the rows to be written."""

from collections.abc import Iterable, Iterator

from marra.commission.models.acts import Clause
from marra.commission.models.assignments import Assignment
from marra.commission.models.groups import Group
from marra.commission.queries.assignments import visible_to
from marra.commission.queries.groups import written
from marra.commission.rules.assignment_files.planned import Known
from marra.commission.rules.assignments import State
from marra.evidence.rules.indicators import indicators
from marra.inventory.queries.bodies import bodies
from marra.language.fold import fold
from marra.people.rules.rights import Stamp
from marra.store import Named


def known(stamp: Stamp) -> Known:
    """What stands here already, by the folded names under which files may mean it."""
    there = list(bodies())
    standing = visible_to(stamp).exclude(state=State.REMOVED).order_by()
    told = list(standing.values_list("number", "key", "lead__code"))
    return Known(
        bodies={fold(name): each.code for each in there for name in (*_said(each), each.code)},
        called={each.code: each.name.uz for each in there},
        groups=dict(_groups()),
        clauses=dict(_clauses()),
        indicators={
            fold(name): code
            for code, each in indicators().items()
            for name in (code, each.name.uz, each.name.ru, each.name.en)
        },
        numbers=frozenset(number for number, _, _ in told),
        titles={(key, lead): number for number, key, lead in told},
    )


def to_write(rows: Named[Assignment]) -> Named[Assignment]:
    """The rows of a list with all that its columns need, in a constant number of queries."""
    whole = rows.select_related("clause__act", "decision__session")
    return whole.defer("clause__act__document", "decision__session__document").prefetch_related(
        "co_executors"
    )


def _said(each: object) -> Iterable[str]:
    names: dict[str, str] = getattr(each, "names", {})
    return filter(None, names.values())


def _groups() -> Iterator[tuple[str, str]]:
    for group in Group.objects.filter(closed_at=None):
        yield str(group.number), group.code
        for name in (group.code, *group.names.values()):
            yield fold(name), group.code


def _clauses() -> Iterator[tuple[str, str]]:
    """Each clause by its act's number in every language, its code, and with words between."""
    rows = Clause.objects.filter(act__replaced_by=None).select_related("act")
    for clause in rows:
        act = clause.act
        for name in {act.code, act.number, *act.numbers.values()}:
            yield fold(f"{name} {clause.number}"), written(clause)
            for word in ("band", "пункт", "clause"):
                yield fold(f"{name} {clause.number}-{word}"), written(clause)
                yield fold(f"{name} {word} {clause.number}"), written(clause)
