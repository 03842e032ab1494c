"""The method of an edition, read from its file and checked.

A file that is wrong is refused with its path and the line to look at; nothing is read by half.

Source: ours; what the files say names its own source in them.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from marra.index.edition import PILLARS, Basis, Edition, Input, Pillar, Scaling, Statement
from marra.kit.errors import Invalid, NotFound
from marra.kit.text import gettext_noop

FOLDER: Final = files("marra.index") / "editions"
UNKNOWN: Final = "the method is not known yet"


class WrongEdition(Invalid):
    """An edition file says something that cannot be."""

    sentence = gettext_noop("{path}, line {line}: {what}. Correct the file.")


class NoSuchEdition(NotFound):
    """There is no method for this year."""

    sentence = gettext_noop("There is no edition of {year}. Editions known here: {known}.")


@cache
def known() -> tuple[int, ...]:
    """The editions whose method is packaged, oldest first.

    >>> known()[0], known()[-1], len(known())
    (2003, 2024, 12)
    """
    stems = (each.name.removesuffix(".toml") for each in FOLDER.iterdir())
    return tuple(sorted(int(stem) for stem in stems if stem.isdigit()))


@cache
def definition(year: int) -> Edition:
    """The method of a packaged edition; refuses with `NoSuchEdition`.

    >>> [str(pillar.weight) for pillar in definition(2010).pillars]
    ['17/50', '33/100', '33/100']
    """
    if year not in known():
        raise NoSuchEdition(year=year, known=", ".join(map(str, known())))
    path = FOLDER / f"{year}.toml"
    return read(path.read_text(encoding="utf8"), f"editions/{year}.toml")


def provisional(year: int, members: int) -> Edition:
    """An edition whose method is not known yet: pillars only, weights of one third *assumed*.

    >>> provisional(2026, 193).provisional, provisional(2026, 193).pillar("tii").inputs
    (True, ())
    """
    last = definition(known()[-1])
    said = Statement(
        gettext_noop("The three parts are taken to weigh one third each."), Basis.ASSUMED, UNKNOWN
    )
    pillars = tuple(
        Pillar(
            name=name,
            weight=Fraction(1, 3),
            scaling=Scaling.MIN_MAX,
            standardised=False,
            inputs=(),
            statements=(),
            basis=Basis.ASSUMED,
            source=UNKNOWN,
        )
        for name in PILLARS
    )
    return Edition(
        year=year,
        version=f"{year}-provisional",
        title=f"UN E-Government Survey {year}",
        members=members,
        digits=last.digits,
        tolerance=last.tolerance,
        ties_apart=False,
        data_year=None,
        provisional=True,
        breaks=(gettext_noop("The method of this edition is not known here yet."),),
        pillars=(pillars[0], pillars[1], pillars[2]),
        statements=(said,),
    )


def read(text: str, path: str) -> Edition:
    """The edition that a file describes; refuses with `WrongEdition`, naming path and line.

    >>> read("year = 2030\\ntitle = 3", "x.toml")
    Traceback (most recent call last):
    marra.index.method.WrongEdition: x.toml, line 2: “title” must be text. Correct the file.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        line = re.search(r"at line (\d+)", str(fault))
        number = int(line.group(1)) if line else text.count("\n") + 1
        raise WrongEdition(path=path, line=number, what=str(fault).split(" (at")[0]) from fault
    return _edition(_Part(document, text, path, ()), sha256(text.encode()).hexdigest()[:8])


