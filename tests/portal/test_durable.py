"""What was accepted is there, and once, whatever happens to the process or its request."""

import json
import subprocess
import sys

import pytest

from tests.house.source import ROOT


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What became of a house whose processes were killed."""
    command = [sys.executable, "-m", "tests.portal.killed", str(tmp_path_factory.mktemp("house"))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_process_killed_at_any_statement_leaves_a_whole_application_or_none(told):
    assert told["killed"]["tried"] > 5
    assert told["killed"]["half"] == 0


def test_a_request_repeated_after_the_kill_makes_one_application(told):
    assert told["killed"]["lost"] == 0


def test_an_answered_application_survives_the_kill_of_its_process(told):
    assert told["after"] is True


def test_the_same_request_six_times_at_once_is_one_application(told):
    assert told["at_once"] == {"answers": 6, "codes": 1, "applications": 1}
