"""Packaged portfolios: worked examples that came with the program.

Source: the files beside this package; each says of every number how it was arrived at.
"""

from functools import cache
from importlib.resources import files
from typing import Final

from marra.index.plan.files.reader import read
from marra.index.plan.portfolio import Portfolio
from marra.kit.errors import NotFound
from marra.kit.text import gettext_noop

FOLDER: Final = files("marra.index.plan") / "portfolios"
PACKAGED: Final = ("uzbekistan",)
"""The names of the packaged portfolios."""


class NoSuchPortfolio(NotFound):
    """No portfolio of that name is packaged."""

    sentence = gettext_noop("No portfolio “{name}” came with the program. There are: {known}.")


@cache
def packaged(name: str) -> Portfolio:
    """The packaged portfolio of that name; its effects and costs are assumptions.

    >>> packaged("uzbekistan").place
    'UZB'
    """
    return read(f"{name}.toml", content(name))


def content(name: str) -> bytes:
    """The file of a packaged portfolio as it lies there."""
    if name not in PACKAGED:
        raise NoSuchPortfolio(name=name, known=", ".join(PACKAGED))
    return (FOLDER / f"{name}.toml").read_bytes()
