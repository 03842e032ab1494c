"""The register of features as plain documents, for the API: what is open to all."""

from collections.abc import Iterable
from typing import Any

from marra.inventory.queries import features as queries
from marra.inventory.queries.features import Entry
from marra.inventory.rules.features import State
from marra.inventory.rules.sub_indices import Weights, assumed, estimate, parts, steps
from marra.people.rules.rights import Stamp


def register(stamp: Stamp, of_list: str, portal: str, state: str = "") -> list[dict[str, Any]]:
    """Every feature of a list, or those in one state, with what is known of it."""
    every = queries.register(stamp, of_list, portal)
    return [_feature(each) for each in every if state in ("", each.state.value)]


def sums(stamp: Stamp, of_list: str, portal: str, by: Weights | None) -> dict[str, Any]:
    """What the states of a list come to: its modules, and the index between two bounds."""
    every = queries.register(stamp, of_list, portal)
    found = parts((each.feature.module, each.state) for each in every)
    bounds = estimate(found, by) if by else None
    return {
        "features": len(every),
        "states": _counted(each.state for each in every),
        "modules": [
            {
                "module": part.module.value,
                "features": part.size,
                "states": {state.value: part.counts.get(state, 0) for state in State},
                "share": {"low": part.share.low, "high": part.share.high},
                "weight": by.of.get(part.module) if by else None,
            }
            for part in found
        ],
        "estimate": {"low": bounds.low, "high": bounds.high} if bounds else None,
        "weights": _weights(by),
    }


def cheapest(stamp: Stamp, of_list: str, by: Weights | None) -> dict[str, Any]:
    """The missing features, the most gained for the least effort first, every factor told."""
    every = queries.register(stamp, of_list)
    known = {
        each.feature.code: (each.feature, each.state, each.row.effort if each.row else None)
        for each in every
    }
    codes = {each.feature.code: each.code for each in every}
    told = assumed()
    return {
        "weights": _weights(by),
        "assumed": {"days": dict(told.days), "partly": told.partly, "basis": told.basis},
        "steps": [
            {
                "code": codes[step.feature.code],
                "state": step.state.value,
                "weight": step.weight,
                "features": step.size,
                "gain": step.gain,
                "gain_of_egdi": step.gain_whole,
                "effort": step.effort,
                "effort_is_assumed": step.is_assumed,
                "gain_for_100_days": step.worth,
            }
            for step in (steps(known, by) if by else ())
        ],
    }


def _counted(states: Iterable[State]) -> dict[str, int]:
    told = list(states)
    return {state.value: told.count(state) for state in State}


def _weights(by: Weights | None) -> dict[str, Any] | None:
    if by is None:
        return None
    of = {module.value: weight for module, weight in by.of.items()}
    return {"edition": by.edition, "basis": by.basis, "source": by.source, "of": of}


def _feature(each: Entry) -> dict[str, Any]:
    row, name = each.row, each.feature.name
    return {
        "code": each.code,
        "number": each.feature.code,
        "module": each.feature.module.value,
        "about": each.feature.of or None,
        "names": {"uz": name.uz, "uz-cyrl": name.uz_cyrl, "ru": name.ru, "en": name.en},
        "state": each.state.value,
        "address": (row.address or None) if row else None,
        "body": row.body.code if row and row.body else None,
        "assessed_at": row.checked_at.isoformat() if row and row.checked_at else None,
        "round": row.round if row else None,
        "looked_at": row.looked_at.isoformat() if row and row.looked_at else None,
        "opens": row.opens if row else None,
        "kept": row.kept if row else None,
    }
