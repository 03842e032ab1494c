"""The packaged acts: what came with the program, retold by us from the sources they name.

Source: the files beside this module.
"""

from functools import cache
from importlib.resources import files
from typing import Final

from marra.commission.rules.acts.act import Act
from marra.commission.rules.acts.reader import read

PACKAGED: Final = ("pq-308", "spot-2023-09-20", "yuz-2023-09-13")
"""The names of the packaged files, without their ending."""


@cache
def packaged() -> tuple[Act, ...]:
    """Every packaged act, the resolution first.

    >>> [len(act.obligations) for act in packaged()]
    [23, 7, 6]
    """
    return tuple(read(f"{name}.toml", content(name)) for name in PACKAGED)


def content(name: str) -> bytes:
    """A packaged file as it lies there."""
    return (files("marra.commission.rules.acts") / f"{name}.toml").read_bytes()
