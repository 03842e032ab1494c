"""Fresh figures as one document, the same for the terminal and for other programs.

Source: ours.
"""

from typing import Any

from marra.evidence.rules.fresh import Fresh, Line
from marra.index.what_if import Standing


def document(found: Fresh) -> dict[str, Any]:
    """What newer inputs would change, with every value that counts and every one that does not."""
    return {
        "country": found.place,
        "edition": found.edition,
        "data_year": found.data_year,
        "published": _standing(found.published),
        "nowcast": {
            **_standing(found.nowcast),
            "egdi_change": found.nowcast.egdi - found.published.egdi,
            "rank_change": found.published.rank - found.nowcast.rank,
            "rank_range": [found.best.rank, found.worst.rank],
            "egdi_range": sorted((found.best.egdi, found.worst.egdi)),
            "others_renewed": found.others,
        },
        "used": len(found.used),
        "inputs": [_line(each) for each in found.lines],
        "data_version": found.data_version,
        "edition_version": found.edition_version,
    }


def _standing(standing: Standing) -> dict[str, float | int | None]:
    return {
        "rank": standing.rank,
        "egdi": standing.egdi,
        "osi": standing.osi,
        "tii": standing.tii,
        "hci": standing.hci,
    }


def _line(line: Line) -> dict[str, Any]:
    given = line.candidate
    return {
        "indicator": given.indicator,
        "survey_value": line.survey_value,
        "survey_year": line.survey_year,
        "value": given.value,
        "day": given.day.isoformat(),
        "basis": given.basis,
        "unit": given.unit,
        "source": given.source,
        "observation": given.code or None,
        "used": line.used,
        "why_not": None if line.why_not is None else line.why_not.name.lower(),
        "reason": None if line.why_not is None else line.why_not.value,
        "egdi_change": line.egdi_change,
        "rank_change": line.rank_change,
        "estimated": line.estimated,
    }
