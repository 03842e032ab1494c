"""Read the register of features: open to all; verdicts to staff, and not before both are in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from marra.inventory.models.features import FeatureState, FeatureVerdict
from marra.inventory.rules import assessing
from marra.inventory.rules.assessing import Part, Stage, Verdict
from marra.inventory.rules.features import Feature, State, code_of, features, named
from marra.people.rules.rights import APPOINTED, Role, Stamp
from marra.store import Named


@dataclass(frozen=True, slots=True)
class Entry:
    """One feature of a list with what is known of it; `row` is None while nothing was said."""

    feature: Feature
    code: str
    row: FeatureState | None

    @property
    def state(self) -> State:
        """How far it is there."""
        return State(self.row.state) if self.row else State.UNKNOWN

    @property
    def is_shut(self) -> bool:
        """Whether a machine found that its address does not open."""
        return self.row is not None and self.row.opens is False


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict with its note and address, as somebody may read it."""

    verdict: Verdict
    round: int
    note: str
    address: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Round:
    """One round of assessment as somebody may read it."""

    number: int
    stage: Stage
    outcome: State | None
    at: datetime
    said: tuple[Said, ...]  # of what may be read


def visible_to(_stamp: Stamp) -> Named[FeatureState]:
    """Every feature something was said of: where the state stands is open to all."""
    return FeatureState.all().select_related("body")


def register(stamp: Stamp, of_list: str, portal: str = "") -> tuple[Entry, ...]:
    """The whole list, each feature with what is known of it."""
    rows = {each.feature: each for each in visible_to(stamp).filter(list=of_list, portal=portal)}
    return tuple(
        Entry(each, code_of(each, portal), rows.get(code))
        for code, each in features(of_list).items()
    )


def states(of_list: str, portal: str = "") -> Mapping[Feature, State]:
    """How far each feature of a list is there, as the register says now."""
    rows = FeatureState.objects.filter(list=of_list, portal=portal)
    told = dict(rows.values_list("feature", "state"))
    return {each: State(told.get(code, State.UNKNOWN)) for code, each in features(of_list).items()}


def one(stamp: Stamp, code: str) -> Entry:
    """One feature with what is known of it; refuses with `NoSuchFeature`."""
    feature, _ = named(code)
    return Entry(feature, code, visible_to(stamp).filter(code=code).first())


def locked(stamp: Stamp, code: str) -> FeatureState:
    """The row of a feature for a change; made if nothing was said of it yet."""
    feature, portal = named(code)
    told = {"feature": feature.code, "list": feature.list, "portal": portal}
    FeatureState.objects.get_or_create(code=code, defaults=told)
    return visible_to(stamp).select_for_update(of=("self",)).named(code)


def reads_verdicts(stamp: Stamp) -> bool:
    """Whether this person reads who said what: whoever holds a role."""
    return bool(stamp.scopes(*APPOINTED))


def standing(row: FeatureState) -> tuple[Verdict, ...]:
    """The verdicts that count in the round begun last."""
    rows = row.verdicts.filter(round=row.round).order_by("id")
    return assessing.standing(map(_verdict, rows))


def next_round(row: FeatureState) -> int:
    """The number of the round that a verdict given now would begin; 0 if one is under way."""
    return row.round + 1 if assessing.stage(standing(row)) is Stage.SETTLED else 0


def rounds(stamp: Stamp, row: FeatureState) -> list[Round]:
    """The rounds of a feature as this person may read them, the newest first."""
    by_round: dict[int, dict[str, FeatureVerdict]] = defaultdict(dict)
    for each in row.verdicts.order_by("id"):
        by_round[each.round][each.part] = each
    return [_round(stamp, number, by_round[number].values()) for number in sorted(by_round)[::-1]]


def stages(rows: Sequence[FeatureState]) -> Mapping[int, tuple[Stage, tuple[Verdict, ...]]]:
    """How far the round of each row is, with its verdicts, by primary key: one question."""
    found: dict[int, list[Verdict]] = defaultdict(list)
    rounds_now = {row.pk: row.round for row in rows}
    for each in FeatureVerdict.objects.filter(feature__in=rows).order_by("id"):
        if each.round == rounds_now[each.feature_id]:
            found[each.feature_id].append(_verdict(each))
    stand = {pk: assessing.standing(found.get(pk, ())) for pk in rounds_now}
    return {pk: (assessing.stage(each), each) for pk, each in stand.items()}


def own_open(stamp: Stamp, rows: Sequence[FeatureState]) -> Mapping[int, FeatureVerdict]:
    """What this person said in rounds that wait for the other assessor, by row: one question."""
    staged = stages(rows)
    waiting = {row.pk: row.round for row in rows if staged[row.pk][0] is Stage.ONE_IN}
    found = FeatureVerdict.objects.filter(feature__in=waiting, made_by=stamp.by).order_by("id")
    return {each.feature_id: each for each in found if each.round == waiting[each.feature_id]}


def assessed_by(stamp: Stamp, role: Role) -> Named[FeatureState]:
    """The features that fall to this person in a role: all, or those of the groups it is in."""
    rows = visible_to(stamp)
    scopes = stamp.scopes(role)
    return rows if "" in scopes else rows.filter(group__in=scopes - {""})


def _round(stamp: Stamp, number: int, rows: Iterable[FeatureVerdict]) -> Round:
    told = list(rows)
    verdicts = [_verdict(each) for each in told]
    may_read = set(assessing.readable(verdicts, stamp.by)) if reads_verdicts(stamp) else set()
    said = [
        Said(verdict, each.round, each.note, each.address, each.made_at)
        for each, verdict in zip(told, verdicts, strict=True)
        if verdict in may_read
    ]
    order = list(Part)
    return Round(
        number,
        assessing.stage(verdicts),
        assessing.outcome(verdicts),
        max(each.made_at for each in told),
        tuple(sorted(said, key=lambda each: order.index(each.verdict.part))),
    )


def _verdict(row: FeatureVerdict) -> Verdict:
    return Verdict(Part(row.part), State(row.verdict), row.made_by)
