"""`marra index portfolio`: the template of a portfolio, its check, and its other formats."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import click

from marra.cli.figures import AS_JSON, show_json
from marra.cli.start import start
from marra.index.plan import files
from marra.index.plan.portfolio import Portfolio, Words
from marra.kit.errors import Conflict
from marra.kit.findings import FileRefused
from marra.kit.text import LANGUAGES, Text, gettext_noop

WRITERS: Final[Mapping[str, Callable[[Portfolio], bytes]]] = MappingProxyType(
    {"xlsx": files.to_xlsx, "csv": files.to_csv, "toml": files.to_toml}
)
FILE = click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
)
NEW_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


class FileIsThere(Conflict):
    """Nothing is written over."""

    sentence = gettext_noop("“{file}” is there already. Name another file, or remove it first.")


@click.group()
def portfolio() -> None:
    """Portfolios of initiatives: template, check, conversion."""


@portfolio.command()
@click.option("--format", "form", type=click.Choice(list(WRITERS)), default="xlsx")
@click.option("--output", type=NEW_FILE, help="The file to write; stdout if left out.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", help="Of the guide.")
@click.option(
    "--example", type=click.Choice(files.PACKAGED), help="Not empty, but a worked example."
)
def template(form: str, output: Path | None, language: str, example: str | None) -> None:
    """Write an empty file with a guide to its columns, to be filled in."""
    if example:
        _write(output, WRITERS[form](files.packaged(example)), form)
    else:
        _write(output, files.template(form, _say(language)), form)


@portfolio.command()
@FILE
@AS_JSON
def check(file: Path, *, as_json: bool) -> None:
    """Read a file and say what is wrong with it, all faults at once."""
    try:
        found = _read(file)
    except FileRefused as refusal:
        told = [{**each.as_json(), "says": str(each)} for each in refusal.findings]
        if as_json:
            show_json({"file": file.name, "accepted": False, "findings": told})
        for each in () if as_json else refusal.findings:
            click.echo(f"{file.name}: {each}", err=True)
        raise
    if as_json:
        show_json({"file": file.name, "accepted": True, "findings": [], **_told(found)})
    else:
        click.echo(
            "{file}: {initiatives} initiatives with {effects} effects, {cost:,.0f} UZS in all. "
            "In order.".format(file=file.name, **_told(found)),
            err=True,
        )


@portfolio.command()
@FILE
@click.argument("out", type=NEW_FILE)
def convert(file: Path, out: Path) -> None:
    """Write a portfolio in the format that the name OUT ends with: xlsx, csv or toml."""
    form = out.suffix.lower().removeprefix(".")
    if form not in WRITERS:
        raise click.BadParameter(f"must end with one of: .{', .'.join(WRITERS)}", param_hint="OUT")
    _write(out, WRITERS[form](_read(file)), form)


def _read(file: Path) -> Portfolio:
    with file.open("rb") as opened:
        return files.read(file.name, opened.read(files.LARGEST + 1))


def _told(found: Portfolio) -> dict[str, Any]:
    return {
        "code": found.code,
        "title": _plain(found.title),
        "country": found.place,
        "initiatives": len(found.initiatives),
        "effects": sum(len(each.effects) for each in found.initiatives),
        "cost": sum(each.cost for each in found.initiatives),
        "budget": sum(each.amount for each in found.budgets),
    }


def _plain(words: Words) -> str:
    return words.en if isinstance(words, Text) else words


def _say(language: str) -> Callable[[str], str]:
    if language == "en":
        return str
    start()
    from marra.door import say

    return lambda message: say(message, {}, language)


def _write(output: Path | None, content: bytes, form: str) -> None:
    if output is None:
        if form == "xlsx" and sys.stdout.isatty():
            raise click.UsageError("A workbook is not for the screen. Name a file with --output.")
        click.echo(content, nl=False)
        return
    try:
        with output.open("xb") as opened:
            opened.write(content)
    except FileExistsError:
        raise FileIsThere(file=output.name) from None
    click.echo(f"{output.name} is written.", err=True)
