"""Where bytes lie, and what is said when they no longer do.

A file lies under the digest of its bytes, so the same file kept twice lies there once, a name that
somebody typed is never part of a path, and damage shows on the first reading.

Source: ours.
"""

import re
from datetime import timedelta
from typing import Final

from marra.kit.errors import Conflict
from marra.kit.text import gettext_noop

ORPHANED_AFTER: Final = timedelta(days=1)
"""Bytes without a row are left for a day: the action that wrote them may not be over."""


class FileLost(Conflict):
    """The bytes of a known file are not there."""

    sentence = gettext_noop(
        "The bytes of “{name}” are missing in the archive. "
        "Tell an administrator to restore the file {code} from the backup."
    )


class FileDamaged(Conflict):
    """The bytes of a known file are not what was kept."""

    sentence = gettext_noop(
        "“{name}” was damaged in the archive and is not shown. "
        "Tell an administrator to restore the file {code} from the backup."
    )


def place(digest: str) -> str:
    """The path of bytes below the archive's folder; anything but a digest is the caller's fault.

    >>> place("e3b0c442" * 8)[:12]
    'e3/e3b0c442e'
    >>> place("../../secret-key")
    Traceback (most recent call last):
    ValueError: '../../secret-key' is no digest.
    """
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise ValueError(f"{digest!r} is no digest.")
    return f"{digest[:2]}/{digest}"
