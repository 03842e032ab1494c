"""The public catalogue as documents, for programs."""

from datetime import datetime
from typing import Any

from marra.flow.automation import DAYS
from marra.people.rules.rights import Stamp
from marra.portal.models.catalogue import Service
from marra.portal.queries import amounts, definitions
from marra.portal.queries.catalogue import Asked, asked_for, published
from marra.portal.queries.finding import found
from marra.portal.queries.levels import level_of
from marra.portal.rules.money import in_soum, standing
from marra.portal.rules.services import PUBLIC


def listed(asked: Asked, offset: int, limit: int) -> dict[str, Any]:
    """The public services that are asked for, from one place on."""
    rows = asked_for(published(), asked)
    shown = rows[offset : offset + limit]
    return {"total": rows.count(), "services": [_brief(each) for each in shown]}


def answering(stamp: Stamp, words: str, limit: int) -> dict[str, Any]:
    """The public services that answer a question, the best first."""
    hits = found(stamp, words, limit)
    return {"total": len(hits), "services": [_brief(each.service) for each in hits]}


def whole(code: str, at: datetime) -> dict[str, Any]:
    """One public service; refuses with `NothingNamed`."""
    row, today = published().named(code), at.date()
    amount = amounts.amount(today)
    running = definitions.standing(row)
    fees = standing(amounts.fees(row.fees.all()), today)
    return {
        **_brief(row),
        "about": row.about,
        "fees": [
            {
                "least": float(each.least),
                "most": float(each.most),
                "soum_least": in_soum(each.least, amount),
                "soum_most": in_soum(each.most, amount),
                "what": each.what,
                "per": each.per,
            }
            for each in fees
        ],
        "documents": row.documents or [],
        "legal": row.legal,
        "steps": row.steps,
        "level": _level(row, at),
        "events": [each.event for each in row.occasions.all()],
        "channels": [
            {
                "channel": each.channel,
                "since": each.since.isoformat() if each.since else None,
                "address": each.address or None,
            }
            for each in row.openings.all()
        ],
        "parts": list(row.parts.filter(state__in=PUBLIC).values_list("code", flat=True)),
        "definition": running.digest if running else None,
        "version": running.number if running else None,
    }


def _brief(row: Service) -> dict[str, Any]:
    return {
        "code": row.code,
        "names": row.names,
        "body": row.body.code if row.body else None,
        "audience": row.audience,
        "kind": row.kind,
        "state": row.state,
        "state_why": row.state_why or None,
        "term": row.term,
    }


def _level(row: Service, at: datetime) -> dict[str, Any]:
    found = level_of(row, at)
    why = [each.format(days=DAYS) for each in found.why]
    return {"number": None if found.level is None else int(found.level), "why": why}
