"""Keep files, and sweep away bytes that no row knows."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction

from marra.archive import queries
from marra.archive.models import StoredFile
from marra.archive.rules.keeping import ORPHANED_AFTER
from marra.archive.rules.kinds import checked
from marra.journal.actions import record
from marra.people.rules import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def keep_file(stamp: Stamp, *, name: str, content: bytes) -> StoredFile:
    """Keep a file as it is: the bytes first, then the row, so that no row is without its bytes."""
    stamp.require(*rights("archive")["file.kept"], of=stamp.by)
    found = checked(name, content)
    _write(found.digest, content)
    made = StoredFile.objects.create(
        code=fresh_code("file", size=16),
        name=found.name,
        type=found.type,
        size=found.size,
        digest=found.digest,
        kept_at=stamp.at,
        kept_by=stamp.by,
    )
    record(stamp, "file.kept", made.code, digest=made.digest, size=made.size, kind=found.kind)
    return made


@transaction.atomic
def sweep(stamp: Stamp) -> int:
    """Remove bytes that no row has known for a day, left by actions that failed; how many."""
    stamp.require(*rights("archive")["files.swept"])
    with _alone():
        old = {path.name: path for path in _bytes() if _age(path) < stamp.at - ORPHANED_AFTER}
        finished = {name for name in old if len(name) == 64}
        orphans = queries.unknown(finished) | (set(old) - finished)
        for name in orphans:
            old[name].unlink(missing_ok=True)
    if orphans:
        record(stamp, "files.swept", "archive", count=len(orphans))
    return len(orphans)


def _write(digest: str, content: bytes) -> None:
    """Write whole or not at all, and only return once the disk has it."""
    path = queries.where(digest)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    begun = path.with_name(f"{digest}.{secrets.token_hex(8)}")
    with _alone():
        opened = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        begun.replace(path)
        _settle(path.parent)


def _settle(folder: Path) -> None:
    """The new name, too, is on the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time, so that the sweep never takes what is just being kept."""
    queries.folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (queries.folder() / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _bytes() -> Iterator[Path]:
    return (path for path in queries.folder().glob("[0-9a-f][0-9a-f]/*") if path.is_file())


def _age(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
