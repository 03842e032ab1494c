"""What happened to a feature: rounds that were settled, changes, and looks of the machine.

What each round came to and what a machine saw is open to all. Who changed what is read by those
who hold a role. A round that is not settled is no part of it: its verdicts are not to be known.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.utils import timezone

from marra.inventory.models.features import FeatureState, FeatureVerdict
from marra.inventory.queries import feature_looks
from marra.inventory.queries.features import reads_verdicts
from marra.inventory.rules import assessing
from marra.inventory.rules.assessing import Part, Settled, Verdict
from marra.inventory.rules.features import State
from marra.inventory.rules.looks import State as LookState
from marra.journal.queries import entries
from marra.people.rules.rights import Stamp

MOST_LOOKS: Final = 30


class Kind(StrEnum):
    """What happened."""

    SETTLED = "settled"
    CHANGED = "changed"
    SHARED = "shared"
    LOOKED = "looked"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a feature, and who did it where the reader may know."""

    kind: Kind
    at: datetime
    by: str
    facts: Mapping[str, Any]


def history(stamp: Stamp, row: FeatureState) -> tuple[Event, ...]:
    """Everything that happened to a feature as this person may read it, the newest first."""
    told = [*_rounds(row), *_looks(row)]
    if reads_verdicts(stamp):
        told += _changes(row)
    return tuple(sorted(told, key=lambda each: each.at, reverse=True))


def settled_rounds(of_list: str, portal: str) -> tuple[Settled, ...]:
    """Every round of a list that was settled, from the first to the last: one question."""
    rows = FeatureVerdict.objects.filter(feature__list=of_list, feature__portal=portal)
    told = rows.order_by("id").values_list(
        "feature__feature", "round", "part", "verdict", "made_by", "made_at"
    )
    found: dict[tuple[str, int], list[tuple[Verdict, datetime]]] = {}
    for feature, number, part, verdict, by, at in told:
        said = (Verdict(Part(part), State(verdict), by), timezone.localtime(at))
        found.setdefault((feature, number), []).append(said)
    return assessing.settled(found)


def _rounds(row: FeatureState) -> Iterator[Event]:
    found: dict[tuple[str, int], list[tuple[Verdict, datetime]]] = {}
    for each in row.verdicts.order_by("id"):
        verdict = Verdict(Part(each.part), State(each.verdict), each.made_by)
        found.setdefault((row.feature, each.round), []).append((verdict, each.made_at))
    for done in assessing.settled(found):
        facts = {"round": done.number, "state": done.outcome.value}
        yield Event(Kind.SETTLED, done.at, "", facts)


def _looks(row: FeatureState) -> Iterator[Event]:
    ended = (LookState.DONE, LookState.REFUSED, LookState.LOST)
    for run in feature_looks.of_feature(row).filter(state__in=ended)[:MOST_LOOKS]:
        facts = {**run.facts, "state": run.state, "asked": run.address}
        yield Event(Kind.LOOKED, run.ended_at or run.asked_at, "", facts)


def _changes(row: FeatureState) -> Iterator[Event]:
    for entry in entries.of(row.code).filter(deed="feature.changed"):
        yield Event(Kind.CHANGED, entry.at, entry.by, entry.facts)
    kinds = {"features.shared": Kind.SHARED, "features.written": Kind.CHANGED}
    meant = entries.of("features").filter(deed__in=kinds, facts__has_key=row.code)
    for entry in meant:
        yield Event(kinds[entry.deed], entry.at, entry.by, entry.facts)
