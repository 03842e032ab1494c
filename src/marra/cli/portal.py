"""`marra portal`: services of the portal; passports from files, and search.

Definitions of services are checked and measured in `cli/definitions.py`.
"""

from pathlib import Path

import click

from marra.cli.definitions import check, level, pack
from marra.cli.examples import begin, examples
from marra.cli.figures import AS_JSON, show_json, show_table
from marra.cli.papers import verify
from marra.door import terminal_stamp
from marra.kit.findings import FileRefused
from marra.portal.actions import importing
from marra.portal.queries.finding import Found, found
from marra.portal.queries.importing import Fate, prepare


@click.group()
def portal() -> None:
    """Services of the portal: passports, definitions and their levels, search."""


portal.add_command(verify)


@portal.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def take_in(file: Path, *, dry_run: bool) -> None:
    """Take in the passports of FILE (.jsonl, .json, .xlsx or .csv), whole or not at all."""
    content = file.read_bytes()
    try:
        click.echo(f"Checking {file.name} …", err=True)
        planned = prepare(file.name, content)
        for fate in Fate:
            click.echo(f"  {fate.value}: {planned.count(fate)}", err=True)
        for remark in planned.remarks:
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


for command in (begin, check, level, pack, examples):
    portal.add_command(command)


@portal.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--most", default=5, type=click.IntRange(1, 100), help="How many at most.")
@AS_JSON
def search(words: tuple[str, ...], *, most: int, as_json: bool) -> None:
    """Find services by WORDS in Uzbek (both scripts), Russian or English, drafts too."""
    hits = found(terminal_stamp(), " ".join(words), most)
    if as_json:
        show_json({"query": " ".join(words), "results": [_told(each) for each in hits]})
        return
    if not hits:
        click.echo("No service answers this. Write what you want to get done, in other words.")
        return
    show_table(
        "Services",
        ("id", "service", "state", "score"),
        [(h.service.code, h.service.name.uz, h.service.state, h.score) for h in hits],
    )


def _told(hit: Found) -> dict[str, object]:
    """A hit; `id` is the number of its passport as the register gave it, else its code."""
    number = hit.service.number or hit.service.code
    return {
        "id": int(number) if number.isascii() and number.isdecimal() else number,
        "code": hit.service.code,
        "name": hit.service.names,
        "state": hit.service.state,
        "score": hit.score,
    }
