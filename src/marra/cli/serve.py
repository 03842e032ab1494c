"""`marra serve` and `marra setup`: prepare the house and open it."""

import encodings.idna  # noqa: F401  see _say_when_open
import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import perf_counter, sleep

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from granian.constants import Interfaces
from granian.server import Server

from marra.cli import work
from marra.commission.actions.acts import adopt_acts
from marra.commission.actions.groups import adopt_groups
from marra.commission.queries import answers
from marra.commission.queries.obligations import starts
from marra.door import terminal_stamp
from marra.evidence.actions import collecting
from marra.evidence.actions import releases as actions
from marra.evidence.queries import releases as queries
from marra.inventory.actions.bodies import adopt as adopt_bodies
from marra.portal.actions.importing import adopt_passports
from marra.portal.rules.packaged import COUNTRY as PASSPORTS_OF


@click.command()
def setup() -> None:
    """Prepare the database and the figures; safe to repeat, quick when nothing is to do."""
    began = perf_counter()
    with _alone():
        if _steps_left():
            click.echo("Preparing the database …", err=True)
            call_command("migrate", verbosity=0, interactive=False)
        if not queries.years():
            click.echo("Taking in the published figures …", err=True)
        actions.adopt(terminal_stamp())
        adopt_bodies(terminal_stamp())
        adopt_acts(terminal_stamp())
        adopt_groups(terminal_stamp())
        if settings.COUNTRY == PASSPORTS_OF:
            adopt_passports(terminal_stamp())
        collecting.adopt(terminal_stamp())
        collecting.collect(terminal_stamp(), starts=starts(terminal_stamp()))
    years = queries.years()
    click.echo(
        f"Ready in {perf_counter() - began:.1f} s: {len(years)} editions, "
        f"{min(years)} to {max(years)}.",
        err=True,
    )


@click.command()
@click.option("--host", default=lambda: settings.HOST, help="Address to listen on (MARRA_HOST).")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=lambda: settings.PORT,
    help="Port to listen on (MARRA_PORT).",
)
def serve(host: str, port: int) -> None:
    """Start the server and print its address."""
    if _steps_left() or not queries.years():
        raise click.ClickException("The database is not prepared. Run: marra setup")
    _check_port(host, port)
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::1", "::"} else host  # noqa: S104  # nosec B104  only shown
    connection.close()
    answers.start_warm()
    work.start_beside()
    Thread(target=_say_when_open, args=(host, port, shown), daemon=True).start()
    Server(
        "marra.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.WORKERS,
        blocking_threads=1,
        backlog=2048,
        websockets=False,
        log_enabled=settings.DEBUG,
        respawn_failed_workers=True,
        workers_kill_timeout=3,  # one that is told to stop while it loads does not hear it
    ).serve()


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other setup works in this data folder; the system lets go if one is killed."""
    with (settings.DATA / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            click.echo("Another setup is at work here; waiting for it …", err=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _steps_left() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _say_when_open(host: str, port: int, shown: str) -> None:
    """Print the address as soon as somebody who follows it is answered.

    Workers are forked while this thread runs, and a module that it is importing at that moment
    would stay locked in them for ever; so what a connection needs is imported above.
    """
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    for _ in range(1200):
        try:
            with socket.create_connection((reached, port), timeout=5):
                break
        except OSError:
            sleep(0.05)
    click.echo(f"Marra is open at http://{shown}:{port}/  (Ctrl+C closes it)")


def _check_port(host: str, port: int) -> None:
    """Refuse a port that is taken; the server itself would silently share it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # else a restart must wait
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise click.ClickException(
                f"Port {port} on {host} cannot be used ({fault.strerror}). "
                "Close the program that holds it, or choose another one by MARRA_PORT."
            ) from None
