"""What this room itself can tell the index: what the Survey published of our country.

An edition's figures are of the last day of its year, or of the day they came if the year runs.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from math import isnan

from django.conf import settings

from marra.evidence.queries import releases as queries
from marra.evidence.rules.indicators import indicator
from marra.evidence.rules.releases import FIGURES
from marra.index.edition import PILLARS
from marra.index.measurement import Measurement
from marra.index.survey import NO_INDEX, Survey

BASIS = "published"


def rank(on: date) -> Measurement | None:
    """The place by the EGDI in the latest edition known on a day."""
    return _published("egdi.rank", on)


def egdi(on: date) -> Measurement | None:
    """The EGDI in the latest edition known on a day."""
    return _published("egdi", on)


def osi(on: date) -> Measurement | None:
    """The Online Service Index in the latest edition known on a day."""
    return _published("osi", on)


def tii(on: date) -> Measurement | None:
    """The Telecommunication Infrastructure Index in the latest edition known on a day."""
    return _published("tii", on)


def hci(on: date) -> Measurement | None:
    """The Human Capital Index in the latest edition known on a day."""
    return _published("hci", on)


def epi(on: date) -> Measurement | None:
    """The E-Participation Index in the latest edition known on a day."""
    return _published("epi", on)


def days(on: date) -> tuple[date, ...]:
    """The day of each edition known on a day, oldest first."""
    return tuple(day for day in _days(queries.data_version()).values() if day <= on)


@lru_cache(maxsize=4)
def _days(_data_version: str) -> Mapping[int, date]:
    standing = queries.releases().filter(kind=FIGURES, code__in=queries.current_codes())
    taken = dict(standing.values_list("edition", "taken_at"))
    return {year: min(date(year, 12, 31), taken[year].date()) for year in sorted(taken)}


def _published(code: str, on: date) -> Measurement | None:
    days_of = _days(queries.data_version())
    known = {day: year for year, day in days_of.items() if day <= on}
    if not known:
        return None
    day = max(known)
    survey = queries.survey(known[day])
    value = _value(survey, code)
    if value is None:
        return None
    return Measurement(
        indicator=code,
        place=settings.COUNTRY,
        value=value,
        unit=indicator(code).unit.value,
        basis=BASIS,
        on=day,
        vintage=on,
        source=survey.edition.title,
    )


def _value(survey: Survey, code: str) -> float | None:
    row = survey.rows.get(settings.COUNTRY)
    if row is None or NO_INDEX in survey.flags[row]:
        return None
    if code == "egdi.rank":
        return float(survey.ranks[row])
    if code in PILLARS:
        value = float(survey.pillars[row, PILLARS.index(code)])
    else:
        value = float({"egdi": survey.egdi, "epi": survey.epi}[code][row])
    return None if isnan(value) else value
