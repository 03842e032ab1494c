"""`marra inventory look`: look at one page and end; and the job that starts such workers.

Each look is a process of its own, with limits of time and of the processor that no page can lift,
so a page that is too much for it takes nothing else along. What a killed worker had taken up is
taken up once more by the next one.
"""

import os
import resource
import signal
import subprocess  # nosec B404
import sys
from dataclasses import asdict
from types import FrameType
from typing import Final

import click

from marra.cli.figures import AS_JSON, show_json, show_table
from marra.door import terminal_stamp
from marra.inventory.actions import looks
from marra.inventory.queries import looks as queries
from marra.inventory.rules.looks import AT_ONCE, LONGEST, LookTooLong
from marra.inventory.rules.page_checks.facts import Facts
from marra.inventory.rules.page_checks.judging import judge
from marra.kit.errors import Refusal
from marra.links.pages import gather, net
from marra.people.rules.rights import Stamp

GIVES_WAY: Final = 10
PROCESSOR: Final = 170
"""Seconds of the processor that one process of a look may take."""

LAST_WORDS: Final = 20
AXE: Final = "axe-core"
WORDS: Final = {True: "good", False: "fault", None: "not run"}
_running: "list[subprocess.Popen[bytes]]" = []


def look_at_pages(stamp: Stamp) -> int:
    """Start a worker for each page that waits, as many as may be at once; how many started."""
    _running[:] = [each for each in _running if each.poll() is None]
    started = 0
    waiting = queries.free(stamp.at).count()
    while len(_running) < AT_ONCE and started < waiting:
        command = [sys.executable, "-m", "marra", "inventory", "look", "--queued"]
        _running.append(
            subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603  # nosec B603  our own command
        )
        started += 1
    return started


@click.command()
@click.argument("address", default="")
@click.option("--queued", is_flag=True, hidden=True, help="Take one that waits, and keep it.")
@AS_JSON
def look(address: str, *, queued: bool, as_json: bool) -> None:
    """Look at the page at ADDRESS by the rules of the standard, and say what was found."""
    if queued:
        _bound()
        look_at_next()
        return
    found = judge(gather(address, terminal_stamp().at, net()))
    if as_json:
        show_json([{**asdict(each), "facts": dict(each.facts)} for each in found])
        return
    failed = sum(each.passed is False for each in found)
    show_table(
        f"{failed} faults found at {address}",
        ("rule", "", "place", "what was found"),
        [
            (each.rule, WORDS[each.passed], each.place[:60], each.sentence.format(**each.facts))
            for each in found
        ],
    )


def look_at_next() -> str:
    """Take up the look that is next, and keep what is found; its code, "" if none waits."""
    code = looks.begin_check(terminal_stamp())
    if not code:
        return ""
    address = queries.waiting().named(code).address
    try:
        found = gather(address, terminal_stamp().at, net())
        judged = judge(found)
    except Refusal as refusal:
        told = {"sentence": refusal.sentence, **{k: str(v) for k, v in refusal.facts.items()}}
        looks.finish_check(terminal_stamp(), code, refused=refusal.code(), facts=told)
        return code
    looks.finish_check(terminal_stamp(), code, found=judged, facts=told_of(found))
    return code


def told_of(found: Facts) -> dict[str, str | int | float | list[str]]:
    """What is kept of a look besides its findings: where it led, and what looked."""
    page, seen = found.fetched, found.seen
    told: dict[str, str | int | float | list[str]] = {"rules": "1"}
    if page:
        told |= {"address": page.address, "status": page.status, "bytes": page.size}
        told["steps"] = list(page.steps)
    if seen:
        told |= {"browser": seen.browser, AXE: seen.axe, "requests": seen.requests}
        told["sent"] = seen.sent
    return told


def _bound() -> None:
    """Stop this process, whatever it does, when the longest look is over."""
    os.nice(GIVES_WAY)
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR + 5))
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(int(LONGEST.total_seconds()))


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Give the look up in words; if even that takes long, the process just ends."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(LAST_WORDS)
    raise LookTooLong
