"""`marra journal` and `marra work`: sealed, proved, verified, and done again and again."""

import json
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.contrib.sessions.models import Session
from django.db import connection

from marra.__main__ import marra
from marra.door import now
from marra.journal.actions import record
from marra.journal.models import Entry, Head, Leaf
from marra.journal.queries.keys import public_key
from marra.journal.rules.heads import opened, read_key
from marra.journal.rules.tree import extends, includes, leaf_hash
from tests.house.source import PACKAGE
from tests.journal.test_seals import without_guards

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(tmp_path, settings):
    settings.DATA = tmp_path
    return tmp_path


def run(*words: str):
    return CliRunner().invoke(marra, list(words))


def test_a_head_is_a_signed_note_and_comes_as_json_too(as_analyst):
    record(as_analyst, "plan.drafted", "plan-1")
    run("journal", "seal")

    note = run("journal", "head").stdout
    told = json.loads(run("journal", "head", "--json").stdout)

    head = opened(note, read_key(told["key"]))
    assert (told["note"], told["size"], told["root"]) == (note, head.size, head.root.hex())
    assert told["key"] == public_key()


def test_an_entry_is_proved_to_whoever_has_the_key_alone(as_analyst):
    record(as_analyst, "plan.drafted", "plan-1")
    run("journal", "seal")
    number = Leaf.objects.get(entry=Entry.objects.get(thing="plan-1").pk).position

    told = json.loads(run("journal", "prove", str(number), "--json").stdout)

    root = opened(told["head"], read_key(public_key())).root
    path = [bytes.fromhex(step) for step in told["path"]]
    assert '"thing":"plan-1"' in told["entry"]
    assert includes(root, told["size"], leaf_hash(told["entry"].encode()), number, path)
    assert told["entry"] in run("journal", "prove", str(number)).stdout


def test_a_head_is_proved_to_extend_an_older_one(as_analyst):
    run("journal", "seal")
    record(as_analyst, "plan.drafted", "plan-1")
    run("journal", "seal")
    second, first = Head.objects.all()

    told = json.loads(run("journal", "extend", str(first.size), str(second.size)).stdout)

    path = [bytes.fromhex(step) for step in told["path"]]
    roots = bytes(first.root), bytes(second.root)
    assert extends(first.size, roots[0], second.size, roots[1], path)


def test_verifying_names_what_was_changed_and_fails(as_analyst):
    record(as_analyst, "plan.drafted", "plan-1")
    run("journal", "seal")
    whole = run("journal", "verify", "--json")
    with without_guards():
        Entry.objects.filter(thing="plan-1").update(by="somebody-else")

    broken, told = run("journal", "verify", "--json"), run("journal", "verify")

    assert (whole.exit_code, json.loads(whole.stdout)["whole"]) == (0, True)
    assert (broken.exit_code, told.exit_code) == (1, 1)
    assert json.loads(broken.stdout)["faults"][0]["kind"] == "altered"
    assert "was altered: now it says plan.drafted plan-1" in told.stdout


def test_verifying_against_a_kept_head_finds_a_journal_that_was_cut_off(tmp_path, as_analyst):
    run("journal", "seal")
    record(as_analyst, "plan.drafted", "plan-1")
    run("journal", "seal")
    kept = tmp_path / "head.txt"
    kept.write_text(run("journal", "head").stdout, "utf-8")
    with without_guards():
        Entry.objects.filter(thing="plan-1").delete()
        Leaf.objects.order_by("-position").first().delete()
        Head.objects.first().delete()

    assert run("journal", "verify").exit_code == 0
    cut = run("journal", "verify", "--head", str(kept), "--key", public_key())
    assert cut.exit_code == 1
    assert "once had" in cut.stdout


def test_a_head_of_another_key_is_refused(tmp_path):
    run("journal", "seal")
    kept = tmp_path / "head.txt"
    kept.write_text(run("journal", "head").stdout, "utf-8")
    (tmp_path / "journal-key").unlink()

    assert "is not signed by the key" in str(
        run("journal", "verify", "--head", str(kept)).exception
    )


def test_every_job_is_done_once(as_analyst):
    Session.objects.create(
        session_key="old", session_data="", expire_date=now() - timedelta(days=1)
    )

    done = run("work", "--once")

    assert (done.exit_code, done.stdout) == (0, "")
    assert "seal the journal: " in done.stderr
    assert "end old sessions: 1 " in done.stderr
    assert Head.objects.count() == 1


def test_a_second_process_is_told_that_one_is_enough(data):
    import fcntl

    with (data / "work.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        assert "one is enough" in run("work", "--once").stderr


@pytest.mark.once
def test_the_work_goes_on_until_it_is_told_to_stop_and_ends_with_its_server(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the process makes a database of its own")
    house = {"PYTHONPATH": str(PACKAGE.parent), "MARRA_DATA": str(tmp_path), "PATH": ""}
    command = [sys.executable, "-m", "marra"]
    subprocess.run([*command, "setup"], env=house, check=True, capture_output=True)
    settings = {"env": house, "stderr": subprocess.PIPE, "text": True}

    asked = subprocess.Popen([*command, "work"], **settings)
    assert "seal the journal" in asked.stderr.readline()
    asked.send_signal(signal.SIGTERM)
    left = subprocess.Popen([*command, "work", "--beside", "1"], **settings)

    assert asked.wait(20) == 0
    assert left.wait(20) == 0
    for each in (asked, left):
        each.stderr.close()
