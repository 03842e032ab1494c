"""`marra completion`: the script that teaches a shell to complete `marra`."""

import click
from click.shell_completion import get_completion_class

from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop


class NoSuchShell(Invalid):
    """Completion is not written for this shell."""

    sentence = gettext_noop("There is no completion for “{shell}”. Use bash, zsh or fish.")


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print a shell's completion script: eval "$(marra completion bash)"."""
    kind = get_completion_class(shell)
    if kind is None:
        raise NoSuchShell(shell=shell)
    script = kind(context.find_root().command, {}, "marra", "_MARRA_COMPLETE")
    click.echo(script.source())
