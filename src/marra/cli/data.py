"""`marra data`: which figures stand, from whom, checked how; check, import and export files."""

import csv
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from marra.cli.forecasts import forecasts, seal
from marra.door import terminal_stamp
from marra.evidence.actions import releases as actions
from marra.evidence.queries import releases as queries
from marra.evidence.rules import reader
from marra.evidence.rules.reader import LARGEST
from marra.kit.findings import FileRefused, Finding

if TYPE_CHECKING:
    from marra.evidence.models.releases import Release

FILE = click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@click.group()
def data() -> None:
    """The figures: which, from whom, checked how; import them."""


data.add_command(seal)
data.add_command(forecasts)


@data.command()
@AS_JSON
def status(*, as_json: bool) -> None:
    """Say which data, from when, from whom, and with which checks."""
    rows = [_told(each) for each in queries.status()]
    if as_json:
        _print({"data_version": queries.data_version(), "editions": rows})
        return
    table = Table("edition", "countries", "from", "taken in", "error of EGDI", "checks", box=None)
    for row in rows:
        checks = row["checks"]
        mark = "provisional" if row["provisional"] else "passed" if checks["passed"] else "FAILED"
        table.add_row(
            str(row["edition"]),
            str(row["countries"]),
            row["release"],
            row["taken_at"][:10],
            f"{checks['max_abs_error']:.1e}",
            mark,
        )
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    click.echo(f"Data version {queries.data_version()}", err=True)


def _told(each: queries.Status) -> dict[str, Any]:
    release, checks = each.release, each.checks
    return {
        "edition": release.edition,
        "countries": release.places,
        "release": release.code,
        "origin": release.origin,
        "file": release.name,
        "source": release.source,
        "taken_at": release.taken_at.isoformat(),
        "taken_by": release.taken_by,
        "provisional": release.provisional,
        "version": each.survey.version,
        "edition_version": each.survey.edition.version,
        "inputs": each.inputs and each.inputs.code,
        "remarks": [str(finding) for finding in queries.remarks(release)],
        "checks": {
            "max_abs_error": checks.max_abs_error,
            "tolerance": each.survey.edition.tolerance,
            "rank_mismatches": checks.rank_mismatches,
            "exceptions": len(checks.exceptions),
            "passed": checks.passed,
        },
    }


@data.command()
@FILE
@AS_JSON
def check(file: Path, *, as_json: bool) -> None:
    """Read a file and say what is wrong with it; nothing is changed."""
    try:
        parsed = reader.read(file.name, _content(file))
    except FileRefused as refusal:
        _list(refusal.findings, as_json=as_json, file=file.name)
        raise
    remarks = [remark for each in parsed for remark in each.remarks]
    _list(remarks, as_json=as_json, file=file.name, accepted=True)
    for each in parsed:
        click.echo(f"{each.edition}: {each.kind} of {each.places} countries, in order.", err=True)


@data.command("import")
@FILE
@click.option("--source", default="", help="Where the file is from: publisher, address, day.")
@AS_JSON
def take_in(file: Path, source: str, *, as_json: bool) -> None:
    """Take a file of published figures in, whole or not at all."""
    try:
        made = actions.import_release(
            terminal_stamp(), name=file.name, content=_content(file), source=source
        )
    except FileRefused as refusal:
        _list(refusal.findings, as_json=as_json, file=file.name)
        raise
    _made(made, as_json=as_json)


@data.command()
@AS_JSON
def load(*, as_json: bool) -> None:
    """Take in the figures that came with the program; safe to repeat."""
    _made(actions.adopt(terminal_stamp()), as_json=as_json)


@data.command()
@click.argument("code")
def withdraw(code: str) -> None:
    """Take an imported release back; the one before it stands again."""
    actions.withdraw_release(terminal_stamp(), code)
    click.echo(f"Release {code} is withdrawn.", err=True)


@data.command()
@click.option("--edition", type=int, help="The year of one edition; all of them if left out.")
def export(edition: int | None) -> None:
    """Write the standing figures as CSV, in the tidy form that can be imported again."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(queries.TIDY)
    chosen = [queries.survey(edition)] if edition else queries.surveys().values()
    for survey in chosen:
        writer.writerows(queries.tidy(survey))


def _content(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(LARGEST + 1)


def _made(made: Iterable["Release"], *, as_json: bool) -> None:
    rows = [{"release": each.code, "edition": each.edition, "kind": each.kind} for each in made]
    if as_json:
        _print({"accepted": True, "releases": rows})
    for row in rows:
        click.echo(f"{row['edition']}: {row['kind']} taken in as {row['release']}.", err=True)
    if not rows:
        click.echo("Nothing new.", err=True)


def _list(
    findings: Iterable[Finding], *, as_json: bool, file: str, accepted: bool = False
) -> None:
    if as_json:
        told = [{**finding.as_json(), "says": str(finding)} for finding in findings]
        _print({"file": file, "accepted": accepted, "findings": told})
        return
    for finding in findings:
        click.echo(f"{file}: {finding}", err=True)


def _print(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
