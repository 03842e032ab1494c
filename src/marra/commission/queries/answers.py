"""Answers of the planner: kept as files, worked out one at a time by a process of its own.

A plan takes seconds and a frontier longer, so no page waits for one. A question is left in a
folder; whoever holds the lock of the folder answers what lies there, and the next page finds it.
The name of an answer is the digest of everything that makes it: portfolio, question, figures and
the code of the planner. So nothing is ever stale, and an old answer is only a file to be removed.

A task that could not be finished twice (a fault of ours, or a machine that stopped) is left alone
and told as failed.
"""

import fcntl
import json
import os
import subprocess  # nosec B404  for our own command
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from enum import StrEnum
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import IO, Any, Final

from django.conf import settings

from marra.commission.queries import futures
from marra.commission.rules import answers, solving
from marra.commission.rules.answers import Told, Unanswered
from marra.commission.rules.questions import Question, check_room
from marra.evidence.queries import releases as evidence
from marra.index.plan import document
from marra.index.plan.portfolio import Portfolio
from marra.kit.errors import Refusal

GROUNDS: Final = (".py", ".csv", ".json", ".toml")
MOST_TRIES: Final = 2
MOST_KEPT: Final = 5000
"""Answers on disk; the oldest go first. A megabyte holds about a hundred."""


class Progress(StrEnum):
    """How far a question is."""

    ANSWERED = "answered"
    WAITING = "waiting"
    FAILED = "failed"
    UNASKED = "unasked"


def find(question: Question) -> Told | None:
    """The answer to a question, if it was worked out on what stands now."""
    key = _key(question)
    path = _folder() / f"{key}.json"
    return _read(path) if path.exists() else None


def progress(question: Question) -> Progress:
    """How far the answer to a question is."""
    return _progress(_key(question))


def _progress(key: str) -> Progress:
    if (_folder() / f"{key}.json").exists():
        return Progress.ANSWERED
    task = _task(_folder() / f"{key}.task")
    if task is None:
        return Progress.UNASKED
    return Progress.FAILED if task["tries"] >= MOST_TRIES else Progress.WAITING


def ask(question: Question, portfolio: Portfolio) -> Progress:
    """Leave a question to be answered, and how far it is then; refuses with `TooManyQuestions`
    when many wait."""
    key = _key(question)
    found = _progress(key)
    if found is Progress.UNASKED:
        check_room(waiting())
        task = {
            "question": asdict(question),
            "portfolio": document.written(portfolio),
            "data_version": evidence.data_version(),
            "tries": 0,
        }
        _write(_folder() / f"{key}.task", json.dumps(task))
        return Progress.WAITING
    return found


def ask_again(question: Question) -> None:
    """Forget that a question could not be answered."""
    if progress(question) is Progress.FAILED:
        (_folder() / f"{_key(question)}.task").unlink(missing_ok=True)


def waiting() -> list[Path]:
    """The tasks that wait, the oldest first."""
    tasks = sorted((_age(path), path) for path in _folder().glob("*.task"))
    return [path for _, path in tasks if _tries(path) < MOST_TRIES]


def start_work() -> None:
    """Have a process of its own answer what waits, unless one is at it already.

    The lock is taken here and handed on, so that a crowd starts one process and not many.
    """
    if not settings.PLANNER or not waiting():
        return
    with _alone() as lock:
        if lock is not None:
            _start("work", "--held", pass_fds=(lock.fileno(),))


def start_warm() -> None:
    """Have a process of its own work out what the page of the plan shows first."""
    if settings.PLANNER:
        _start("warm")


def _start(*words: str, pass_fds: tuple[int, ...] = ()) -> None:
    started = subprocess.Popen(  # noqa: S603  # nosec B603  our own command, no words of a reader
        [sys.executable, "-m", "marra", "plan", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        pass_fds=pass_fds,
    )
    Thread(target=started.wait, daemon=True).start()  # else its end would never be noticed


def work(tell: Callable[[Question], None] = lambda _question: None, *, held: bool = False) -> int:
    """Answer all that waits, unless another process is at it; how many were answered.

    `held` says that whoever started this process handed the lock on.
    """
    done = 0
    with nullcontext(held) if held else _alone() as mine:
        while mine and (tasks := waiting()):
            done += _answer(tasks[0], tell)
    _tidy()
    return done


def _answer(path: Path, tell: Callable[[Question], None]) -> int:
    """Answer one task under its own name; one about figures that have changed since is dropped."""
    task = _task(path)
    if task is None or task["data_version"] != evidence.data_version():
        path.unlink(missing_ok=True)
        return 0
    _write(path, json.dumps({**task, "tries": task["tries"] + 1}))
    question = Question(**task["question"])
    tell(question)
    _write(path.with_suffix(".json"), answers.written(_solved(question, task)))
    path.unlink(missing_ok=True)
    return 1


def _solved(question: Question, task: dict[str, Any]) -> Told:
    portfolio = document.read(task["portfolio"])
    try:
        own = futures.stakes(question.place, question.edition, question.k)
        fresh = futures.fresh_stakes(question.place, question.edition, question.k)
        return solving.solved(question, portfolio, own, fresh)
    except Refusal as refusal:
        return Unanswered(question, refusal.code(), refusal.sentence, refusal.facts)


# ── Files ────────────────────────────────────────────────────────────────────────────────────


def _folder() -> Path:
    folder = Path(settings.DATA) / "plans"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _key(question: Question) -> str:
    return question.key(evidence.data_version(), _code())


@cache
def _code() -> str:
    """A digest of what plans: the index with its figures, and what makes an answer of it."""
    package = Path(__file__).resolve().parents[2]
    files = [
        *(file for file in (package / "index").rglob("*") if file.suffix in GROUNDS),
        package / "commission" / "rules" / "solving.py",
        package / "commission" / "rules" / "answers.py",
    ]
    digest = sha256()
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=256)
def _read(path: Path) -> Told:
    return answers.read(path.read_text("utf-8"))


def _task(path: Path) -> dict[str, Any] | None:
    """What a task says; None when it was answered meanwhile."""
    try:
        task: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    return task


def _tries(path: Path) -> int:
    task = _task(path)
    return task["tries"] if task else MOST_TRIES


def _write(path: Path, text: str) -> None:
    """Write beside, then rename: a reader never sees half an answer, not even if power fails."""
    opened, name = tempfile.mkstemp(dir=path.parent, suffix=".new")
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(opened)
    Path(name).replace(path)


@contextmanager
def _alone() -> Iterator[IO[str] | None]:
    """The lock, if nobody else has it; the system lets go when all who hold it have ended."""
    with (_folder() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield lock


def _age(path: Path) -> float:
    """When a task was left; one that was answered meanwhile comes first and is passed over."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _tidy() -> None:
    found = sorted(_folder().glob("*.json"), key=_age)
    for path in found[: max(len(found) - MOST_KEPT, 0)]:
        path.unlink(missing_ok=True)
