"""Settings: each stands in the manual, a wrong one is told in one sentence, the key is private."""

import re
import stat
import subprocess
import sys

import pytest

from tests.house.source import PACKAGE, ROOT

MANUAL = (ROOT / "docs" / "settings.md").read_text("utf-8")
READ = set(
    re.findall(
        r'(?:text|number|switch|country|one_of|service|hosts)\("([A-Z_]+)"',
        (PACKAGE / "settings.py").read_text(),
    )
)


def started(tmp_path, **wrong: str) -> subprocess.CompletedProcess[str]:
    environment = {"MARRA_DATA": str(tmp_path / "var"), "PYTHONPATH": str(PACKAGE.parent), **wrong}
    command = [sys.executable, "-m", "marra", "people", "list", "--json"]
    return subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True)


def test_the_manual_lists_every_setting_and_no_other():
    assert {f"MARRA_{name}" for name in READ} == set(re.findall(r"\| `(MARRA_\w+)` \|", MANUAL))


WRONG = {
    "MARRA_PORT": "0",
    "MARRA_SECOND_FACTOR": "maybe",
    "MARRA_DEBUG": "maybe",
    "MARRA_EIMZO": "ftp://x",
    "MARRA_CHECKS_ALSO": "test.gov.uz",
    "MARRA_MAIL": "http://mail.gov.uz",
    "MARRA_TELEGRAM": "bot123:abc",
    "MARRA_SMS": "https://user:word@host:99999/send",
    "MARRA_DATABASE": "x:/y",
    "MARRA_COUNTRY": "XYZ",
    "MARRA_DATA": "/proc/no/way",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_is_told_in_one_sentence(tmp_path, name):
    done = started(tmp_path, **{name: WRONG[name]})

    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_the_secret_key_is_made_once_and_is_its_owners_alone(tmp_path):
    started(tmp_path)
    key = tmp_path / "var" / "secret-key"
    made, mode = key.read_text(), stat.S_IMODE(key.stat().st_mode)

    started(tmp_path)

    assert (mode, key.read_text()) == (0o600, made)
