"""`marra setup` and `marra serve`: ready from nothing, again in no time, and clear when not."""

import os
import signal
import socket
import subprocess
import sys
from urllib.request import urlopen

import pytest

from tests.house.source import PACKAGE


@pytest.fixture
def house(tmp_path) -> dict[str, str]:
    return {"PYTHONPATH": str(PACKAGE.parent), "MARRA_DATA": str(tmp_path / "var")}


def run(house, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "marra", *words]
    return subprocess.run(
        command, env={**house, **more}, capture_output=True, text=True, timeout=60
    )


def test_serving_before_setting_up_says_what_to_run(house, tmp_path):
    done = run(house, "serve", MARRA_DATA=str(tmp_path))

    assert done.returncode == 1
    assert "Run: marra setup" in done.stderr


def test_setting_up_can_be_repeated(house, tmp_path):
    own = {**house, "MARRA_DATA": str(tmp_path)}
    first, again = run(own, "setup"), run(own, "setup")

    assert (first.returncode, again.returncode) == (0, 0)
    assert "Taking in the published figures" in first.stderr
    assert "Taking in" not in again.stderr
    assert "12 editions, 2003 to 2024" in again.stderr


def test_a_port_that_is_taken_is_told_before_anything_starts(house):
    run(house, "setup")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        done = run(house, "serve", "--port", str(port))

    assert done.returncode == 1
    assert f"Port {port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_cannot_be_reached_is_one_sentence(house):
    done = run(house, "setup", MARRA_DATABASE="postgresql://nobody@127.0.0.1:9/none")

    assert done.returncode == 1
    assert "MARRA_DATABASE" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.once
@pytest.mark.parametrize("everybody", [True, False], ids=["the whole group", "the first process"])
def test_the_address_is_printed_when_it_answers_and_the_server_stops_when_told(house, everybody):
    run(house, "setup")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "-m", "marra", "serve", "--port", str(port)],
        env=house,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as serving:
        printed = serving.stdout.readline()
        with urlopen(f"http://127.0.0.1:{port}/en/") as answer:
            status = answer.status

        (os.killpg if everybody else os.kill)(serving.pid, signal.SIGINT)
        ended = serving.wait(timeout=30)

    assert f"http://localhost:{port}/" in printed
    assert (status, ended) == (200, 0)
