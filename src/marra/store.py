"""What every table shares: a public code, and a way to be found by it.

Primary keys never leave the house; addresses, files and the journal speak in codes.
"""

import secrets
from typing import ClassVar, Final, Self, TypeVar

from django.db import models

from marra.kit.errors import NotFound
from marra.kit.text import gettext_noop

M = TypeVar("M", bound="Coded")


class NothingNamed(NotFound):
    """There is no row of that code, or none this person may know of."""

    sentence = gettext_noop(
        "Nothing here bears the name “{code}”. Check the name, or look in the list."
    )


class Named(models.QuerySet[M]):
    """Rows that can be asked for by their public code."""

    def named(self, code: str) -> M:
        """The row of that code; refuses with `NothingNamed`."""
        found = self.filter(code=code).first()
        if found is None:
            kind = str(self.model._meta.verbose_name)  # noqa: SLF001  Django means it to be read
            raise NothingNamed(kind=kind, code=code)
        return found


class Coded(models.Model):
    """A row that the public may name."""

    code = models.SlugField(max_length=80, unique=True)

    objects: ClassVar = Named.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code

    @classmethod
    def all(cls) -> "Named[Self]":
        """Every row, as a query that knows `.named(code)`."""
        rows: Named[Self] = Named(cls)
        return rows


def fresh_code(kind: str, *, size: int = 8) -> str:
    """A code that nobody has: `account-` and sixteen hexadecimal digits, two for each byte.

    Four bytes would be too few: among ten thousand rows two agree once in a hundred times. With 16
    nobody can find one by trying either: who knows the code was told it.

    >>> fresh_code("account").startswith("account-"), len(fresh_code("scenario", size=16))
    (True, 41)
    """
    return f"{kind}-{secrets.token_hex(size)}"


LETTERS: Final = "23456789bcdfghjkmnpqrstvwxyz"
"""Without letters that look or sound alike, and without vowels, so that no word comes out."""


def short_code() -> str:
    """A code of twelve letters and digits that people can read out, and nobody can guess.

    >>> len(short_code()), short_code() == short_code()
    (14, False)
    """
    parts = ["".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3)]
    return "-".join(parts)