class _Part:
    """A table of the file, which knows where it stands in it."""

    def __init__(
        self, values: Mapping[str, Any], text: str, path: str, at: tuple[str | int, ...]
    ) -> None:
        self.values, self.text, self.path, self.at = values, text, path, at

    def wrong(self, key: str, what: str) -> WrongEdition:
        return WrongEdition(path=self.path, line=_line(self.text, self.at, key), what=what)

    def take(
        self, key: str, kind: type | tuple[type, ...], called: str, default: Any = ...
    ) -> Any:
        if key not in self.values:
            if default is ...:
                raise self.wrong("", f"“{key}” is missing")
            return default
        value = self.values[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.wrong(key, f"“{key}” must be {called}")
        return value

    def text_of(self, key: str) -> str:
        return str(self.take(key, str, "text"))

    def whole(self, key: str, default: Any = ...) -> Any:
        return self.take(key, int, "a whole number", default)

    def number(self, key: str, default: Any = ...) -> Any:
        value = self.take(key, (int, float), "a number", default)
        return None if value is None else float(value)

    def choice(self, key: str, kind: Callable[[str], Any], allowed: type) -> Any:
        value = self.text_of(key)
        try:
            return kind(value)
        except ValueError as fault:
            names = ", ".join(str(each.value) for each in allowed)  # type: ignore[attr-defined]
            raise self.wrong(key, f"“{key}” is “{value}”; it must be one of {names}") from fault

    def fraction(self, key: str) -> Fraction:
        value = self.text_of(key)
        try:
            share = Fraction(value)
        except (ValueError, ZeroDivisionError) as fault:
            raise self.wrong(key, f"“{key}” is “{value}”, not a fraction such as 1/3") from fault
        if not 0 < share <= 1:
            raise self.wrong(key, f"“{key}” is {value}; a weight lies above 0 and is at most 1")
        return share

    def within(self, key: str, value: float, low: float, high: float) -> float:
        if not low <= value <= high:
            raise self.wrong(key, f"“{key}” is {value}; it must lie between {low} and {high}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.take(key, list, "a list of texts", [])
        if not all(isinstance(value, str) for value in values):
            raise self.wrong(key, f"“{key}” must be a list of texts")
        return tuple(values)

    def part(self, key: str) -> "_Part":
        values = self.take(key, dict, "a table")
        return _Part(values, self.text, self.path, (*self.at, key))

    def parts(self, key: str) -> list["_Part"]:
        rows = self.take(key, list, "a list of tables", [])
        if not all(isinstance(row, dict) for row in rows):
            raise self.wrong(key, f"“{key}” must be a list of tables")
        return [
            _Part(row, self.text, self.path, (*self.at, key, place))
            for place, row in enumerate(rows)
        ]

    def only(self, *names: str) -> None:
        for name in self.values:
            if name not in names:
                raise self.wrong(name, f"“{name}” is not known here; use {', '.join(names)}")


def _edition(top: _Part, version: str) -> Edition:
    top.only(
        "year", "title", "members", "digits", "tolerance", "ties_apart", "data_year",
        "breaks", "statements", "pillars",
    )  # fmt: skip
    year, title = top.whole("year"), top.text_of("title")
    named = re.search(r"(\d{4})\.toml$", top.path)
    if named and int(named.group(1)) != year:
        raise top.wrong("year", f"“year” is {year}, but the file is named for {named.group(1)}")
    within = top.part("pillars")
    within.only(*PILLARS)
    pillars = [_pillar(within.part(name), name) for name in PILLARS]
    if sum(pillar.weight for pillar in pillars) != 1:
        raise within.part("osi").wrong("weight", "the three weights must add up to 1")
    return Edition(
        year=year,
        version=f"{year}-{version}",
        title=title,
        members=int(top.within("members", top.whole("members"), 1, 1000)),
        digits=int(top.within("digits", top.whole("digits"), 1, 10)),
        tolerance=top.within("tolerance", top.number("tolerance"), 0, 0.01),
        ties_apart=bool(top.take("ties_apart", bool, "true or false")),
        data_year=top.whole("data_year", None),
        provisional=False,
        breaks=top.texts("breaks"),
        pillars=(pillars[0], pillars[1], pillars[2]),
        statements=tuple(_statement(each) for each in top.parts("statements")),
    )


def _pillar(part: _Part, name: str) -> Pillar:
    part.only("weight", "scaling", "standardised", "basis", "source", "inputs", "statements")
    inputs = tuple(_input(each, name) for each in part.parts("inputs"))
    for each, given in zip(part.parts("inputs"), inputs, strict=True):
        if sum(given.name == other.name for other in inputs) > 1:
            raise each.wrong("name", f"“{given.name}” stands twice among the inputs of {name}")
    if inputs and sum(each.weight for each in inputs) != 1:
        first = part.parts("inputs")[0]
        raise first.wrong("weight", f"the weights of the inputs of {name} must add up to 1")
    return Pillar(
        name=name,
        weight=part.fraction("weight"),
        scaling=part.choice("scaling", Scaling, Scaling),
        standardised=bool(part.take("standardised", bool, "true or false")),
        inputs=inputs,
        statements=tuple(_statement(each) for each in part.parts("statements")),
        basis=part.choice("basis", Basis, Basis),
        source=part.text_of("source"),
    )


def _input(part: _Part, pillar: str) -> Input:
    part.only("name", "weight", "unit", "cap", "direction", "of", "data_year", "basis", "source")
    name = part.text_of("name")
    if not name.startswith(f"{pillar}."):
        raise part.wrong("name", f"“{name}” must begin with “{pillar}.”")
    direction = part.whole("direction")
    if direction not in (1, -1):
        raise part.wrong("direction", "“direction” must be 1 or -1")
    of = part.texts("of")
    if not of or not all(series.startswith(f"{pillar}.") for series in of):
        raise part.wrong("of", f"“of” must name series that begin with “{pillar}.”")
    cap = part.number("cap", None)
    return Input(
        name=name,
        weight=part.fraction("weight"),
        unit=part.text_of("unit"),
        cap=cap if cap is None else part.within("cap", cap, 0, 1e6),
        direction=direction,
        of=of,
        data_year=part.whole("data_year", None),
        basis=part.choice("basis", Basis, Basis),
        source=part.text_of("source"),
    )


def _statement(part: _Part) -> Statement:
    part.only("says", "basis", "source")
    says, source = part.text_of("says"), part.text_of("source")
    return Statement(says, part.choice("basis", Basis, Basis), source)


def _line(text: str, at: tuple[str | int, ...], key: str) -> int:
    """The line of a key inside a table; the table's head when the key itself is not there."""
    head = ".".join(step for step in at if isinstance(step, str))
    count = next((step for step in reversed(at) if isinstance(step, int)), 0)
    found, inside, seen = 1, not head, -1
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped.startswith("["):
            named = stripped.strip("[]").strip()
            if key and named == f"{head}.{key}".lstrip("."):
                return number
            seen += named == head
            inside = named == head and (not stripped.startswith("[[") or seen == count)
            found = number if inside else found
        elif inside and key and re.match(rf'"?{re.escape(key)}"?\s*=', stripped):
            return number
    return found
