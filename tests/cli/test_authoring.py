"""The guide to making a service does what it says: its files are written and its commands run."""

import os
import re
import subprocess
import sys

import pytest

from tests.house.source import ROOT

PAGE = (ROOT / "docs" / "guide" / "authoring.md").read_text("utf-8")
BLOCK = re.compile(r"^```(?:json (?P<file>\S+)|console)\n(?P<text>.*?)^```$", re.M | re.S)
COMMAND = re.compile(r"^\$ (?P<command>.+)\n(?P<answer>(?:(?!\$ ).*\n)*)", re.M)
SAID = re.compile(r"^  \S+/\S+\n|^Packed: .*\n", re.M)
"""What the guide leaves out: the files that were written."""


def answer(command, folder):
    """Both streams of a command, faults first as a reader sees them together."""
    done = subprocess.run(
        ["/bin/sh", "-c", command.replace("marra ", '"$PYTHON" -m marra ', 1)],
        cwd=folder,
        env={**os.environ, "PYTHON": sys.executable, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )
    return SAID.sub("", done.stdout)


@pytest.mark.once
def test_every_command_of_the_guide_answers_what_stands_there(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    monkeypatch.setenv("MARRA_DATA", str(tmp_path / "data"))
    commands = 0
    for block in BLOCK.finditer(PAGE):
        if block["file"]:
            (tmp_path / block["file"]).write_text(block["text"], "utf-8")
            continue
        for told in COMMAND.finditer(block["text"]):
            assert answer(told["command"], tmp_path) == told["answer"], told["command"]
            commands += 1

    assert commands > 12


def test_the_guide_names_every_example_with_its_level():
    from tests.portal.test_examples import LEVELS

    told = dict(re.findall(r"^\| `([a-z-]+)` \| (\d) \|", PAGE, re.M))

    assert {name: int(level) for name, level in told.items()} == LEVELS
