"""The worker keeps what it finds, refuses what it may not reach, and there are never too many."""

import signal
import subprocess
from dataclasses import replace

import pytest
from click.testing import CliRunner

from marra.cli import looking
from marra.cli.inventory import inventory
from marra.door import now, terminal_stamp
from marra.inventory.actions import looks, standards
from marra.inventory.models.checks import CheckFinding, CheckRun
from marra.inventory.models.standard import Assessment
from marra.inventory.rules.looks import State
from marra.inventory.rules.page_checks.rules import RULES
from marra.links.chromium import NoBrowser
from tests.house.rights import World
from tests.inventory import make
from tests.links.hostile import Site, site

ROOT = replace(World.root, at=now())


@pytest.fixture
def port(settings):
    settings.CHROMIUM = "/nowhere/chromium"
    with site() as number:
        settings.CHECKS_ALSO = frozenset({("127.0.0.1", number)})
        yield number


@pytest.fixture
def asked(db, port):
    standards.adopt_standard(ROOT)
    service = make.service(ROOT)

    def ask(path: str) -> CheckRun:
        host = f"127.0.0.1:{port}" if path.startswith("/") else path
        address = f"http://{host}{path if path.startswith('/') else ''}"
        return looks.ask_check(ROOT, service.code, address=address)

    return ask


def test_what_was_found_is_kept_with_what_looked(asked):
    made = asked("/sahifa")

    assert looking.look_at_next() == made.code

    row = CheckRun.objects.get()
    assert (row.state, row.tries) == (State.DONE, 1)
    assert row.facts["address"].endswith("/sahifa")
    assert set(CheckFinding.objects.values_list("rule", flat=True)) == RULES.keys()
    assert Assessment.objects.filter(requirement="valid", verdict="met", run=row).exists()
    not_run = CheckFinding.objects.filter(rule="phone.width").get()
    assert (not_run.passed, not_run.sentence) == (None, NoBrowser.sentence)
    assert looking.look_at_next() == ""


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("10.0.0.1", "links.private-address"),
        ("127.0.0.1", "links.private-address"),
        ("/garbage", "links.no-answer"),
        ("/endless", "links.too-many-steps"),
        ("/bomb", "links.too-large"),
    ],
)
def test_what_cannot_be_looked_at_is_refused_in_words(asked, path, refused):
    asked(path)

    looking.look_at_next()

    row = CheckRun.objects.get()
    assert (row.state, row.refused) == (State.REFUSED, refused)
    told = {name: value for name, value in row.facts.items() if name != "sentence"}
    assert row.facts["sentence"].format(**told)
    assert not CheckFinding.objects.exists()


def test_a_redirect_to_this_machine_is_refused(asked):
    Site.pages["/on"] = (302, {"Location": "http://127.0.0.1:1/"}, b"")
    asked("/on")

    looking.look_at_next()

    assert CheckRun.objects.get().refused == "links.unfit-address"


def test_no_more_workers_start_than_may_be_at_once(asked, monkeypatch):
    started = []

    def start(command, **options):
        assert command[-2:] == ["look", "--queued"]
        started.append(original(["sleep", "30"], **options))
        return started[-1]

    original = subprocess.Popen
    monkeypatch.setattr(looking.subprocess, "Popen", start)
    for path in ("/1", "/2", "/3"):
        asked(path)
    try:
        first = looking.look_at_pages(terminal_stamp())
        second = looking.look_at_pages(terminal_stamp())
        started[0].kill()
        started[0].wait()
        third = looking.look_at_pages(terminal_stamp())
    finally:
        for each in started:
            each.kill()
            each.wait()
        looking._running.clear()

    assert (first, second, third) == (2, 0, 1)


def test_nothing_starts_where_nothing_waits(db):
    assert looking.look_at_pages(terminal_stamp()) == 0


def test_a_page_can_be_looked_at_from_the_terminal(db, port):
    done = CliRunner().invoke(inventory, ["look", f"http://127.0.0.1:{port}/", "--json"])

    assert done.exit_code == 0, done.output
    assert '"rule": "valid.syntax"' in done.output
    assert not CheckRun.objects.exists()


def test_a_page_that_takes_too_long_to_read_is_given_up_in_words(asked):
    Site.pages["/deep"] = (200, {"Content-Type": "text/html"}, b"<div>" * 190_000)
    asked("/deep")
    before = signal.signal(signal.SIGALRM, looking._stop)
    signal.setitimer(signal.ITIMER_REAL, 2)
    try:
        looking.look_at_next()
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)

    row = CheckRun.objects.get()
    assert (row.state, row.refused) == (State.REFUSED, "inventory.look-too-long")
