"""How built-in functions are declared: what they take, by kind, and what they do with it.

A function gets only what it takes; anything else makes its result nothing. One item stands for a
list of one, and a list of one for its item.

Source: OMG, Decision Model and Notation 1.5, sections 10.3.2.9.4 and 10.3.4.
"""

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from marra.flow.feel.fuel import Work, counted
from marra.flow.feel.values import Function, Value, kind

TAKEN: Final = {
    "s": ("string",),
    "n": ("number",),
    "b": ("boolean",),
    "l": ("list",),
    "c": ("context",),
    "f": ("function",),
    "r": ("range",),
    "d": ("date", "date and time"),
    "t": ("date", "date and time", "time"),
    "y": ("days and time duration", "years and months duration"),
}
"""Letters for kinds; `a` is anything, `o` anything or nothing; `?` after it may be left out."""

SHARE: Final = 16
"""Items or signs that are gone through for one step."""

PART: Final = re.compile(r"\s*([a-z][a-zA-Z0-9 ]*?)=([snblcfrdtyao])(\??)\s*")


def builtin(takes: str, run: Callable[..., Value], *, works: bool = False) -> Function:
    """A function that takes such arguments, as in `string=s, length=n?`.

    >>> from marra.flow.feel.fuel import Work, counted
    >>> length = builtin("string=s", len)
    >>> length.run(Work(9, None), "abc"), length.run(Work(9, None), None)
    (3, None)
    """
    parts = [PART.fullmatch(each) for each in takes.split(",")] if takes else []
    names = tuple(part[1] for part in parts if part)
    letters = [part[2] for part in parts if part]

    def guarded(work: Work, *values: Value) -> Value:
        fitted = []
        for letter, value in zip(letters, values, strict=False):
            ok, fitting = _fit(letter, value)
            if not ok:
                return None
            if isinstance(fitting, (list, str)):
                work.spend(len(fitting) // SHARE)
            fitted.append(fitting)
        return counted(work, partial(run, work) if works else run, *fitted)

    def fits(values: list[Value]) -> bool:
        return all(_fit(letter, value)[0] for letter, value in zip(letters, values, strict=False))

    needed = sum(not part[3] for part in parts if part)
    return Function(names, guarded, needed, fits=fits)


def _fit(letter: str, value: Value) -> tuple[bool, Value]:
    if letter == "o":
        return True, value
    if letter == "a":
        return value is not None, value
    what = kind(value)
    if what in TAKEN[letter]:
        return True, value
    if letter == "l":
        return value is not None, [value]
    if what == "list" and len(value) == 1 and kind(value[0]) in TAKEN[letter]:
        return True, value[0]
    return False, None


def of_list(run: Callable[[list[Value]], Value], name: str = "list") -> Function:
    """A function that takes one list, or its items one by one."""

    def spread(work: Work, *values: Value) -> Value:
        single = len(values) == 1
        if single and values[0] is None:
            return None
        found = values[0] if single and isinstance(values[0], list) else list(values)
        work.spend(len(found))
        return run(found)

    return Function((name,), spread, needed=1, variadic=True)


def overloaded(first: Function, *others: Function) -> Function:
    """One name with several ways to call it; the first that takes the arguments is called."""
    return Function(
        first.names,
        first.run,
        first.needed,
        first.variadic,
        first.kinds,
        tuple(others),
        first.fits,
    )


def all_of(items: Iterable[Value], what: str) -> bool:
    """Whether all items are of a kind."""
    return all(kind(each) == what for each in items)
