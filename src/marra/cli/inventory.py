"""`marra inventory`: how exact the lists of state bodies are, and lists from files."""

from pathlib import Path

import click

from marra.cli.figures import AS_JSON, show_json, show_table
from marra.cli.looking import look
from marra.door import terminal_stamp
from marra.inventory.actions import importing
from marra.inventory.queries import documents
from marra.inventory.queries.bodies import named
from marra.inventory.queries.importing import Prepared, prepare
from marra.inventory.rules.files.columns import Thing
from marra.inventory.rules.files.planned import Fate
from marra.inventory.rules.files.writer import FORMS, template
from marra.kit.findings import FileRefused
from marra.kit.text import LANGUAGES


@click.group()
def inventory() -> None:
    """Functions of state bodies, their processes, and the services that become digital."""


@inventory.command()
@click.option("--body", default="", help="Only the list of this body, by its code.")
@AS_JSON
def check(body: str, *, as_json: bool) -> None:
    """Say what is left before the lists are exact; the exit code is 0 either way."""
    if body:
        named(body)
    found = documents.check(body)
    if as_json:
        show_json(found)
        return
    problems = found["problems"]
    bodies = found["bodies"]
    show_table(
        f"{'Complete' if found['complete'] else 'Not complete'}: {len(problems)} problems in "
        f"{bodies['begun']} of {bodies['all']} bodies that have begun",
        ("body", "check", "thing", "title"),
        [(each["body"], each["check"], each["thing"], each["title"]) for each in problems],
    )


@inventory.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--body", required=True, help="Whose list it is, by the code of the body.")
@click.option("--sure", is_flag=True, help="Take in what looks like a double, too.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def take_in(file: Path, body: str, *, sure: bool, dry_run: bool) -> None:
    """Take in the list of a body from FILE (.xlsx or .csv), whole or not at all."""
    stamp, content = terminal_stamp(), file.read_bytes()
    try:
        click.echo(f"Checking {file.name} …", err=True)
        _tell(prepare(stamp, named(body), file.name, content))
        if dry_run:
            return
        click.echo("Taking it in …", err=True)
        taken = importing.import_list(stamp, body, name=file.name, content=content, sure=sure)
    except FileRefused as refused:
        for each in refused.findings:
            click.echo(f"  {each}", err=True)
        raise
    click.echo(f"Taken in: {taken.new} new, {taken.changed} changed, {taken.same} the same.")


@inventory.command(name="template")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(LANGUAGES), default="uz", help="Of the heads.")
def blank(file: Path, language: str) -> None:
    """Write an empty list to FILE (.xlsx or .csv), to be filled in."""
    form = file.suffix.lstrip(".").lower()
    if form not in FORMS:
        raise click.BadParameter(f"Name a file that ends in {' or '.join(FORMS)}.")
    file.write_bytes(template(form, language))


inventory.add_command(look)


def _tell(found: Prepared) -> None:
    click.echo(f"{found.rows} rows", err=True)
    for thing in Thing:
        told = ", ".join(f"{found.count(thing, fate)} {fate.value}" for fate in Fate)
        click.echo(f"  {thing.value}: {told}", err=True)
    for double in found.doubles:
        click.echo(
            f"  Line {double.told.line}: “{double.told.title}” looks like “{double.title}”"
            f" ({double.share:.0%} alike)",
            err=True,
        )
