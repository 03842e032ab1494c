"""From the index's own results to the shapes of the API."""

from functools import lru_cache
from math import isnan
from typing import Any

from marra.door import say
from marra.index.compute import score
from marra.index.edition import Statement
from marra.index.gap import Explanation
from marra.index.groups import level
from marra.index.survey import NO_INDEX, Survey
from marra.kit.places import place


def versions(survey: Survey) -> dict[str, str]:
    """What an answer about a survey was computed from."""
    return {"data_version": survey.version, "edition_version": survey.edition.version}


def said(message: str) -> str:
    """A sentence of the index, in the language asked for."""
    return say(message, {})


def statement(told: Statement) -> dict[str, str]:
    """A statement about the method, with how well it is known."""
    return {"says": said(told.says), "basis": told.basis, "source": told.source}


def number(value: float) -> float | None:
    """A number, or null where none was published."""
    return None if isnan(value) else float(value)


def figures(survey: Survey, row: int) -> dict[str, Any]:
    """The published figures of a country."""
    has_index = NO_INDEX not in survey.flags[row]
    egdi = float(survey.egdi[row])
    osi, tii, hci = (number(value) for value in survey.pillars[row])
    return {
        "country": survey.places[row],
        "name": place(survey.places[row]).name.en,
        "rank": int(survey.ranks[row]) if has_index else None,
        "egdi": egdi if has_index else None,
        "osi": osi,
        "tii": tii,
        "hci": hci,
        "epi": number(survey.epi[row]),
        "level": level(egdi) if has_index else None,
        "flags": sorted(survey.flags[row]),
    }


@lru_cache(maxsize=32)
def table(survey: Survey) -> tuple[dict[str, Any], ...]:
    """The published figures of every country, made once for each survey."""
    return tuple(figures(survey, row) for row in range(len(survey.places)))


def edition(survey: Survey) -> dict[str, Any]:
    """An edition in short."""
    return {
        "edition": survey.year,
        "title": survey.edition.title,
        "members": len(survey.places),
        "ranked": len(score(survey)),
        "provisional": survey.edition.provisional,
        "data_year": survey.edition.data_year,
        "breaks": [said(each) for each in survey.edition.breaks],
        **versions(survey),
    }


def explanation(found: Explanation) -> dict[str, Any]:
    """A gap and what it is made of."""
    return {
        "country": found.place,
        "edition": found.edition,
        "targets": list(found.targets),
        "to_rank": found.to_rank,
        "score": found.score,
        "target_score": found.target_score,
        "gap": found.gap,
        "contributions": found.contributions,
        "data_version": found.data_version,
        "edition_version": found.edition_version,
    }
