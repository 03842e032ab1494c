"""`marra portal check`, `level`, `pack`: a definition tried before it is published.

A definition is a folder of files, as modelers and editors save them, or the one JSON document that
is kept and published.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click

from marra.cli.figures import AS_JSON, show_json
from marra.flow.automation import DAYS, Verdict
from marra.kit.errors import Invalid, NotFound
from marra.kit.findings import FileRefused
from marra.kit.text import gettext_noop
from marra.portal.rules import checking
from marra.portal.rules.bundles import LARGEST, BundleTooLarge, NotABundle, canonical
from marra.portal.rules.checking import Checked, Fault, Story
from marra.portal.rules.folders import MOST, Folder, assembled
from marra.portal.rules.levels import told

BEGINNING: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""When personas begin, by their own clock: a level does not depend on the day."""

PLACE: Final = click.Path(exists=True, path_type=Path)


class NoPart(NotFound):
    """A composite service names a folder that is not there."""

    sentence = gettext_noop("The part “{part}” is no folder beside this one. Add it.")


class NoJson(Invalid):
    """The file is no JSON."""

    sentence = gettext_noop("{place}: this is not well-formed JSON: {why}. Correct it there.")


@dataclass(frozen=True, slots=True)
class Read:
    """What a path holds: one document, and where it came from a folder, the file of each part."""

    document: Any
    files: Mapping[str, str] = field(default_factory=dict)
    by_part: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@click.command()
@click.argument("path", type=PLACE)
@AS_JSON
def level(path: Path, *, as_json: bool) -> None:
    """How far the service of PATH (a definition or a passport) runs by itself, and why."""
    found = told(read(path).document, at=BEGINNING)
    why = [each.format(**found.facts, days=DAYS) for each in found.verdict.why]
    reached = _level(found.verdict)
    if as_json:
        show_json({"level": reached, "declared": found.declared, "why": why})
        return
    click.echo(f"Level: {reached}")
    for each in why:
        click.echo(f"  {each}")


@click.command()
@click.argument("path", type=PLACE)
@AS_JSON
def check(path: Path, *, as_json: bool) -> None:
    """Read the definition of PATH, send its personas through, tell every fault and the level."""
    one = read(path)
    several = _checked(one)
    verdict = next(iter(several.values())).verdict
    if checking.PARTS in one.document:
        verdict = checking.lowest(list(several.values()))
    if as_json:
        show_json(
            {
                "level": _level(verdict),
                "why": _why(verdict),
                "parts": {name: _as_json(each, path) for name, each in several.items()},
            }
        )
    else:
        for name, each in several.items():
            _tell(name, each, path)
        click.echo(f"Level: {_level(verdict)}")
        for why in _why(verdict):
            click.echo(f"  {why}")
    if verdict.level is None or any(each.refusing for each in several.values()):
        sys.exit(1)


@click.command()
@click.argument("path", type=PLACE)
@click.argument("into", type=click.Path(dir_okay=False, path_type=Path), required=False)
def pack(path: Path, into: Path | None) -> None:
    """The folder of PATH as the one JSON document that is kept and published; INTO a file."""
    packed = canonical(read(path).document).decode()
    if into is None:
        click.echo(packed)
    else:
        into.write_text(f"{packed}\n", encoding="utf-8")
        click.echo(f"Packed: {into}", err=True)


def read(path: Path) -> Read:
    """The definition at a path; refuses what is none, with file and line."""
    if not path.is_dir():
        return Read(_document(path))
    folder = _assembled(path)
    if not folder.parts:
        return Read(folder.bundle, folder.files)
    found = {}
    for part in folder.parts:
        beside = path.resolve().parent / part
        if not beside.is_dir():
            raise NoPart(part=part)
        found[part] = _assembled(beside)
    return Read(
        {checking.PARTS: {name: each.bundle for name, each in found.items()}},
        by_part={name: each.files for name, each in found.items()},
    )


def _assembled(path: Path) -> Folder:
    """The folder as one definition; all that is wrong with its files is told."""
    try:
        return assembled(path.name, _files(path))
    except FileRefused as refused:
        for each in refused.findings:
            column = f":{each.column}" if each.line and each.column.isdigit() else ""
            line = f":{each.line}{column}" if each.line else ""
            told = each.sentence.format(**each.facts)
            click.echo(f"fault: {each.sheet}{line}: {told}", err=True)
        raise


def _files(folder: Path) -> dict[str, bytes]:
    """The files of a folder; one that is an archive is refused before it is read."""
    listed = sorted(each for each in folder.iterdir() if each.is_file())
    size = sum(each.stat().st_size for each in listed)
    if size > LARGEST or len(listed) > MOST:
        raise BundleTooLarge(size=size, most=LARGEST)
    return {each.name: each.read_bytes() for each in listed}


def _document(file: Path) -> object:
    """The JSON in a file; refuses what is none, with line and column."""
    if file.stat().st_size > LARGEST:
        raise BundleTooLarge(size=file.stat().st_size, most=LARGEST)
    try:
        return json.loads(file.read_text("utf-8"))
    except json.JSONDecodeError as fault:
        place = f"{file.name}:{fault.lineno}:{fault.colno}"
        raise NoJson(place=place, why=fault.msg[:1].lower() + fault.msg[1:]) from None
    except (ValueError, RecursionError):
        raise NotABundle(part="{}") from None


def _checked(one: Read) -> dict[str, Checked]:
    """What each definition comes to; an ordinary service has one, under no name."""
    if isinstance(one.document, dict) and checking.PARTS in one.document:
        return {
            name: checking.check(each, at=BEGINNING, files=one.by_part.get(name))
            for name, each in checking.parts(one.document).items()
        }
    return {"": checking.check(one.document, at=BEGINNING, files=one.files)}


def _tell(name: str, found: Checked, path: Path) -> None:
    if name:
        click.echo(f"{name}:")
    for each in found.faults:
        word = "fault" if each.refuses else "note"
        click.echo(f"{word}: {_placed(each, path)}", err=each.refuses)
    for story in found.stories:
        click.echo(f"{story.name}: {story.outcome}")
        click.echo(f"  {' → '.join(story.way)}")
        for each in story.faults:
            click.echo(f"  fault: {_placed(each, path)}", err=True)


def _placed(fault: Fault, path: Path) -> str:
    return str(fault) if fault.file else f"{path.name}{fault}"


def _as_json(found: Checked, path: Path) -> dict[str, object]:
    return {
        "faults": [_fault(each, path) for each in found.faults if each.refuses],
        "notes": [_fault(each, path) for each in found.faults if not each.refuses],
        "personas": [_persona(each, path) for each in found.stories],
    }


def _fault(fault: Fault, path: Path) -> dict[str, object]:
    return {
        "file": fault.file or path.name,
        "line": fault.finding.line,
        "element": fault.element,
        "pointer": fault.pointer,
        "told": fault.told,
    }


def _persona(story: Story, path: Path) -> dict[str, object]:
    return {
        "name": story.name,
        "outcome": story.outcome,
        "way": list(story.way),
        "faults": [_fault(each, path) for each in story.faults],
    }


def _why(verdict: Verdict) -> list[str]:
    return [each.format(days=DAYS) for each in verdict.why]


def _level(verdict: Verdict) -> str | int:
    return "unproven" if verdict.level is None else int(verdict.level)
