"""./run says what is wrong in one sentence; ./test knows its switches."""

import re
import socket

import pytest

from tests.commands.make import ROOT, call


@pytest.fixture
def taken_port():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_a_port_that_is_taken_is_one_sentence_and_no_server(tmp_path, taken_port):
    if not (ROOT / ".venv/prepared").exists():
        pytest.skip("this checkout was not prepared by scripts/setup")

    ended = call(ROOT / "run", "--port", str(taken_port), MARRA_DATA=str(tmp_path))

    assert ended.returncode == 1
    assert f"Port {taken_port} on 127.0.0.1 cannot be used" in ended.stderr.splitlines()[-1]
    assert "MARRA_PORT" in ended.stderr.splitlines()[-1]


def test_a_switch_that_test_does_not_know_is_refused():
    ended = call(ROOT / "test", "--everything")

    assert ended.returncode == 1
    assert ended.stderr.startswith("marra: ./test knows no '--everything'.")


def test_the_help_of_test_names_every_switch():
    switches = set(re.findall(r"^    (--[a-z]+)\)", (ROOT / "test").read_text("utf-8"), re.M))

    ended = call(ROOT / "test", "--help")

    assert ended.returncode == 0
    assert {*re.findall(r"--[a-z]+", ended.stdout)} >= switches >= {"--sqlite", "--postgres"}
