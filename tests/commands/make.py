"""Copies of the commands in folders of their own, and machines that lack something."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NEEDED = ("scripts", "requirements", "pyproject.toml", "hatch_build.py", "run", "test")
PATIENCE = 120  # seconds; a command that hangs fails its test


def checkout(folder: Path) -> Path:
    """The commands and their locks in a folder whose name has a space; the sources left out."""
    place = folder / "a copy"
    for name in NEEDED:
        source, target = ROOT / name, place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, target)
    for name in ("frontend", "src/marra/web/parts", "src/marra/locale"):
        (place / name).mkdir(parents=True)
    return place


def program(folder: Path, name: str, script: str) -> Path:
    """A program of that name, written for /bin/sh."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return path


def python_that(folder: Path, case: str) -> Path:
    """This Python, but for calls whose arguments match a case of the shell."""
    return program(folder, "python", f'case "$*" in {case} esac\nexec "{sys.executable}" "$@"')


def call(command: Path | str, *arguments: str, cwd: Path | str = "/", **settings: str):
    """A command's end, as seen from a folder that is not its own; settings beside ours."""
    return subprocess.run(
        [str(command), *arguments],
        cwd=cwd,
        env={**os.environ, **settings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
