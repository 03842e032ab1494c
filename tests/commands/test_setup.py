"""A machine that lacks something gets one clear sentence, and nothing is left half done."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from tests.commands.make import PATIENCE, ROOT, call, checkout, program, python_that

pytestmark = pytest.mark.once

NOWHERE = "http://127.0.0.1:9"  # the port that nobody listens on
NO_NETWORK = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy"), NOWHERE)


@pytest.fixture
def copy(tmp_path):
    return checkout(tmp_path)


def last_line(ended):
    return ended.stderr.strip().splitlines()[-1]


def test_a_python_that_is_too_old_is_named_with_what_to_do(copy, tmp_path):
    old = program(tmp_path, "python3", "echo 3.9")

    ended = call(copy / "scripts/setup", MARRA_PYTHON=str(old))

    assert ended.returncode == 1
    assert last_line(ended) == (
        f"marra: Marra needs Python 3.11 or newer; {old} is 3.9. "
        "Install one, or name one by MARRA_PYTHON=/path/to/python3.11."
    )
    assert not (copy / ".venv").exists()


def test_a_python_that_does_not_start_is_not_taken(copy, tmp_path):
    broken = program(tmp_path, "python3", "exit 1")

    ended = call(copy / "scripts/setup", MARRA_PYTHON=str(broken))

    assert ended.returncode == 1
    assert f"{broken} is not a working Python" in last_line(ended)


def test_a_disk_that_is_nearly_full_is_told_before_anything_is_made(copy, tmp_path):
    program(tmp_path / "bin", "df", "echo head; echo /dev/x 9 9 20480 99% /")

    ended = call(copy / "scripts/setup", PATH=f"{tmp_path / 'bin'}:{os.environ['PATH']}")

    assert ended.returncode == 1
    assert "The disk is nearly full: 20 MB are free" in last_line(ended)
    assert not (copy / ".venv").exists()


def test_a_disk_that_fills_up_on_the_way_is_told_as_such(copy, tmp_path):
    python = python_that(tmp_path, "-m\\ venv*) echo 'No space left on device'; exit 1;;")

    ended = call(copy / "scripts/setup", MARRA_PYTHON=str(python))

    assert ended.returncode == 1
    assert "Making .venv: the disk is full." in last_line(ended)


def test_a_folder_that_may_not_be_written_is_told_as_such():
    place = checkout(Path(tempfile.mkdtemp(prefix="marra-")))
    command, unwritable = [str(place / "scripts/setup")], [place.parent, place]
    if os.geteuid() == 0:
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
    for folder in unwritable:
        folder.chmod(0o555)
    try:
        ended = call(command[0], *command[1:])
    finally:
        for folder in unwritable:
            folder.chmod(0o755)
        shutil.rmtree(place.parent)

    assert ended.returncode == 1
    assert last_line(ended).startswith(f"marra: No right to write in {place}.")


def test_without_a_network_it_says_so_leaves_no_command_and_begins_anew_later(copy):
    ended = call(copy / "scripts/setup", **NO_NETWORK)

    assert ended.returncode == 1
    assert "Fetching uv: the network did not answer." in last_line(ended)
    assert not (copy / ".venv/bin/marra").exists()
    assert not (copy / ".venv/prepared").exists()

    again = call(copy / "scripts/setup", **NO_NETWORK)

    assert again.returncode == 1
    assert "Making .venv with Python" in again.stderr


def test_a_set_up_that_is_interrupted_leaves_nothing_that_looks_done(copy, tmp_path):
    python = python_that(tmp_path, "-m\\ venv*) mkdir -p .venv/bin; exec sleep 60;;")
    begun = subprocess.Popen(
        [str(copy / "scripts/setup")],
        env={**os.environ, "MARRA_PYTHON": str(python)},
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    for _ in range(PATIENCE * 10):
        if (copy / ".venv/bin").exists():
            break
        time.sleep(0.1)

    os.killpg(begun.pid, signal.SIGTERM)
    begun.communicate(timeout=PATIENCE)

    assert begun.returncode not in (0, None)
    assert (copy / ".venv/unfinished").exists()
    assert not (copy / ".venv/prepared").exists()


def test_a_second_set_up_waits_for_the_first(copy, tmp_path):
    if not shutil.which("flock"):
        pytest.skip("flock is not installed, so two set-ups at once are not kept apart here")
    old = program(tmp_path, "python3", "echo 3.9")
    (copy / "var").mkdir()

    with subprocess.Popen(
        ["flock", str(copy / "var/environment.lock"), "sh", "-c", "echo held; sleep 2"],
        stdout=subprocess.PIPE,
    ) as holder:
        holder.stdout.readline()
        ended = call(copy / "scripts/setup", MARRA_PYTHON=str(old))

    assert "Another set-up is at work here; waiting for it." in ended.stderr
    assert ended.returncode == 1


def test_what_is_prepared_is_left_alone_from_any_folder_and_in_any_locale():
    if not (ROOT / ".venv/prepared").exists():
        pytest.skip("this checkout was not prepared by scripts/setup")
    call(ROOT / "scripts/setup")
    before = (ROOT / ".venv/prepared").stat().st_mtime_ns

    ended = call(ROOT / "scripts/setup", LC_ALL="POSIX", TMPDIR="/tmp")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert (ROOT / ".venv/prepared").stat().st_mtime_ns == before


def test_an_unknown_set_is_refused(copy):
    ended = call(copy / "scripts/setup", "everything")

    assert ended.returncode == 1
    assert last_line(ended) == "marra: scripts/setup knows 'run' and 'test', not 'everything'."
