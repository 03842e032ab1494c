"""`marra flow`: definitions held against the judges of the standards; with `--json`."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from marra.cli.figures import AS_JSON, show_json, show_table
from marra.flow.dmn import Model, imported, namespace, read
from marra.flow.miwg import Verdict, judge
from marra.flow.tck import Case, judged, model_name
from marra.kit.errors import NotFound, Refusal
from marra.kit.text import gettext_noop

FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)
BEGINNING: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""When the runs of reference models begin, by their own clock."""


class NoModels(NotFound):
    """The folder holds nothing to judge."""

    sentence = gettext_noop("{folder} holds no file that ends in {ending}. Name another folder.")


@click.group()
def flow() -> None:
    """Definitions: hold them against the judges of the standards."""


@flow.command()
@click.argument("folder", type=FOLDER)
@click.option("--findings", is_flag=True, help="Also say what is foreign or not executed.")
@AS_JSON
def miwg(folder: Path, *, findings: bool, as_json: bool) -> None:
    """Read, write and run every BPMN model of a folder; exit 1 if one fails."""
    files = sorted(folder.rglob("*.bpmn"))
    if not files:
        raise NoModels(folder=str(folder), ending=".bpmn")
    judged = {
        str(each.relative_to(folder)): judge(each.read_bytes(), at=BEGINNING) for each in files
    }
    good = {
        "loaded": sum(each.loaded for each in judged.values()),
        "round_trip": sum(each.round_trip for each in judged.values()),
        "executed": sum(each.executed for each in judged.values()),
        "total": len(files),
    }
    for name, verdict in judged.items():
        _tell(name, verdict, findings=findings)
    if as_json:
        show_json(good)
    else:
        _show(judged)
    if min(good.values()) < len(files):
        sys.exit(1)


def _tell(name: str, verdict: Verdict, *, findings: bool) -> None:
    """What stands in the way, in words."""
    told = [verdict.refused, *verdict.without_end]
    told += [f"lost {each}" for each in verdict.lost]
    told += [
        f"line {each.line}: {each.kind} {each.id} is not reached" for each in verdict.unreached
    ]
    told += [str(each) for each in verdict.findings] if findings else []
    for each in told:
        if each:
            click.echo(f"{name}: {each}", err=True)


def _show(judged: dict[str, Verdict]) -> None:
    head = ("model", "loaded", "round trip", "processes", "runs", "unreached", "findings", "ends")
    rows = [
        (
            name,
            "yes" if each.loaded else "NO",
            "yes" if each.round_trip else "NO",
            each.processes,
            each.runs,
            len(each.unreached),
            len(each.findings),
            "yes" if each.executed else "NO",
        )
        for name, each in judged.items()
    ]
    show_table("BPMN models, read, written and run", head, rows)


@flow.command()
@click.argument("folder", type=FOLDER)
@click.option("--failed", is_flag=True, help="Also say which cases fail, and why.")
@AS_JSON
def tck(folder: Path, *, failed: bool, as_json: bool) -> None:
    """Decide every case of the DMN kit in a folder; its levels lie in folders of their own."""
    levels: dict[str, dict[str, int]] = {}
    for level in (2, 3):
        place = folder / f"compliance-level-{level}"
        cases = [case for file in sorted(place.rglob("*.xml")) for case in _cases(file)]
        passed = sum(case.passed for case in cases)
        levels[f"level_{level}"] = {
            "passed": passed,
            "failed": len(cases) - passed,
            "total": len(cases),
        }
        for case in cases if failed else ():
            if not case.passed:
                click.echo(f"{case.id}: {case.why}", err=True)
    if not sum(each["total"] for each in levels.values()):
        raise NoModels(folder=str(folder), ending=".xml")
    if as_json:
        show_json(levels)
    else:
        rows = [(name, *counted.values()) for name, counted in levels.items()]
        show_table("Decisions of the kit", ("level", "passed", "failed", "total"), rows)


def _cases(file: Path) -> Iterator[Case]:
    """The cases of a file, decided by the model beside it."""
    xml = file.read_bytes()
    try:
        model, why = _model(file.parent / Path(model_name(xml)).name, ()), ""
    except (Refusal, OSError) as refusal:
        model, why = None, str(refusal)
    yield from judged(xml, model, why)


def _model(file: Path, above: tuple[str, ...]) -> Model:
    """The model in a file, with those it imports from its folder."""
    xml = file.read_bytes()
    wanted = set(imported(xml)) - set(above)
    beside = {namespace(each.read_bytes()): each for each in file.parent.glob("*.dmn")}
    known = {space: _model(beside[space], (*above, space)) for space in wanted if space in beside}
    return read(xml, known)
