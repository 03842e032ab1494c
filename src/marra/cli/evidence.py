"""`marra evidence`: the board, what is newer than the Survey, files, and the data desk."""

from pathlib import Path
from typing import Any

import click
from django.conf import settings

from marra.cli.figures import AS_JSON, COUNTRY, EDITION, foot, name_of, show_json, show_table
from marra.commission.queries.obligations import starts
from marra.door import terminal_stamp
from marra.evidence.actions import collecting, taking
from marra.evidence.queries import desk as desk_queries
from marra.evidence.queries import fresh
from marra.evidence.queries.board import Line as BoardLine
from marra.evidence.queries.board import board as board_of
from marra.evidence.rules import observation_files
from marra.evidence.rules.fresh import Fresh, Line
from marra.evidence.rules.fresh_told import document


@click.group()
def evidence() -> None:
    """Observations: what is newer than the Survey, what rooms measure."""


@evidence.command()
@COUNTRY
@EDITION
@AS_JSON
def nowcast(country: str, edition: int | None, *, as_json: bool) -> None:
    """Say which inputs are newer than the Survey's, and what they would change."""
    found = fresh.nowcast(country, terminal_stamp(), edition)
    if as_json:
        show_json(document(found))
        return
    _show(found)


def _show(found: Fresh) -> None:
    show_table(
        f"{name_of(found.place)}, edition of {found.edition} with the inputs that are out since",
        ("", "rank", "EGDI", "OSI", "TII", "HCI"),
        [
            ("published", *found.published),
            ("with newer inputs, others as published", *found.nowcast),
            ("best of the range", *found.best),
            (f"worst of the range, {found.others} others renewed", *found.worst),
        ],
    )
    show_table(
        "Inputs, the newest first",
        ("input", "Survey", "of", "value", "day", "basis", "EGDI", "places", "why not"),
        [_row(each) for each in found.lines],
    )
    foot(found)


def _row(line: Line) -> tuple[object, ...]:
    given = line.candidate
    return (
        given.indicator,
        None if line.survey_value is None else f"{line.survey_value:g}",
        line.survey_year,
        f"{given.value:g}",
        given.day.isoformat(),
        given.basis,
        None if line.egdi_change is None else f"{line.egdi_change:+.4f}",
        line.rank_change,
        line.why_not or "",
    )


@evidence.command()
def collect() -> None:
    """Ask every room what it measures, and keep what has changed."""
    made = collecting.collect(terminal_stamp(), starts=starts(terminal_stamp()))
    click.echo(f"Observations taken in: {len(made)}.", err=True)


@evidence.command()
@AS_JSON
def board(*, as_json: bool) -> None:
    """Show every indicator as it stands: value, day, basis, state, what is odd."""
    rows = [_stands(each) for each in board_of(settings.COUNTRY, terminal_stamp())]
    if as_json:
        show_json({"country": settings.COUNTRY, "indicators": rows})
        return
    head = ("indicator", "value", "day", "basis", "state", "odd")
    table = [(*(each[name] for name in head[:-1]), ", ".join(each["odd"])) for each in rows]
    show_table(f"Indicators of {name_of(settings.COUNTRY)}", head, table)


def _stands(line: BoardLine) -> dict[str, Any]:
    last = line.last
    return {
        "indicator": line.measured.code,
        "value": last and last.value,
        "day": last and last.day.isoformat(),
        "basis": last and last.basis,
        "unit": line.measured.unit.value,
        "source": last and last.source,
        "target": line.goal and line.goal.value,
        "by": line.goal and line.goal.day.isoformat(),
        "state": line.state.name.lower(),
        "gap": line.gap,
        "odd": [each.flag.name.lower() for each in line.odd],
    }


@evidence.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Read the file to its end and change nothing.")
@click.option("--body", default="", help="Code of the state body that reports.")
def take(file: Path, body: str, *, check: bool) -> None:
    """Take in the values of an XLSX or CSV file, whole or not at all."""
    stamp, content = terminal_stamp(), file.read_bytes()
    if check:
        found = observation_files.read(
            file.name, content, place=settings.COUNTRY, known=stamp.at.date()
        )
        click.echo(f"{file.name} can be taken in: {len(found.rows)} values.", err=True)
        return
    taken = taking.import_file(
        stamp, name=file.name, content=content, place=settings.COUNTRY, reporter=body
    )
    told = f"Taken in: {len(taken.made)}; in the place of others: {taken.corrected}"
    click.echo(f"{told}; known already: {taken.known}.", err=True)


@evidence.command()
@click.option("--year", type=int, help="The year; this one by default.")
@AS_JSON
def desk(year: int | None, *, as_json: bool) -> None:
    """Show what international organisations ask for in a year, and figures that differ."""
    stamp = terminal_stamp()
    asked = desk_queries.calendar(stamp, year or stamp.at.year)
    differ = desk_queries.proposed(settings.COUNTRY, stamp)
    if as_json:
        show_json({"collections": [_asked(each) for each in asked],
                   "discrepancies": [_differs(each) for each in differ]})  # fmt: skip
        return
    rows = [tuple(_asked(each).values()) for each in asked]
    show_table("Asked for", ("collection", "from", "opens", "due", "answers", "state"), rows)
    told = [tuple(_differs(each).values()) for each in differ]
    head = ("indicator", "national", "day", "published", "of", "EGDI", "places", "case")
    show_table("Figures that differ", head, told)


def _asked(each: desk_queries.Asked) -> dict[str, str]:
    return {
        "collection": each.collection.code,
        "organisation": each.collection.organisation,
        "opens": each.opens.isoformat(),
        "due": each.due.isoformat(),
        "body": each.collection.body,
        "state": each.made.state if each.made else "not opened",
    }


def _differs(each: desk_queries.Proposed) -> dict[str, Any]:
    told, won = each.differs, each.worth
    return {
        "indicator": told.indicator,
        "national": told.national.value,
        "day": told.national.day.isoformat(),
        "published": told.published.value,
        "published_year": told.published.year,
        "egdi_change": won and won.egdi_change,
        "rank_change": won and won.rank_change,
        "case": each.case and each.case.code,
    }
