"""`marra portal`: services of the portal; passports from files, and search."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from marra.cli.figures import AS_JSON, show_json, show_table
from marra.door import terminal_stamp
from marra.flow.automation import DAYS
from marra.kit.findings import FileRefused
from marra.portal.actions import importing
from marra.portal.queries.finding import Found, found
from marra.portal.queries.importing import Fate, prepare
from marra.portal.rules.bundles import LARGEST, BundleTooLarge, NotABundle
from marra.portal.rules.levels import told
from marra.portal.rules.running import proven, ready, tried

BEGINNING: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""When personas begin, by their own clock: a level does not depend on the day."""


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


@portal.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@AS_JSON
def level(file: Path, *, as_json: bool) -> None:
    """How far the service in FILE (a definition or a passport) runs by itself, and why."""
    found = told(document(file), at=BEGINNING)
    reached = "unproven" if found.verdict.level is None else int(found.verdict.level)
    why = [each.format(**found.facts, days=DAYS) for each in found.verdict.why]
    if as_json:
        show_json({"level": reached, "declared": found.declared, "why": why})
        return
    click.echo(f"Level: {reached}")
    for each in why:
        click.echo(f"  {each}")


@portal.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Read the definition in FILE, send its personas through, tell every fault and the level."""
    one = ready(document(file))
    for each in one.findings:
        click.echo(f"{'fault' if each.refuses else 'note'}: {each}", err=each.refuses)
    for run in tried(one, at=BEGINNING):
        outcome = "stuck" if run.run is None else "granted" if run.run.granted else "refused"
        click.echo(f"{run.name}: {outcome}")
        for finding in run.findings:
            click.echo(f"  fault: {finding}", err=True)
    verdict = proven(one, at=BEGINNING)
    click.echo(f"Level: {'unproven' if verdict.level is None else int(verdict.level)}")
    for why in verdict.why:
        click.echo(f"  {why}")
    if verdict.level is None:
        sys.exit(1)


def document(file: Path) -> object:
    """The JSON in a file; refuses what is none."""
    if file.stat().st_size > LARGEST:
        raise BundleTooLarge(size=file.stat().st_size, most=LARGEST)
    try:
        return json.loads(file.read_text("utf-8"))
    except (ValueError, RecursionError):
        raise NotABundle(part="{}") from None


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
