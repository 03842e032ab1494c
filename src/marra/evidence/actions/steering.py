"""Say what an indicator is to reach, who answers for it, and which systems may report."""

import secrets
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from marra.evidence.models.observations import ReportingKey, Responsible, Target
from marra.evidence.queries.keys import visible_to
from marra.evidence.rules import steering
from marra.evidence.rules.indicators import indicator as measured_by
from marra.evidence.rules.keys import BEGINNING, KeyEnded, checked_scope, digest_of
from marra.inventory.queries import bodies
from marra.journal.actions import record
from marra.kit.titles import checked_title
from marra.people.rules import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def set_target(
    stamp: Stamp, indicator: str, *, place: str, value: float, day: date, source: str,
    thing: str = "",
) -> Target:  # fmt: skip
    """Say what an indicator is to reach by a day; another target of that day gives way."""
    stamp.require(*rights("evidence")["target.set"])
    measured = measured_by(indicator)
    steering.checked_target(measured, place=place, value=value, source=source)
    standing = Target.objects.filter(
        indicator=measured.code, place=place, day=day, withdrawn_at=None
    )
    if standing.filter(value=value).exists():
        raise steering.TargetStands
    standing.update(withdrawn_at=stamp.at)
    made = Target.objects.create(
        code=fresh_code("target"),
        indicator=measured.code,
        place=place,
        value=value,
        day=day,
        source=source.strip()[:500],
        thing=thing,
        set_at=stamp.at,
        set_by=stamp.by,
    )
    record(
        stamp, "target.set", made.code, indicator=measured.code, value=value, day=day.isoformat()
    )
    return made


@transaction.atomic
def withdraw_target(stamp: Stamp, code: str) -> Target:
    """Take a target back; what was aimed at stays in the journal."""
    row = Target.all().select_for_update().named(code)
    stamp.require(*rights("evidence")["target.withdrawn"])
    if row.withdrawn_at is not None:
        raise steering.TargetGone
    row.withdrawn_at = stamp.at
    row.save(update_fields=["withdrawn_at"])
    record(stamp, "target.withdrawn", code, indicator=row.indicator)
    return row


@transaction.atomic
def set_responsible(stamp: Stamp, indicator: str, *, body: str) -> Responsible:
    """Say which state body answers for an indicator from now on."""
    stamp.require(*rights("evidence")["responsible.set"])
    measured, who = measured_by(indicator), bodies.named(body)
    last = Responsible.objects.filter(indicator=measured.code).order_by("-since", "-id").first()
    if last is not None and last.body_id == who.pk:
        raise steering.AnswersAlready
    made = Responsible.objects.create(
        code=fresh_code("responsible"),
        indicator=measured.code,
        body=who,
        since=stamp.at,
        set_by=stamp.by,
    )
    record(stamp, "responsible.set", made.code, indicator=measured.code, body=who.code)
    return made


@transaction.atomic
def make_key(
    stamp: Stamp, body: str, *, title: str, indicators: Sequence[str] = ()
) -> tuple[ReportingKey, str]:
    """A key for a body's own system, and its secret, which is shown this once."""
    stamp.require(*rights("evidence")["key.made"])
    secret = BEGINNING + secrets.token_urlsafe(32)
    made = ReportingKey.objects.create(
        code=fresh_code("key"),
        body=bodies.named(body),
        title=checked_title(title),
        digest=digest_of(secret),
        indicators=checked_scope(indicators),
        made_at=stamp.at,
        made_by=stamp.by,
    )
    record(stamp, "key.made", made.code, body=body)
    return made, secret


@transaction.atomic
def end_key(stamp: Stamp, code: str) -> ReportingKey:
    """End a key: what it delivered stays, and it delivers no more."""
    key = visible_to(stamp).select_for_update(of=("self",)).named(code)
    stamp.require(*rights("evidence")["key.ended"])
    if key.ended_at is not None:
        raise KeyEnded(code=code)
    key.ended_at = stamp.at
    key.save(update_fields=["ended_at"])
    record(stamp, "key.ended", code)
    return key
