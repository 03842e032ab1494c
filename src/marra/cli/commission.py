"""`marra commission`: what the Commission owes, from the terminal."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from marra.cli.figures import AS_JSON, show_json, show_table
from marra.commission.queries import assignments, documents, reports
from marra.commission.queries.assignments import Asked
from marra.commission.queries.obligations import Line, board
from marra.commission.rules.acts.act import RELATIONS
from marra.commission.rules.assignments import OWED
from marra.commission.rules.execution import closed_quarters, quarter_named
from marra.commission.rules.obligations import State, counts
from marra.commission.rules.reports import Report, told
from marra.door import terminal_stamp
from marra.kit import frozen
from marra.kit.days import end_of_next_month
from marra.kit.text import LANGUAGES

if TYPE_CHECKING:
    from marra.commission.models.assignments import Assignment

FILE: Final = click.Path(dir_okay=False, writable=True, path_type=Path)
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


@commission.command()
@click.option("--quarter", "written", help="Such as 2026Q3; by default the last that is over.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], help="Of files.")
@click.option("--pdf", type=FILE, help="Write the report here, to be printed.")
@click.option("--docx", type=FILE, help="Write the report here, to be corrected.")
@click.option("--xlsx", type=FILE, help="Write all its rows here.")
@AS_JSON
def report(written: str | None, language: str, *, as_json: bool, **files: Path | None) -> None:
    """Report a quarter: targets, assignments, delays and causes, what repeats, what is next."""
    who = terminal_stamp()
    year, number = quarter_named(written) if written else closed_quarters(who.at.date(), 1)[0]
    found = reports.report(who, year, number)
    for kind, path in files.items():
        if path is not None:
            path.write_bytes(_written(kind, found, language, who.at))
            click.echo(f"{path} written", err=True)
    if as_json:
        click.echo(frozen.written(found))
    elif not any(files.values()):
        _show_report(found)


def _written(kind: str, found: Report, language: str, at: datetime) -> bytes:
    """A report as a file; pages draw the same."""
    from marra.web.commission import report_papers
    from marra.web.paper import pages, word

    if kind == "xlsx":
        return report_papers.workbook(found, language)
    document = report_papers.document(found, language, at)
    return pages.pdf(document) if kind == "pdf" else word.docx(document)


def _show_report(found: Report) -> None:
    total, causes = found.execution.total, told(found.delayed)
    share = "–" if total.share_on_time is None else f"{100 * total.share_on_time:.0f} %"
    show_table(
        f"Quarter {found.quarter} of {found.year}, as of {found.on.isoformat()}: {share} on time, "
        f"{total.on_time} on time, {total.late} late, {total.overdue} overdue "
        f"({causes[None]} delays without a cause); next quarter: {len(found.tasks)} due",
        ("body", "led", "on time", "late", "overdue", "returned", "overdue days", "helped"),
        [
            (
                each.code,
                each.led.total,
                each.led.on_time,
                each.led.late,
                each.led.overdue,
                each.led.returned,
                each.led.overdue_days,
                each.helped.total,
            )
            for each in found.execution.bodies
        ],
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
