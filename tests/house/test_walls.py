"""The contracts name the rooms there are, and each room has only its files."""

import subprocess
import sys

from tests.house.source import PACKAGE, ROOT, contracts

DOORS_AND_GROUND = {"web", "api", "cli", "index", "language", "kit", "links", "flow"}


def rooms() -> set[str]:
    return {
        path.name
        for path in PACKAGE.iterdir()
        if (path / "__init__.py").exists() and path.name not in DOORS_AND_GROUND
    }


def test_both_contracts_name_the_same_rooms():
    floors = " ".join(contracts()["The floors of the house"]["layers"])
    listed = {
        name.removeprefix("marra.") for name in contracts()["The files of a room"]["containers"]
    }

    assert listed == rooms()
    assert all(room in floors.split() for room in rooms())


def test_imports_keep_the_contracts():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout + done.stderr
