"""`marra portal`: services of the portal; passports from files, and search."""

from pathlib import Path

import click

from marra.door import terminal_stamp
from marra.kit.findings import FileRefused
from marra.portal.actions import importing
from marra.portal.queries.importing import Fate, prepare


@click.group()
def portal() -> None:
    """Services of the portal: take in passports, search the catalogue."""


@portal.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def take_in(file: Path, *, dry_run: bool) -> None:
    """Take in the passports of FILE (.jsonl, .json, .xlsx or .csv), whole or not at all."""
    content = file.read_bytes()
    try:
        click.echo(f"Checking {file.name} …", err=True)
        found = prepare(file.name, content)
        for fate in Fate:
            click.echo(f"  {fate.value}: {found.count(fate)}", err=True)
        for remark in found.remarks:
            click.echo(f"  {remark}", err=True)
        if dry_run:
            return
        taken = importing.import_passports(terminal_stamp(), file.name, content=content)
    except FileRefused as refused:
        for each in refused.findings:
            click.echo(f"  {each}", err=True)
        raise
    click.echo(
        f"Taken in: {taken.new} new, {taken.changed} changed, {taken.same} the same, "
        f"{taken.kept} left as people wrote them; {taken.empty} are empty."
    )
