"""The PostgreSQL of the tests is their own, and gone when they end."""

import os
import signal
import subprocess
from pathlib import Path

import psycopg
import pytest

from tests.commands.make import PATIENCE, ROOT, call

pytestmark = pytest.mark.once
COMMAND = ROOT / "scripts/postgres"
if call(COMMAND, "--where").returncode:
    pytest.skip("PostgreSQL is not installed, so starting it is not tested", True)


def folder_of(address: str) -> Path:
    return Path(address.strip().partition("host=")[2])


def test_it_serves_while_the_command_runs_and_leaves_nothing_behind(tmp_path):
    with subprocess.Popen(
        [COMMAND, "sh", "-c", 'echo "$MARRA_TEST_DATABASE"; read go; exit 7'],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        folder = folder_of(running.stdout.readline())
        with psycopg.connect(host=str(folder), user="marra", dbname="postgres") as database:
            row = database.execute("SELECT 'Oʻzbekiston' COLLATE \"C\", current_user").fetchone()
        running.communicate("\n", timeout=PATIENCE)

    assert row == ("Oʻzbekiston", "marra")
    assert running.returncode == 7
    assert not folder.exists()


def test_it_stops_when_it_is_told_to():
    with subprocess.Popen(
        [COMMAND, "sh", "-c", 'echo "$MARRA_TEST_DATABASE"; sleep 60'],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        folder = folder_of(running.stdout.readline())
        server = int((folder / "data/postmaster.pid").read_text("ascii").split()[0])

        os.killpg(running.pid, signal.SIGTERM)
        running.communicate(timeout=PATIENCE)

    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)
