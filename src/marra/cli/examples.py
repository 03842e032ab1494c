"""`marra portal examples`: the twelve services that came along, brought into the catalogue."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from django.db import transaction

from marra.door import terminal_stamp
from marra.kit.errors import Conflict, NotFound
from marra.kit.text import gettext_noop
from marra.people.rules.rights import Stamp
from marra.portal.actions import definitions, services
from marra.portal.queries.catalogue import visible_to
from marra.portal.rules.shipped import Example, contents, said, shipped

MARK = "namuna"


class NoExample(NotFound):
    """There is no example of that name."""

    sentence = gettext_noop("There is no example “{name}”. There are: {known}.")


class FolderThere(Conflict):
    """Nobody's files are written over."""

    sentence = gettext_noop("“{folder}” is there already. Name a folder that is not.")


@click.command()
@click.option(
    "--body", default="digital", show_default=True, help="Code of the state body they belong to."
)
def examples(body: str) -> None:
    """Bring the twelve example services into the catalogue as drafts; those there are left."""
    who, new = terminal_stamp(), 0
    with transaction.atomic():
        there = codes(who)
        for each in shipped().values():
            if code(each.name) not in there:
                bring(who, each, body)
                new += 1
    click.echo(
        f"{new} of {len(shipped())} example services are new drafts; the others were there."
    )


@click.command()
@click.argument("name")
@click.argument("folder", type=click.Path(path_type=Path))
def begin(name: str, folder: Path) -> None:
    """Write the files of the example NAME into FOLDER, to make a service of one’s own."""
    if name not in shipped():
        raise NoExample(name=name[:60], known=", ".join(shipped()))
    if folder.exists():
        raise FolderThere(folder=str(folder))
    folder.mkdir(parents=True)
    for file, content in contents(name).items():
        (folder / file).write_bytes(content)
        click.echo(f"  {folder / file}", err=True)


def code(name: str) -> str:
    """How an example stands in addresses, and is known again."""
    return f"{MARK}-{name}"


def codes(who: Stamp) -> set[str]:
    """The examples that are there, whatever became of them."""
    wanted = [code(name) for name in shipped()]
    return set(visible_to(who).filter(code__in=wanted).values_list("code", flat=True))


def bring(who: Stamp, example: Example, body: str, more: Mapping[str, Any] | None = None) -> str:
    """Enter one as a draft of a body with its definition; its code."""
    told = {**said(example.folder.about), **(more or {})}
    if example.folder.parts:
        told["parts"] = [code(part) for part in example.folder.parts]
    made = services.enter(who, body, code=code(example.name), **told)
    if not example.folder.parts:
        definitions.keep_definition(who, made.code, bundle=dict(example.folder.bundle))
    return made.code
