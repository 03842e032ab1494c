"""Read kept files. Who may read one is asked of the room that uses it."""

from collections.abc import Collection
from pathlib import Path

from django.conf import settings

from marra.archive.models import StoredFile
from marra.archive.rules.keeping import FileDamaged, FileLost, place
from marra.archive.rules.kinds import digest
from marra.store import Named


def file(code: str) -> StoredFile:
    """What is known of the file of that code; refuses with `NothingNamed`."""
    return StoredFile.all().named(code)


def files(codes: Collection[str]) -> Named[StoredFile]:
    """The files of those codes that there are."""
    return StoredFile.all().filter(code__in=codes)


def content(file: StoredFile) -> bytes:
    """The bytes of a file, as they were kept; refuses with `FileLost` or `FileDamaged`."""
    path = where(file.digest)
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        raise FileLost(name=file.name, code=file.code) from None
    if digest(found) != file.digest:
        raise FileDamaged(name=file.name, code=file.code)
    return found


def folder() -> Path:
    """Where the bytes of all files lie, outside of everything that is served."""
    data: Path = settings.DATA
    return data / "files"


def where(digest: str) -> Path:
    """Where bytes of that digest lie."""
    return folder() / place(digest)


def unknown(digests: set[str]) -> set[str]:
    """Those digests that no row knows."""
    known = StoredFile.objects.filter(digest__in=digests).values_list("digest", flat=True)
    return digests - set(known)
