"""The first change of docs/first-change.md works on the tree as it stands."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.house.source import ROOT

PAGE = (ROOT / "docs" / "first-change.md").read_text("utf-8")
BLOCK = re.compile(
    r"^(?P<how>At the end of|In|The new file) `(?P<path>[^`]+)`(?:, before `(?P<anchor>[^`]+)`)?:"
    r"\n\n```\w+\n(?P<code>.*?)^```$",
    re.M | re.S,
)
ROWS = re.compile(r"^\| (?!message|---)(.+?) \| (.+?) \| (.+?) \|$", re.M)
COPIED = ("src", "tests", "scripts", "docs", "hatch_build.py", "pyproject.toml", "README.md")
TESTED = (
    "tests/people/test_full_names.py",
    "src/marra/people/rules/accounts.py",
    "tests/house/test_actions.py",
    "tests/house/test_doors.py",
)


def copy_of_the_house(folder: Path) -> Path:
    for name in COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target)
    return folder


def put(house: Path, block: dict[str, str]) -> None:
    path, code = house / block["path"], block["code"]
    if block["how"] == "The new file":
        assert not path.exists()
        path.write_text(code, "utf-8")
        return
    old = path.read_text("utf-8")
    if block["how"] == "At the end of":
        path.write_text(old + code, "utf-8")
        return
    assert old.count(f"{block['anchor']}\n") == 1, block["anchor"]
    path.write_text(old.replace(block["anchor"], code + block["anchor"], 1), "utf-8")


def translate(house: Path) -> None:
    for column, language in enumerate(("uz", "ru"), start=1):
        path = house / "src/marra/locale" / language / "LC_MESSAGES/django.po"
        catalogue = polib.pofile(str(path), wrapwidth=99)
        for row in ROWS.findall(PAGE):
            catalogue.find(row[0]).msgstr = row[column]
        catalogue.save()


def run(house: Path, *command: str) -> str:
    settings = {"PYTHONPATH": str(house / "src"), "MARRA_DATA": str(house / "var")}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=house,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=300,
    )
    wrong = done.stdout[-3000:] + done.stderr[-1000:]
    assert done.returncode == 0 or "--check" in command[:2], wrong
    return done.stdout


@pytest.mark.once
def test_the_first_change_of_the_documentation_passes_the_tests_of_the_house(tmp_path):
    house = copy_of_the_house(tmp_path / "house")
    blocks = [found.groupdict() for found in BLOCK.finditer(PAGE)]

    for block in blocks:
        put(house, block)
    run(house, "scripts/messages.py")
    translate(house)
    run(house, "scripts/messages.py")
    unsaid = run(house, "scripts/messages.py", "--check")

    assert not [message for message, *_ in ROWS.findall(PAGE) if message in unsaid]
    assert len(blocks) == sum(map(PAGE.count, ("```python", "```html", "```csv"))) >= 12
    written = sorted({block["path"] for block in blocks if block["path"].endswith(".py")})
    run(house, "-m", "ruff", "check", *written)
    run(house, "-m", "ruff", "format", "--check", *written)
    run(house, "-m", "pytest", "-q", "-n0", "-p", "no:randomly", *TESTED)
    rights = ("tests/house/test_rights.py", "-k", "renamed or rename")
    run(house, "-m", "pytest", "-q", "-n0", "-p", "no:randomly", *rights)
