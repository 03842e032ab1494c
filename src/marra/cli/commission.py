"""`marra commission`: what the Commission owes, from the terminal."""

from datetime import date
from typing import TYPE_CHECKING

import click

from marra.cli.figures import AS_JSON, show_json, show_table
from marra.commission.queries import assignments, documents
from marra.commission.queries.assignments import Asked
from marra.commission.queries.obligations import Line, board
from marra.commission.rules.acts.act import RELATIONS
from marra.commission.rules.assignments import OWED
from marra.commission.rules.obligations import State, counts
from marra.door import terminal_stamp
from marra.kit.days import end_of_next_month

if TYPE_CHECKING:
    from marra.commission.models.assignments import Assignment

STATES = {state.name.lower().replace("_", "-"): state for state in State}


@click.group()
def commission() -> None:
    """Acts, obligations, and the work on them."""


@commission.command()
@click.option("--state", type=click.Choice(list(STATES)), help="Only those that stand so.")
@click.option("--act", default="", help="Only those of this act, by its code.")
@AS_JSON
def obligations(state: str | None, act: str, *, as_json: bool) -> None:
    """Say of each obligation whether it is met, overdue or still in time."""
    lines = [
        line
        for line in board(terminal_stamp())
        if act in ("", line.row.act.code)
        and (state is None or line.standing.state is STATES[state])
    ]
    if as_json:
        show_json([documents.obligation(line) for line in lines])
        return
    tally = counts([line.standing for line in lines])
    said = ", ".join(f"{n} {each.value}" for each, n in tally.items() if n)
    show_table(
        f"{len(lines)} obligations: {said or 'none'}",
        ("code", "what", "state", "days", "value", "target", "due", "source"),
        [_row(line) for line in lines],
    )


@commission.command()
@AS_JSON
def due(*, as_json: bool) -> None:
    """Say what is overdue, or falls due by the end of next month, the earliest first."""
    who = terminal_stamp()
    today = who.at.date()
    by = end_of_next_month(today)
    rows = assignments.asked_for(assignments.visible_to(who), Asked(due_by=by), today)
    found = [_due(row, today) for row in rows.order_by("deadline", "pk")]
    if as_json:
        show_json(found)
        return
    overdue = sum(bool(each["overdue"]) for each in found)
    show_table(
        f"{len(found)} assignments due by {by.isoformat()}, {overdue} overdue",
        ("number", "title", "lead", "head", "deadline", "days left", "state"),
        [[value for key, value in each.items() if key != "overdue"] for each in found],
    )


def _due(row: "Assignment", today: date) -> dict[str, object]:
    left = (row.deadline - today).days
    return {
        "number": row.number,
        "title": row.title,
        "lead": row.lead.code,
        "head": row.head_name,
        "deadline": row.deadline.isoformat(),
        "days_left": left,
        "overdue": left < 0 and row.state in OWED,
        "state": row.state,
    }


def _row(line: Line) -> tuple[object, ...]:
    found, asked = line.standing, line.asked
    shown = found.proof or found.seen
    target = "" if asked.target is None else f"{RELATIONS[asked.relation]} {asked.target:g}"
    return (
        line.row.code,
        line.row.what["en"],
        found.state.value,
        found.days or None,
        None if shown is None or shown.value is None else f"{shown.value:g}",
        target,
        found.due and found.due.isoformat(),
        found.seen.source if found.seen and not found.proof else line.row.act.number,
    )
