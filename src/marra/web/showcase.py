"""The page of parts: each component of our pages with its parameters and examples.

A part lies in `parts/<name>/`: template, style, and a description in TOML from which this page and
the tests are made.

Source: ours, after GOV.UK Frontend's description files.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from marra.kit.errors import NotFound
from marra.kit.text import gettext_noop
from marra.web.charts.catalogue import chart
from marra.web.charts.chart import Column, Table
from marra.web.forms import PageForm
from marra.web.index.address import asked

PARTS: Final = Path(__file__).parent / "parts"

Given = Mapping[str, Any]


class NoSuchPart(NotFound):
    """There is no component of that name."""

    sentence = gettext_noop("There is no part “{name}”. The parts are: {names}.")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a part must or may be given."""

    name: str
    says: str
    kind: str
    choices: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Example:
    """One way to use a part."""

    name: str
    given: Given


@dataclass(frozen=True, slots=True)
class Part:
    """A component, as its file describes it."""

    name: str
    says: str
    parameters: tuple[Parameter, ...]
    examples: tuple[Example, ...]


@cache
def parts() -> tuple[Part, ...]:
    """Every part, by name."""
    return tuple(_read(path) for path in sorted(PARTS.glob("*/*.toml")))


def _read(path: Path) -> Part:
    told = tomllib.loads(path.read_text("utf-8"))
    parameters = tuple(
        Parameter(
            name=name,
            says=each["says"],
            kind=each["kind"],
            choices=tuple(each.get("choices", ())),
            optional=each.get("optional", False),
        )
        for name, each in told["parameters"].items()
    )
    examples = tuple(Example(each["name"], each["given"]) for each in told["examples"])
    return Part(path.stem, told["says"], parameters, examples)


def made(part: Part, example: Example) -> dict[str, object]:
    """The example's parameters as the template takes them."""
    kinds = {parameter.name: parameter.kind for parameter in part.parameters}
    return {name: MAKERS[kinds[name]](value) for name, value in example.given.items()}


def _form(fields: Given) -> PageForm:
    form = PageForm(data={})
    form.auto_id = f"example-{crc32(str(fields).encode())}-%s"
    for name, told in fields.items():
        choices = [(option, option) for option in told.get("options", ())]
        kind = {"label": told["label"], "help_text": told.get("hint", ""), "required": False}
        form.fields[name] = (
            forms.ChoiceField(choices=choices, **kind) if choices else forms.CharField(**kind)
        )
    form.full_clean()
    for name, told in fields.items():
        if "error" in told:
            form.add_error(name, told["error"])
    return form


def _field(told: Given) -> forms.BoundField:
    return _form({"example": told})["example"]


def _table(told: Given) -> Table:
    columns = tuple(Column(**column) for column in told["columns"])
    return Table(columns, tuple(tuple(row) for row in told["rows"]))


def _chart(told: Given) -> object:
    return chart(told["name"], asked(told.get("query", {})), get_language() or "uz")


def _same(value: object) -> object:
    return value


MAKERS: Final[Mapping[str, Callable[[Any], object]]] = {
    "text": _same,
    "switch": _same,
    "rows": _same,
    "form": _form,
    "field": _field,
    "table": _table,
    "chart": _chart,
}
"""What turns a value in the file into what the template takes, by the parameter's kind."""


def show(request: HttpRequest) -> HttpResponse:
    """All parts with their examples."""
    shown = [
        {"part": part, "examples": [(each.name, made(part, each)) for each in part.examples]}
        for part in parts()
    ]
    return render(request, "showcase.html", {"parts": shown})
