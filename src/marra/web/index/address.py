"""What an address of the index asks for, with the house's defaults filled in.

Source: ours; one address is one state.
"""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest

from marra.evidence.queries import releases as queries
from marra.web.charts.asked import Asked, edition, read
from marra.web.charts.reading import ranked


def without_empty(request: HttpRequest) -> str:
    """The address without the boxes that were left empty; nothing when none was.

    Browsers send every box of a form; a state has one address only if the empty ones go.
    """
    query = request.GET.copy()
    empty = [name for name, values in request.GET.lists() if not any(values)]
    for name in empty:
        del query[name]
    return f"{request.path}?{query.urlencode()}" if empty else ""


def asked(query: Mapping[str, str], *, place: str = "") -> Asked:
    """The state that the query describes; the country may come from the path instead."""
    year = edition(query.get("edition", ""), queries.years())
    survey = queries.survey(year)
    words = {name: query[name] for name in query}
    if place:
        words["place"] = place
    return read(
        words,
        years=queries.years(),
        members=len(ranked(survey)),
        place_=settings.COUNTRY,
        goal=settings.GOAL_RANK,
    )
