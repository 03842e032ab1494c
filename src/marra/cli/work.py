"""`marra work`: what is done later and again, one job after the other, beside the server.

A job is a line in the table below: its name, how often it is due, and what does it. It gets a
stamp of the terminal and says how many things it did. Jobs may be stopped at any moment and begin
anew; a refusal is told and the next job goes on; a fault ends the process, so that somebody sees
it and whatever watches over processes starts it again. One process works at a time.
"""

import fcntl
import os
import signal
import subprocess  # nosec B404
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from time import monotonic
from types import FrameType
from typing import Final

import click
from django.conf import settings
from django.db import close_old_connections, connection

from marra.archive.actions import sweep as sweep_files
from marra.cli.casework import go_on_with_cases
from marra.cli.looking import look_at_pages
from marra.cli.papers import write_papers
from marra.cli.post import answer_writers, send
from marra.commission.actions.deputies import settle_deputies
from marra.commission.actions.followup import review
from marra.commission.actions.notices import hear, remind, send_round
from marra.commission.queries.followup import unreviewed
from marra.commission.queries.notices import is_behind
from marra.commission.queries.obligations import starts
from marra.door import terminal_stamp
from marra.evidence.actions.collecting import collect
from marra.evidence.actions.desk import open_return
from marra.evidence.queries.desk import unopened
from marra.inventory.actions.feature_looks import ask_due_looks
from marra.inventory.actions.looks import ask_due_checks
from marra.journal.actions import seal
from marra.kit.errors import Refusal
from marra.people.actions import sweep_sessions
from marra.people.rules.contacts import Way
from marra.people.rules.rights import Stamp

LOCK: Final = 0x77_6F_72_6B  # "work"
PAUSE: Final = 1.0


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is done again and again."""

    name: str
    every: int  # seconds
    run: Callable[[Stamp], int]


def _open_returns(stamp: Stamp) -> int:
    """Open what international organisations ask for from today on."""
    waiting = unopened(stamp.at.date())
    for each, year in waiting:
        open_return(stamp, each.code, year=year, place=settings.COUNTRY)
    return len(waiting)


def _tell_what_happened(stamp: Stamp) -> int:
    """Tell whom it concerns what the journal has sealed since."""
    count = 0
    while is_behind():
        count += hear(stamp)
    return count


JOBS: Final = (
    Job("seal the journal", 60, lambda stamp: seal(stamp.at)),
    Job("tell what happened", 60, _tell_what_happened),
    Job("remind of what falls due", 60 * 60, remind),
    Job("send the list of what falls due round", 60 * 60, send_round),
    Job("send mail", 60, send(Way.MAIL)),
    Job("send to Telegram", 60, send(Way.TELEGRAM)),
    Job("send SMS", 60, send(Way.SMS)),
    Job("answer whoever writes to the bot", 20, answer_writers),
    Job("ask for looks at features", 10 * 60, ask_due_looks),
    Job("ask for looks at pages of services", 60 * 60, ask_due_checks),
    Job("look at pages of services", 10, look_at_pages),
    Job("go on with applications", 10, go_on_with_cases),
    Job("write documents", 3, write_papers),
    Job("end old sessions", 60 * 60, sweep_sessions),
    Job("sweep the archive", 60 * 60, sweep_files),
    Job("begin and end deputyships", 60 * 60, settle_deputies),
    Job(
        "review plans in force",
        60 * 60,
        lambda stamp: len([review(stamp, each) for each in unreviewed()]),
    ),
    Job("open what organisations ask for", 24 * 60 * 60, _open_returns),
    Job(
        "ask the rooms what they measure",
        60 * 60,
        lambda stamp: len(collect(stamp, starts=starts(stamp))),
    ),
)


@click.command()
@click.option("--once", is_flag=True, help="Do every job once and end.")
@click.option("--beside", type=int, hidden=True, help="End when this process has ended.")
def work(beside: int | None, *, once: bool) -> None:
    """Seal the journal, tidy up, and whatever else is done later; until it is told to stop."""
    with _alone() as is_alone:
        if not is_alone:
            raise click.ClickException("Another “marra work” is at work here; one is enough.")
        if once:
            for job in JOBS:
                _run(job)
            return
        _go_on(_stopping(), beside)


def start_beside() -> "subprocess.Popen[bytes] | None":
    """Start the work beside a server that begins; it ends with the server."""
    if not settings.WORK:
        return None
    command = [sys.executable, "-m", "marra", "work", "--beside", str(os.getpid())]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603  # nosec B603  our own command


def _go_on(stop: Event, beside: int | None) -> None:
    due = dict.fromkeys((job.name for job in JOBS), 0.0)
    while not stop.is_set() and (beside is None or os.getppid() == beside):
        for job in JOBS:
            if due[job.name] <= monotonic() and not stop.is_set():
                _run(job)
                due[job.name] = monotonic() + job.every
        close_old_connections()
        stop.wait(PAUSE)


def _run(job: Job) -> None:
    if not _leads():
        return
    began = monotonic()
    try:
        count = job.run(terminal_stamp())
    except Refusal as refusal:
        click.echo(f"{job.name}: {refusal}", err=True)
        return
    if count:
        click.echo(f"{job.name}: {count} in {monotonic() - began:.1f} s", err=True)


def _leads() -> bool:
    """Whether no other machine works on this database; PostgreSQL lets go when one is lost."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_or(pid = pg_backend_pid()) FROM pg_locks"
            " JOIN pg_database ON pg_database.oid = pg_locks.database"  # locks of all are shown
            " WHERE locktype = 'advisory' AND classid = 0 AND objid = %s AND granted"
            " AND datname = current_database()",
            [LOCK],
        )
        (ours,) = cursor.fetchone()
        if ours is None:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            (ours,) = cursor.fetchone()
    return bool(ours)


def _stopping() -> Event:
    """Set when the process is asked to end; the job at work is finished first."""
    stop = Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    return stop


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other process works in this data folder."""
    with (settings.DATA / "work.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
