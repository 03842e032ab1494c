"""Acts and obligations as documents that programs read: plain values, days in ISO 8601."""

from typing import Any

from marra.commission.models.acts import Act
from marra.commission.queries import acts
from marra.commission.queries.obligations import Line, Whole
from marra.commission.rules.obligations import State
from marra.kit.text import LANGUAGES, Text


def obligation(line: Line) -> dict[str, Any]:
    """An obligation with what it asks for and how it stands."""
    row, asked, found = line.row, line.asked, line.standing
    return {
        "code": row.code,
        "act": row.act.code,
        "clause": row.clause.number,
        "source_kind": row.act.kind,
        "what": languages(row.what),
        "who": languages(row.who),
        "who_basis": row.who_basis,
        "state": found.state.name.lower().replace("_", "-"),
        "days": found.days,
        "due": found.due and found.due.isoformat(),
        "due_from": found.due_from.name.lower() if found.due else None,
        "starts": row.starts and row.starts.isoformat(),
        "measure": asked.measure or None,
        "basis": asked.basis or None,
        "relation": asked.relation or None,
        "target": asked.target,
        "unit": row.unit or None,
        "reading": row.reading or None,
        "met_since": found.since and found.since.isoformat(),
        "shown_by": _shown(line),
    }


def whole(found: Whole) -> dict[str, Any]:
    """One obligation with its clause, every value, every day set and every proof that stands."""
    row = found.line.row
    return {
        **obligation(found.line),
        "text": languages(row.clause.texts),
        "original": row.clause.original or None,
        "note": languages(row.note) if row.note else None,
        "values": [_value(each.value, each.day, each.source, each.link) for each in found.seen],
        "days_set": [
            {"due": each.due.isoformat(), "reason": each.reason, "set_at": each.set_at.isoformat()}
            for each in found.days
        ],
        "proofs": [
            {
                "met": each.met,
                **_value(each.value, each.day, each.text, each.link),
                "accepted_at": each.made_at.isoformat(),
            }
            for each in found.proofs
            if each.withdrawn_at is None
        ],
    }


def act(row: Act) -> dict[str, Any]:
    """An act with its days, source and clauses."""
    read = acts.whole(row)
    return {
        "code": row.code,
        "kind": row.kind,
        "number": languages(row.numbers),
        "title": languages(row.titles),
        "signed_on": row.signed_on and row.signed_on.isoformat(),
        "published_on": row.published_on and row.published_on.isoformat(),
        "in_force_from": row.in_force_from and row.in_force_from.isoformat(),
        "source": row.address,
        "basis": row.basis,
        "version": row.version,
        "digest": row.digest,
        "clauses": [
            {
                "number": each.number,
                "parent": each.parent or None,
                "original": each.original or None,
                "text": _texts(each.text),
                "obligations": [o.code for o in read.obligations if o.clause == each.number],
            }
            for each in read.clauses
        ],
    }


def languages(texts: dict[str, str]) -> dict[str, str]:
    """A text by the language codes that stand in addresses."""
    return _texts(Text(**texts)) if texts else {}


def _texts(text: Text) -> dict[str, str]:
    return {language: text.into(language) for language in LANGUAGES}


def _shown(line: Line) -> dict[str, Any] | None:
    """The value or proof that decides: with its day and its source."""
    found, row = line.standing, line.row
    if row.proof == "fact" and found.state is State.MET:
        return {"kind": "fact", **_value(None, found.due, row.act.number, row.act.address)}
    if found.proof is not None:
        proof = found.proof
        return {"kind": "proof", **_value(proof.value, proof.day, proof.text, proof.link)}
    if found.seen is not None:
        seen = found.seen
        return {"kind": "value", **_value(seen.value, seen.day, seen.source, seen.link)}
    return None


def _value(value: float | None, day: Any, source: str, link: str) -> dict[str, Any]:
    return {
        "value": value,
        "day": day and day.isoformat(),
        "source": source,
        "link": link or None,
    }
