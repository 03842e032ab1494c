"""`marra people`: accounts and their roles, from the terminal."""

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from marra.commission.queries import groups
from marra.door import terminal_stamp
from marra.inventory.queries import bodies
from marra.people import actions, queries
from marra.people.rules.rights import APPOINTED, Role, Stamp

if TYPE_CHECKING:
    from marra.people.models import Account


@click.group()
def people() -> None:
    """Accounts and their roles."""


def _password(given: str | None) -> str:
    if given is not None:
        return given
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return asked


def _code(stamp: Stamp, name: str) -> str:
    return queries.by_name(stamp, name).code


@people.command()
@click.argument("name")
@click.option("--full-name", default="", help="The person's own name, shown to administrators.")
@click.option("--administrator", is_flag=True, help="Appoint them administrator at once.")
@click.option("--analyst", is_flag=True, help="Appoint them analyst at once.")
@click.option("--password", help="Better left out: it is asked for, or read from stdin.")
def add(
    name: str, full_name: str, password: str | None, *, administrator: bool, analyst: bool
) -> None:
    """Open an account."""
    stamp = terminal_stamp()
    wanted = {Role.ADMINISTRATOR: administrator, Role.ANALYST: analyst}
    account = actions.register(stamp, name=name, password=_password(password), full_name=full_name)
    for role in (role for role, is_wanted in wanted.items() if is_wanted):
        actions.appoint(stamp, account.code, role=role)
    click.echo(f"The account “{name}” is open.", err=True)


@people.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show(*, as_json: bool) -> None:
    """List the accounts."""
    rows: list[dict[str, Any]] = [
        {
            "name": account.name,
            "full_name": account.full_name,
            "roles": [" in ".join(filter(None, held)) for held in _held(account)],
            "since": account.since.isoformat(),
            "closed": account.closed_at and account.closed_at.isoformat(),
        }
        for account in queries.visible_to(terminal_stamp())
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        held = " ".join(row["roles"]) or "no role"
        click.echo(f"{row['name']:20} {'closed' if row['closed'] else held}")


def _held(account: "Account") -> list[tuple[str, str]]:
    return list(queries.standing(account).values_list("role", "body"))


ROLE = click.option(
    "--role", type=click.Choice([role.value for role in APPOINTED]), required=True, help="Which."
)
SCOPE = click.option(
    "--in", "scope", default="", help="Code of the working group or state body it is held in."
)


@people.command()
@click.argument("name")
@ROLE
@SCOPE
def appoint(name: str, role: str, scope: str) -> None:
    """Give an account a role."""
    stamp = terminal_stamp()
    actions.appoint(stamp, _code(stamp, name), role=role, body=_known(scope))


def _known(scope: str) -> str:
    """The code of a group or body that there is; refuses with `NothingNamed`."""
    if scope and not groups.visible_to(terminal_stamp()).filter(code=scope).exists():
        return bodies.named(scope).code
    return scope


@people.command()
@click.argument("name")
@ROLE
@SCOPE
def dismiss(name: str, role: str, scope: str) -> None:
    """Take a role from an account."""
    stamp = terminal_stamp()
    actions.dismiss(stamp, _code(stamp, name), role=role, body=scope)


@people.command("reset-second-step")
@click.argument("name")
def reset_second_step(name: str) -> None:
    """Take every second step from somebody who has lost theirs."""
    stamp = terminal_stamp()
    actions.reset_factors(stamp, _code(stamp, name))


@people.command("password")
@click.argument("name")
@click.option("--password", help="Better left out: it is asked for, or read from stdin.")
def set_password(name: str, password: str | None) -> None:
    """Set a new password for an account."""
    stamp = terminal_stamp()
    actions.reset_password(stamp, _code(stamp, name), new=_password(password))


@people.command()
@click.argument("name")
def close(name: str) -> None:
    """Close an account; what it did stays in the journal."""
    stamp = terminal_stamp()
    actions.close(stamp, _code(stamp, name))
