"""`marra journal`: seal it, show its head, prove an entry, and find out what was changed."""

import sys
from base64 import b64encode
from pathlib import Path

import click

from marra.cli.figures import AS_JSON, show_json
from marra.door import now, terminal_stamp
from marra.journal.actions import seal as seal_all
from marra.journal.queries import keys, tree
from marra.journal.queries.checking import Report, check
from marra.journal.rules.heads import Head, opened, read_key


@click.group()
def journal() -> None:
    """The journal: its seal, proofs of entries, and whether anything was changed."""


@journal.command()
def seal() -> None:
    """Seal what was written since the last time; “marra work” does it once a minute."""
    count = seal_all(now())
    click.echo(f"Sealed: {count}.", err=True)


@journal.command()
@AS_JSON
def head(*, as_json: bool) -> None:
    """Show the newest signed head, to be kept where nobody here can change it."""
    found = tree.latest_or_refuse()
    if not as_json:
        click.echo(found.note, nl=False)
        return
    show_json(
        {
            "size": found.size,
            "root": bytes(found.root).hex(),
            "at": found.at.isoformat(),
            "key": found.key,
            "note": found.note,
        }
    )


@journal.command()
@click.argument("entry", type=click.IntRange(min=0))
@AS_JSON
def prove(entry: int, *, as_json: bool) -> None:
    """Prove that the entry of that number is under the newest head."""
    _, proof = tree.prove(terminal_stamp(), entry)
    told = {
        "number": proof.position,
        "size": proof.size,
        "entry": proof.text.decode(),
        "path": [step.hex() for step in proof.path],
        "head": proof.note,
    }
    if as_json:
        show_json(told)
        return
    click.echo(told["entry"])
    for step in proof.path:
        click.echo(step.hex())
    click.echo(f"\n{proof.note}", nl=False)


@journal.command()
@click.argument("first", type=click.IntRange(min=0))
@click.argument("second", type=click.IntRange(min=0))
def extend(first: int, second: int) -> None:
    """Prove, as JSON, that the tree of SECOND entries only adds to that of FIRST."""
    path = tree.extension(first, second)
    show_json({"first": first, "second": second, "path": [step.hex() for step in path]})


@journal.command()
@click.option(
    "--head",
    "kept",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A head that was kept elsewhere: finds out too whether the end was cut off.",
)
@click.option("--key", help="The public key, if it is kept elsewhere; else the one of this house.")
@AS_JSON
def verify(kept: Path | None, key: str | None, *, as_json: bool) -> None:
    """Work everything out anew and name what was altered, removed or slipped in."""
    public = read_key(key or keys.public_key())
    told: Head | None = opened(kept.read_text("utf-8"), public) if kept else None
    report = check(public, told)
    if as_json:
        show_json(_document(report))
    else:
        _show(report)
    sys.exit(1 if report.count else 0)


def _document(report: Report) -> dict[str, object]:
    return {
        "whole": not report.count,
        "sealed": report.sealed,
        "waiting": report.waiting,
        "heads": report.heads,
        "root": report.root.hex(),
        "count": report.count,
        "faults": [
            {"kind": each.kind, "says": each.sentence.format(**each.facts), **each.facts}
            for each in report.faults
        ],
    }


def _show(report: Report) -> None:
    for each in report.faults:
        click.echo(each.sentence.format(**each.facts))
    root = b64encode(report.root).decode()
    click.echo(
        f"{report.sealed} entries under {report.heads} heads, root {root}; "
        f"{report.waiting} wait for the next seal. Faults: {report.count}.",
        err=True,
    )
