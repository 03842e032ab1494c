"""The command `marra`.

Each group of verbs is loaded when it is called, so `marra index` starts without Django.
"""

import sys
from importlib import import_module
from typing import Final

import click

from marra.cli.start import database_faults, start, told
from marra.kit.errors import Refusal

COMMANDS: Final = {
    "commission": ("marra.cli.commission:commission", "Acts, obligations, work on them."),
    "completion": ("marra.cli.completion:completion", "Teach bash, zsh or fish to complete."),
    "data": ("marra.cli.data:data", "The figures: which, from whom, checked how; import them."),
    "demo": ("marra.cli.demo:demo", "Fill an empty database with made-up work, for trying."),
    "evidence": ("marra.cli.evidence:evidence", "Observations: newer than the Survey, measured."),
    "flow": ("marra.cli.flow:flow", "Definitions of services, against the judges of standards."),
    "index": ("marra.cli.index:index", "The index: ranks, gaps, what-if, uncertainty, checks."),
    "inventory": ("marra.cli.inventory:inventory", "Functions of bodies, services to digitise."),
    "journal": ("marra.cli.journal:journal", "The journal: seal it, prove entries, verify it."),
    "plan": ("marra.cli.planner:plan", "Plans: work out what pages ask for."),
    "people": ("marra.cli.people:people", "Accounts and their roles."),
    "portal": ("marra.cli.portal:portal", "Services: passports from files, search."),
    "serve": ("marra.cli.serve:serve", "Start the server and print its address."),
    "setup": ("marra.cli.serve:setup", "Prepare the database and the figures; safe to repeat."),
    "work": ("marra.cli.work:work", "Do what is done later: seal the journal, tidy up."),
}
WITHOUT_DJANGO: Final = {"completion", "flow", "index"}


class Verbs(click.Group):
    """Groups of commands that are imported only when they are needed."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of all groups."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The group of that name, with Django started if it needs it."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        if cmd_name not in WITHOUT_DJANGO:
            start()
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a database that cannot be used is one clear sentence."""
        try:
            return super().invoke(ctx)
        except database_faults() as fault:
            raise told(fault) from None

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list for `--help`, from the table above, so that nothing is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in COMMANDS.items()])


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="marra")
def marra() -> None:
    """Marra measures, explains and raises a country's place in the UN E-Government Survey."""


def main() -> None:
    """Run the command line; a refusal is one line on stderr and exit code 1."""
    try:
        marra(prog_name="marra")
    except Refusal as refusal:
        click.echo(f"marra: {refusal}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
