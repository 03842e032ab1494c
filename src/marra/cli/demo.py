"""`marra demo`: fill an empty database with a made-up quarter of work, for trying the house."""

import click
import numpy as np
from django.conf import settings
from django.db import transaction

from marra.cli.example import (
    applications,
    catalogue,
    closing,
    figures,
    lists,
    meetings,
    people,
    plans,
    register,
    standard,
    tasks,
)
from marra.cli.example.stage import Stage, play
from marra.door import now, terminal_stamp
from marra.evidence.queries import releases
from marra.journal.queries import entries
from marra.people import queries
from marra.people.rules.rights import rights

QUIET = frozenset(
    {
        *rights("people"),
        "acts.adopted", "bodies.adopted", "deputies.settled", "file.kept", "files.swept",
        "groups.adopted", "measures.taken", "notices.heard", "notices.listed", "notices.made",
        "catalogue.adopted", "passports.imported", "release.adopted", "return.opened",
    }
)  # fmt: skip
"""Deeds of a house in which nobody has worked yet."""

FIRST = "namuna.administrator"


@click.command()
@click.option("--seed", default=1, show_default=True, help="Chance of the made-up figures.")
def demo(seed: int) -> None:
    """Fill an empty database with example data: people, sessions, assignments, lists, figures.

    Everything is made up and says so in its title. To be rid of it, start afresh with another
    data folder (MARRA_DATA) or database (MARRA_DATABASE).
    """
    if _is_here():
        click.echo(
            "The example is here already, and nothing was changed. “marra people password NAME” "
            "gives somebody of it a new password; for a fresh one, start in another data folder."
        )
        return
    _check()
    stage = Stage(now(), np.random.default_rng(seed), settings.COUNTRY)
    click.echo("Working out the plan of the example …", err=True)
    plans.work_out(stage)
    click.echo("Playing a quarter of work …", err=True)
    with transaction.atomic():
        scenes = play(
            stage,
            [
                scene
                for part in (
                    people, meetings, plans, tasks, lists, figures, register, standard,
                    catalogue, applications, closing,
                )
                for scene in part.scenes()
            ],
        )  # fmt: skip
    closing.tell(stage)
    click.echo(f"{scenes} scenes with {len(stage.passwords)} people. Sign in as any of them:\n")
    for name, password in stage.passwords.items():
        click.echo(f"  {name:26} {password}")
    click.echo("\nThe passwords are shown this once. Everything is marked “namuna”, example.")


def _is_here() -> bool:
    """Whether this database was filled with the example before."""
    return queries.visible_to(terminal_stamp()).filter(name=FIRST).exists()


def _check() -> None:
    """Go on only in a house in which nobody has worked yet."""
    if not releases.years():
        raise click.ClickException("The database is not prepared. Run: marra setup")
    worked = entries.visible_to(terminal_stamp()).exclude(deed__in=QUIET).count()
    if worked:
        raise click.ClickException(
            f"There is work of people here already ({worked} deeds in the journal), so no example "
            "is put among it. Set MARRA_DATA to another folder and run “marra setup” there."
        )
