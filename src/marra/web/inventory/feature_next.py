"""Which missing feature is the cheapest next, with every factor of it in sight."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marra.door import stamp
from marra.evidence.queries.sub_indices import known_weights
from marra.inventory.queries import features as queries
from marra.inventory.queries.features import Entry
from marra.inventory.rules.features import OSI, Feature, State
from marra.inventory.rules.sub_indices import (
    Step,
    Weights,
    assumed,
    first_stays,
    steps,
)
from marra.people.rules.rights import Stamp
from marra.web.inventory.features import line
from marra.web.kept import rests_on_records

Known = dict[str, tuple[Feature, State, float | None]]


@rests_on_records
def show(request: HttpRequest) -> HttpResponse:
    """The missing features: what each would bring against what it takes, every factor shown."""
    every = queries.register(stamp(request), OSI)
    by = known_weights()
    found = missing(every, by)
    told = {each.feature.code: line(each) for each in every}
    count = len(found)
    context = {
        "steps": [(each, told[each.feature.code]) for each in found],
        "count": count,
        "assumed": sum(each.is_assumed for each in found),
        "assumptions": assumed(),
        "stays": first_stays(_known(every), by) if by else True,
        "gain": sum(each.gain for each in found),
        "unknown": sum(each.state is State.UNKNOWN for each in every),
        "weights": by,
    }
    return render(request, "inventory/features_next.html", context)


def missing(every: Sequence[Entry], by: Weights | None) -> tuple[Step, ...]:
    """The steps to features that are not there yet; nothing while no weight is known."""
    return steps(_known(every), by) if by else ()


def step_of(who: Stamp, entry: Entry) -> Step | None:
    """What having a feature would bring; None where it is there or has no weight."""
    found = missing(queries.register(who, OSI), known_weights())
    return next((each for each in found if each.feature.code == entry.feature.code), None)


def _known(every: Sequence[Entry]) -> Known:
    return {
        each.feature.code: (each.feature, each.state, each.row.effort if each.row else None)
        for each in every
    }
