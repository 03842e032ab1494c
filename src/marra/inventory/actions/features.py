"""Keep the register of features: what a body reports, who answers, and what assessors find."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from marra.inventory.models.features import FeatureState, FeatureVerdict
from marra.inventory.queries import bodies
from marra.inventory.queries import features as queries
from marra.inventory.rules import assessing, things
from marra.inventory.rules.assessing import Part, Stage, Verdict
from marra.inventory.rules.features import (
    FeatureChanged,
    State,
    checked_days,
    checked_effort,
)
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights


@transaction.atomic
def change_feature(
    stamp: Stamp,
    code: str,
    *,
    version: int,
    address: str = "",
    note: str = "",
    effort: float | None = None,
    every_days: int | None = None,
) -> FeatureState:
    """Say where a feature is, what it takes, and how often a machine looks at it."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("inventory")["feature.changed"], of=row.body.code if row.body else "")
    if row.version != version:
        raise FeatureChanged
    told = {
        "address": things.checked_address(address),
        "note": note.strip()[: assessing.LONGEST],
        "effort": checked_effort(effort),
        "every_days": checked_days(every_days),
    }
    fields = Held(row).say(told)
    row.version += 1
    row.save()
    record(stamp, "feature.changed", code, version=row.version, fields=",".join(fields))
    return row


class Held:
    """A feature that is being changed within an action."""

    def __init__(self, row: FeatureState) -> None:
        self.row = row

    def say(self, told: Mapping[str, object]) -> list[str]:
        """Let it say what is told of it; the names of what is otherwise now.

        What a machine saw at another address says nothing of a new one.
        """
        row = self.row
        fields = [name for name, value in told.items() if getattr(row, name) != value]
        for name in fields:
            setattr(row, name, told[name])
        if "address" in fields:
            row.looked_at = row.opens = row.kept = None
        return fields

    def give(self, stamp: Stamp, state: State, *, address: str, note: str) -> FeatureVerdict:
        """Keep a verdict in the round it belongs to; settle that round if it is the second."""
        row = self.row
        before = queries.standing(row)
        if assessing.stage(before) is Stage.SETTLED:
            row.round += 1
            row.save(update_fields=["round"])
            before = ()
        part = assessing.part_of(before, stamp.by)
        made = _keep(stamp, row, part, state, address=address, note=note)
        _settle(stamp, row, made)
        return made


@transaction.atomic
def share_features(
    stamp: Stamp, codes: Sequence[str], *, body: str | None = None, group: str | None = None
) -> int:
    """Say which body answers for features and which group assesses them; None leaves it."""
    stamp.require(*rights("inventory")["features.shared"])
    answers = bodies.bodies().named(body) if body else None
    for code in codes:
        row = queries.locked(stamp, code)
        if body is not None:
            row.body = answers
        if group is not None:
            row.group = group
        row.version += 1
        row.save(update_fields=["body", "group", "version"])
    meant = dict.fromkeys(codes, True)
    record(stamp, "features.shared", "features", body=body, group=group, **meant)
    return len(codes)


@transaction.atomic
def assess_feature(
    stamp: Stamp, code: str, *, verdict: str, address: str = "", note: str = ""
) -> FeatureVerdict:
    """Give the own verdict; a settled round is followed by the next one."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("inventory")["feature.assessed"], of=row.group)
    seen = things.checked_address(address)
    state = assessing.checked_verdict(verdict, seen)
    made = Held(row).give(stamp, state, address=seen, note=note)
    record(stamp, "feature.assessed", code, round=row.round, part=made.part)
    return made


@transaction.atomic
def review_feature(
    stamp: Stamp, code: str, *, verdict: str, address: str = "", note: str
) -> FeatureVerdict:
    """Settle what two assessors see differently; whoever reviews is neither of them."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("inventory")["feature.reviewed"], of=row.group)
    assessing.check_reviewer(queries.standing(row), stamp.by, note)
    seen = things.checked_address(address)
    state = assessing.checked_verdict(verdict, seen)
    made = _keep(stamp, row, Part.REVIEWER, state, address=seen, note=note)
    _settle(stamp, row, made)
    record(stamp, "feature.reviewed", code, round=row.round, state=row.state)
    return made


def _keep(
    stamp: Stamp, row: FeatureState, part: Part, state: State, *, address: str, note: str
) -> FeatureVerdict:
    return FeatureVerdict.objects.create(
        feature=row,
        round=row.round,
        part=part.value,
        verdict=state.value,
        note=note.strip()[: assessing.LONGEST],
        address=address,
        made_at=stamp.at,
        made_by=stamp.by,
    )


def _settle(stamp: Stamp, row: FeatureState, made: FeatureVerdict) -> None:
    """Let the register say what the round came to, once it is settled."""
    verdicts: tuple[Verdict, ...] = queries.standing(row)
    found = assessing.outcome(verdicts)
    if found is None:
        return
    row.state, row.checked_at, row.checked_by = found.value, stamp.at, stamp.by
    if found is not State.NO and not row.address:
        Held(row).say({"address": made.address})
    row.version += 1
    row.save()
