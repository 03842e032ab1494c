"""A chart of a plan: the parts that all of them fill alike.

Source: ours.
"""

from collections.abc import Callable

from marra.web.charts.canvas import Canvas
from marra.web.charts.chart import Chart, Table
from marra.web.charts.planned import Planned

ROUTE = "plan-chart"


def framed(
    planned: Planned,
    *,
    name: str,
    title: str,
    subtitle: str,
    told: str,
    table: Table,
    draw: Callable[[int], Canvas],
) -> Chart:
    """The chart, with source, note, citation and versions of its plan."""
    return Chart(
        name=name,
        language=planned.language,
        title=title,
        subtitle=subtitle,
        alternative=f"{title}. {told}",
        table=table,
        source=planned.source,
        note=planned.note,
        citation=planned.citation(title),
        query=planned.query,
        data_version=planned.answer.grounds.data_version,
        edition_version=planned.answer.grounds.edition_version,
        draw=draw,
        route=ROUTE,
    )
