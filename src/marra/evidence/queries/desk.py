"""Read the data desk: returns with their answers, cases with their steps, figures that differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from marra.evidence.models.desk import Discrepancy, DiscrepancyStep, Return, ReturnItem
from marra.evidence.models.observations import Observation
from marra.evidence.queries import releases
from marra.evidence.queries.board import last_points
from marra.evidence.queries.fresh import publisher
from marra.evidence.queries.observations import sees_all, series
from marra.evidence.rules import desk
from marra.evidence.rules.desk import Collection
from marra.evidence.rules.discrepancies import Differs, National, Published, differs
from marra.evidence.rules.fresh import Worth, worth
from marra.evidence.rules.indicators import Indicator, indicators
from marra.index.components import components
from marra.index.survey import Survey
from marra.people.rules import Stamp
from marra.store import Named


@dataclass(frozen=True, slots=True)
class Asked:
    """A collection in one year: when it is answered, and the return if there is one."""

    collection: Collection
    year: int
    opens: date
    due: date
    made: Return | None


@dataclass(frozen=True, slots=True)
class Proposed:
    """Two figures that differ, and what the difference is worth."""

    differs: Differs
    worth: Worth | None
    case: Discrepancy | None  # the open one, if it is followed


def returns_for(stamp: Stamp) -> Named[Return]:
    """The returns this person may know of: those who hold a role know all."""
    rows = Return.all().select_related("body")
    return rows if sees_all(stamp) else rows.none()


def cases_for(stamp: Stamp) -> Named[Discrepancy]:
    """The cases this person may know of: those who hold a role know all."""
    rows = Discrepancy.all().select_related("body", "observation")
    return rows if sees_all(stamp) else rows.none()


def items(made: Return) -> list[ReturnItem]:
    """The answers of a return, in the order of the questions."""
    return list(made.items.select_related("observation"))


def steps(case: Discrepancy) -> list[DiscrepancyStep]:
    """What happened in a case, the oldest first."""
    return list(case.steps.select_related("file").order_by("day", "id"))


def series_of(case: Discrepancy) -> list[Observation]:
    """The national values of a case's indicator on its basis, the oldest first."""
    if case.observation is None:
        return []
    rows = series(case.indicator, case.place)
    return [each for each in rows if each.basis == case.observation.basis]


def calendar(stamp: Stamp, year: int) -> list[Asked]:
    """Every collection that is asked for in a year, the first to be due first."""
    made = {each.collection: each for each in returns_for(stamp).filter(year=year)}
    found = [
        Asked(each, year, *each.window(year), made.get(each.code))
        for each in desk.collections().values()
        if each.asked_in(year)
    ]
    return sorted(found, key=lambda asked: (asked.due, asked.collection.code))


def unopened(on: date) -> list[tuple[Collection, int]]:
    """What may be answered on a day and has no return yet, the first to be due first."""
    made = set(Return.objects.values_list("collection", "year"))
    return [(each, year) for each, year in desk.opening(on) if (each.code, year) not in made]


def years(stamp: Stamp) -> list[int]:
    """The years there are returns of, the newest first."""
    return sorted(set(returns_for(stamp).values_list("year", flat=True)), reverse=True)


def before(made: Return) -> Mapping[str, ReturnItem]:
    """What was answered in the return of the same collection before, by question."""
    last = (
        Return.objects.filter(collection=made.collection, year__lt=made.year)
        .prefetch_related(Prefetch("items", ReturnItem.objects.exclude(value="")))
        .order_by("-year")
        .first()
    )
    return {} if last is None else {each.question: each for each in last.items.all()}


def published(measured: Indicator, place: str, survey: Survey | None = None) -> Published | None:
    """The newest figure that is published of an input, in the Survey or for the one to come."""
    survey = survey or releases.survey(releases.latest())
    found = [
        raw
        for raw in (
            survey.input_facts.get((place, measured.code)),
            *(
                raw
                for raw in components().get(survey.year + 2, ())
                if raw.place == place and raw.indicator == measured.code
            ),
        )
        if raw is not None and raw.data_year is not None
    ]
    if not found:
        return None
    newest = max(found, key=lambda raw: raw.data_year or 0)
    return Published(newest.value, newest.data_year or 0, publisher(newest.source))


def proposed(place: str, stamp: Stamp) -> list[Proposed]:
    """Every input whose national figure differs from the published one, worth most first."""
    watched = [each for each in indicators().values() if each.tolerance is not None]
    values = last_points(place, stamp, [each.code for each in watched])
    survey = releases.survey(releases.latest())
    open_cases = {
        each.indicator: each
        for each in cases_for(stamp).filter(place=place).exclude(state__in=ENDED)
    }
    found = []
    for measured in watched:
        ours = _national(values.get(measured.code, ()))
        told = differs(measured, ours, published(measured, place, survey))
        if told is not None:
            won = worth(survey, place, measured.code, told.national.value)
            found.append(Proposed(told, won, open_cases.get(measured.code)))
    return sorted(found, key=lambda each: -(each.worth.egdi_change if each.worth else 0.0))


ENDED = ("accepted", "refused", "dropped")


def _national(rows: Sequence[Observation]) -> list[National]:
    return [
        National(each.code, each.value, each.day, each.basis, each.source)
        for each in rows
        if each.origin != "room"
    ]
