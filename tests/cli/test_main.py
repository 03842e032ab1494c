"""The command `marra`: quick where no database is needed, clear where something is wrong."""

import subprocess
import sys

import pytest

from tests.house.source import PACKAGE


def run(tmp_path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    house = {"PYTHONPATH": str(PACKAGE.parent), "MARRA_DATA": str(tmp_path / "var"), **more}
    command = [sys.executable, "-m", "marra", *words]
    return subprocess.run(command, env=house, cwd=tmp_path, capture_output=True, text=True)


def test_the_help_lists_every_group_and_starts_nothing(tmp_path):
    done = run(tmp_path, "--help")

    assert all(name in done.stdout for name in ("data", "index", "people", "serve", "setup"))
    assert not (tmp_path / "var").exists()


def test_the_index_needs_no_django_and_no_folder(tmp_path):
    code = (
        "import sys; from marra.__main__ import marra\n"
        "marra(['index', 'rank', '--country', 'UZB', '--json'], standalone_mode=False)\n"
        "assert 'django' not in sys.modules"
    )
    house = {"PYTHONPATH": str(PACKAGE.parent), "MARRA_DATA": str(tmp_path / "var")}

    done = subprocess.run([sys.executable, "-c", code], env=house, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("index", "rank", "--country", "XYZ"), 1, "No member state has the code “XYZ”"),
        (("people", "list"), 1, "Run: marra setup"),
        (("data", "check", "nowhere.csv"), 2, "nowhere.csv"),
        (("dance",), 2, "No such command"),
    ],
)
def test_what_is_wrong_is_told_on_stderr_and_by_the_exit_code(tmp_path, words, code, says):
    done = run(tmp_path, *words)

    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_refused_file_is_told_line_by_line(tmp_path):
    (tmp_path / "wrong.csv").write_text("edition;iso3\n2024;UZB\n", encoding="utf-8")

    done = run(tmp_path, "data", "check", "wrong.csv")

    assert done.returncode == 1
    assert "wrong.csv: Line 1, column rank: There is no column “rank”" in done.stderr
