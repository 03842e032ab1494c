"""`marra evidence`: what is observed, what is newer than the Survey, what rooms measure."""

import click

from marra.cli.figures import AS_JSON, COUNTRY, EDITION, foot, name_of, show_json, show_table
from marra.commission.queries.obligations import starts
from marra.door import terminal_stamp
from marra.evidence.actions import collecting
from marra.evidence.queries import fresh
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
