"""What a quarterly report says, for the pages that show it.

Source: ours.
"""

from typing import Any

from marra.commission.rules.reports import Report
from marra.web.charts.cells import Shown, shown
from marra.web.charts.chart import Table
from marra.web.commission import report_papers as papers
from marra.web.commission import report_tables as tables


def told(found: Report) -> dict[str, Any]:
    """What a report says, for a page."""
    return {
        "report": found,
        "heads": papers.heads(),
        "facts": papers.facts(found.execution.total),
        "targets": lines(tables.targets(found.targets)),
        "led": lines(tables.bodies(found.execution.bodies, lead=True)),
        "helped": lines(tables.bodies(found.execution.bodies, lead=False)),
        "delays": papers.delays(found),
        "delayed": lines(tables.delayed(found.delayed[: papers.MOST_ROWS])),
        "delayed_left": max(0, len(found.delayed) - papers.MOST_ROWS),
        "problems": [tables.problem(each) for each in found.problems],
        "offered": lines(tables.offered(found.offered)),
        "ahead": papers.ahead(found),
        "duties": [(each, tables.words(each.what)) for each in found.duties],
        "tasks": lines(tables.tasks(found.tasks[: papers.MOST_ROWS])),
        "tasks_left": max(0, len(found.tasks) - papers.MOST_ROWS),
    }


Line = list[tuple[str, Shown]]


def lines(table: Table) -> list[Line]:
    """The rows of a table, each cell with the head of its column, so that a phone shows both."""
    heads = [column.head for column in table.columns]
    return [list(zip(heads, row, strict=True)) for row in shown(table)]
