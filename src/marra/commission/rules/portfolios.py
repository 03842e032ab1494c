"""Portfolios as records: a file in versions, each of which stays what it was when it came.

Source: ours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop

MOST_VERSIONS: Final = 500


class SamePortfolio(Conflict):
    """The same initiatives stand already, in whatever file."""

    sentence = gettext_noop(
        "These initiatives are here already, as version {number} of {day}. Nothing was changed."
    )


class OtherCountry(Conflict):
    """The file is about another country than the portfolio."""

    sentence = gettext_noop(
        "The file is about {given}, and this portfolio about {place}. "
        "Open a new portfolio for the file."
    )


class TooManyVersions(Conflict):
    """The list of versions is full."""

    sentence = gettext_noop(
        "This portfolio has {count} versions, and no more are kept. Open a new portfolio."
    )


class VersionWithdrawn(Conflict):
    """The version was taken back."""

    sentence = gettext_noop(
        "Version {number} of the portfolio is withdrawn. Choose another version."
    )


class NoFileName(Invalid):
    """A file without a name says not what kind it is."""

    sentence = gettext_noop("The file has no name. Give it one that ends in .xlsx, .csv or .toml.")


@dataclass(frozen=True, slots=True)
class Kept:
    """What decides whether a version may be added."""

    number: int
    digest: str
    day: str
    withdrawn: bool


def checked_name(name: str) -> str:
    """The file's own name, without folders; refuses with `NoFileName`.

    >>> checked_name("C:\\\\plans\\\\road to 30.xlsx")
    'road to 30.xlsx'
    """
    own = name.replace("\\", "/").rpartition("/")[2].strip()
    if not own or not own.isprintable():
        raise NoFileName
    return own[-255:]


def kind(name: str) -> str:
    """The format of a file by the end of its name.

    >>> kind("Road.XLSX")
    'xlsx'
    """
    return name.rpartition(".")[2].lower()[:10]


def digest(document: str) -> str:
    """What was read, as 64 hexadecimal digits: the same for the same initiatives in another file.

    >>> digest("{}")[:8]
    '44136fa3'
    """
    return sha256(document.encode()).hexdigest()


def next_number(versions: Iterable[Kept], new: str) -> int:
    """The number of a version to be added; refuses what stands already.

    >>> first = Kept(1, "1f2e", "02.03.2026", withdrawn=True)
    >>> next_number([first], "1f2e")
    2
    """
    known = list(versions)
    for each in known:
        if each.digest == new and not each.withdrawn:
            raise SamePortfolio(number=each.number, day=each.day)
    if len(known) >= MOST_VERSIONS:
        raise TooManyVersions(count=len(known))
    return max((each.number for each in known), default=0) + 1
