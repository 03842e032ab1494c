"""Read what a file of features would change, before anything changes; and the files themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from marra.inventory.models.features import FeatureState
from marra.inventory.queries import features as queries
from marra.inventory.queries.features import Entry
from marra.inventory.rules.assessing import Stage, Verdict, WaitsForReviewer
from marra.inventory.rules.feature_files import Of, Told, read
from marra.kit.findings import Findings
from marra.kit.text import gettext_noop
from marra.people.rules.rights import Stamp, rights

NOT_YOURS = gettext_noop(
    "The feature “{code}” is not given to you: another group assesses it, or another body answers."
)
DEEDS = {Of.ANSWERS: "features.answered", Of.FACTS: "features.written"}


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    NEXT = "next"  # begins the next round
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Planned:
    """A row of a file, what becomes of it, and what it changes: each field before and after."""

    told: Told
    fate: Fate
    fields: Mapping[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file of features as it would be taken in."""

    of: Of
    plan: tuple[Planned, ...]

    def count(self, fate: Fate) -> int:
        """How many rows come to that."""
        return sum(each.fate is fate for each in self.plan)

    @property
    def changes_anything(self) -> bool:
        """Whether any row is new or otherwise."""
        return any(each.fate is not Fate.SAME for each in self.plan)


def told_in(name: str, content: bytes, of: Of) -> tuple[Told, ...]:
    """What a file says; refuses with `FileRefused`."""
    findings = Findings(name)
    found = read(content, findings, of)
    findings.settle()
    return found


def scopes(told: Sequence[Told], of: Of) -> tuple[str, ...]:
    """The groups, or the bodies, that the features of a file are given to."""
    rows = _rows(told)
    return tuple(sorted({_scope(rows.get(each.code), of) for each in told}))


def prepare(stamp: Stamp, name: str, told: Sequence[Told], of: Of) -> Prepared:
    """What a file would change, row by row; refuses with every row that cannot be taken in."""
    findings = Findings(name)
    rows = _rows(told)
    staged = queries.stages(list(rows.values()))
    roles = rights("inventory")[DEEDS[of]]
    plan = []
    for each in told:
        row = rows.get(each.code)
        if not any(stamp.holds(role, _scope(row, of)) for role in roles):
            findings.refuse(NOT_YOURS, line=each.line, column="code", code=each.code)
            continue
        stage, verdicts = staged[row.pk] if row else (Stage.OPEN, ())
        if of is Of.ANSWERS and stage is Stage.DIFFER and not _own(verdicts, stamp, each):
            findings.refuse(WaitsForReviewer.sentence, line=each.line, column="code")
            continue
        plan.append(_facts(each, row) if of is Of.FACTS else _answer(stamp, each, stage, verdicts))
    findings.settle()
    return Prepared(of, tuple(plan))


def _own(verdicts: Sequence[Verdict], stamp: Stamp, told: Told) -> bool:
    """Whether the round has this very answer of this person already."""
    return any(v.by == stamp.by and v.state.value == told.says["verdict"] for v in verdicts)


def _answer(stamp: Stamp, told: Told, stage: Stage, verdicts: Sequence[Verdict]) -> Planned:
    own = next((each.state.value for each in verdicts if each.by == stamp.by), None)
    after = told.says["verdict"]
    fields = {"verdict": (own, after)}
    if own == after:
        return Planned(told, Fate.SAME, {})
    if stage is Stage.SETTLED:
        return Planned(told, Fate.NEXT, {"verdict": (None, after)})
    return Planned(told, Fate.NEW if own is None else Fate.CHANGED, fields)


def _facts(told: Told, row: FeatureState | None) -> Planned:
    fields = {
        name: (getattr(row, name, None), value)
        for name, value in told.says.items()
        if getattr(row, name, None) != value
    }
    known = row is not None and any(before not in (None, "") for before, _ in fields.values())
    fate = (Fate.CHANGED if known else Fate.NEW) if fields else Fate.SAME
    return Planned(told, fate, fields)


def _rows(told: Sequence[Told]) -> dict[str, FeatureState]:
    rows = FeatureState.all().select_related("body").filter(code__in=[t.code for t in told])
    return {row.code: row for row in rows}


def _scope(row: FeatureState | None, of: Of) -> str:
    if row is None:
        return ""
    if of is Of.ANSWERS:
        return row.group
    return row.body.code if row.body else ""


def to_answer(stamp: Stamp, of_list: str, portal: str) -> Iterator[tuple[Entry, str, str, str]]:
    """The features this person assesses, each with the own standing answer, address and note.

    Of nobody else's answer anything stands here.
    """
    every = [
        each
        for each in queries.register(stamp, of_list, portal)
        if _holds(stamp, _scope(each.row, Of.ANSWERS), Of.ANSWERS)
    ]
    rows = [each.row for each in every if each.row]
    own = queries.own_open(stamp, rows)
    for each in every:
        said = own.get(each.row.pk) if each.row else None
        yield (each, *((said.verdict, said.address, said.note) if said else ("", "", "")))


def to_write(stamp: Stamp, of_list: str, portal: str) -> Iterator[Entry]:
    """The features of which this person says what they take, with what is said now."""
    for each in queries.register(stamp, of_list, portal):
        if _holds(stamp, _scope(each.row, Of.FACTS), Of.FACTS):
            yield each


def _holds(stamp: Stamp, scope: str, of: Of) -> bool:
    return any(stamp.holds(role, scope) for role in rights("inventory")[DEEDS[of]])
