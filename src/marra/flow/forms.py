"""Forms of a service: JSON Schema 2020-12 for the data, and a small layer for people.

    {"schema": {"type": "object", "properties": {...}, "required": [...]},
     "ui": {"pages": [{"id", "title", "fields": [...], "when": FEEL}],
            "fields": {name: {"label", "hint", "widget", "choices", "prefill"}},
            "rules": [{"holds": FEEL, "field", "say"}]}}

One thing per page; a page with a condition is asked only where it holds for what was answered on
the pages before. A form is checked whole when it is read: every fault is told with its place.
Patterns run in an engine that takes linear time, and nothing is ever fetched by a reference.

Source: JSON Schema 2020-12; the layer is ours.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

import jsonschema_rs

from marra.flow import feel
from marra.flow.form_faults import Faults
from marra.flow.words import Words

Schema = Mapping[str, Any]
Json = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


class Widget(StrEnum):
    """How a question is asked."""

    TEXT = "text"
    LINES = "lines"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yesno"
    CHOICE = "choice"
    CHOICES = "choices"
    FILE = "file"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose, as it is kept and as it is read."""

    value: str | int
    label: Words


@dataclass(frozen=True, slots=True)
class Field:
    """One question."""

    name: str
    schema: Schema
    label: Words
    hint: Words | None
    widget: Widget
    choices: tuple[Choice, ...]
    required: bool
    prefill: str  # "register.attribute" that the state holds already, or nothing


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked at once."""

    id: str
    title: Words
    fields: tuple[str, ...]
    when: feel.Expression | None
    condition: str  # as it was written


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold between answers, told at the last field it needs."""

    holds: feel.Expression
    field: str
    say: Words


@dataclass(frozen=True, eq=False)
class Form:
    """A form that was checked whole; compared by identity, as a version is frozen."""

    schema: Schema
    pages: tuple[Page, ...]
    fields: Mapping[str, Field]
    rules: tuple[Rule, ...]
    size: int  # bytes it was read from
    validators: dict[tuple[str, ...], jsonschema_rs.Draft202012Validator] = field(
        default_factory=dict, repr=False
    )

    def page(self, code: str) -> Page | None:
        """The page of that code."""
        return next((page for page in self.pages if page.id == code), None)

    def validator(self, pages: tuple[Page, ...]) -> jsonschema_rs.Draft202012Validator:
        """What judges the answers of these pages; kept, as few ways through a form differ."""
        key = tuple(page.id for page in pages)
        if (found := self.validators.get(key)) is None:
            found = compiled(_of_pages(self, pages))
            if len(self.validators) < MOST_KEPT:
                self.validators[key] = found
        return found


MOST_KEPT: Final = 64


def read(document: object, *, cyrillic: Callable[[str], str] | None = None) -> Form:
    """The form of a document; refuses with `FormRefused`, which tells every fault and its place.

    >>> form = read({"schema": {"type": "object", "properties": {"name": {"type": "string"}}},
    ...     "ui": {"pages": [{"id": "who", "title": "Siz kimsiz?", "fields": ["name"]}],
    ...            "fields": {"name": {"label": "Ism"}}}})
    >>> form.pages[0].fields, form.fields["name"].widget.value
    (('name',), 'text')
    """
    faults = Faults(cyrillic)
    size = faults.size(document)
    whole = faults.mapping(document, "")
    schema, ui = (
        faults.mapping(whole.get("schema"), "schema"),
        faults.mapping(whole.get("ui"), "ui"),
    )
    faults.stop()
    faults.schema(schema)
    faults.stop()
    fields = dict(_fields(schema, faults.mapping(ui.get("fields"), "ui.fields"), faults))
    pages = tuple(_pages(faults.several(ui.get("pages"), "ui.pages"), fields, faults))
    rules = tuple(_rules(faults.several(ui.get("rules", []), "ui.rules"), pages, fields, faults))
    faults.stop()
    return Form(schema, pages, fields, rules, size)


def compiled(schema: Schema) -> jsonschema_rs.Draft202012Validator:
    """What judges by a schema: formats hold, patterns take linear time, nothing is fetched."""
    return jsonschema_rs.Draft202012Validator(
        dict(schema),
        validate_formats=True,
        offline=True,
        pattern_options=jsonschema_rs.RegexOptions(),
    )


def _fields(schema: Schema, ui: Schema, faults: Faults) -> Iterator[tuple[str, Field]]:
    required = frozenset(schema.get("required", ()))
    for name, about in schema["properties"].items():
        place = f"ui.fields.{name}"
        said = faults.mapping(ui.get(name), place)
        label = faults.words(said.get("label"), f"{place}.label")
        hint = faults.words(said["hint"], f"{place}.hint") if "hint" in said else None
        widget = _widget(about, said, f"{place}.widget", faults)
        yield (
            name,
            Field(
                name=name,
                schema=about,
                label=label,
                hint=hint,
                widget=widget,
                choices=_choices(about, said, widget, place, faults),
                required=name in required,
                prefill=faults.register(said.get("prefill", ""), f"{place}.prefill"),
            ),
        )
    for name in ui.keys() - schema["properties"].keys():
        faults.unknown_field(f"ui.fields.{name}", name)


BY_TYPE: Final = {
    "string": (Widget.TEXT, Widget.LINES, Widget.DATE, Widget.CHOICE, Widget.FILE),
    "integer": (Widget.NUMBER, Widget.CHOICE),
    "number": (Widget.NUMBER,),
    "boolean": (Widget.YES_NO, Widget.CONFIRM),
    "array": (Widget.CHOICES,),
}
"""Which ways of asking suit which type; the first is taken where none is named."""


def _widget(about: Schema, said: Schema, place: str, faults: Faults) -> Widget:
    suiting = BY_TYPE[about["type"]]
    if "widget" in said:
        named = next((each for each in suiting if each.value == said["widget"]), None)
        if named is None:
            faults.widget(place, str(said["widget"]), [each.value for each in suiting])
        return named or suiting[0]
    if about.get("format") == "date":
        return Widget.DATE
    if "enum" in about:
        return Widget.CHOICE
    return Widget.CONFIRM if about.get("const") is True else suiting[0]


def _choices(
    about: Schema, said: Schema, widget: Widget, place: str, faults: Faults
) -> tuple[Choice, ...]:
    """The answers in the order of the schema; each is given words."""
    listed = about.get("items", {}) if widget is Widget.CHOICES else about
    values: Sequence[str | int] = listed.get("enum", ())
    if widget in {Widget.CHOICE, Widget.CHOICES} and not values:
        faults.no_choices(f"{place}.choices")
    given = said.get("choices", {})
    return tuple(
        Choice(value, faults.words(given.get(str(value)), f"{place}.choices.{value}"))
        for value in values
    )


def _pages(
    written: Sequence[object], fields: Mapping[str, Field], faults: Faults
) -> Iterator[Page]:
    asked: set[str] = set()
    codes: set[str] = set()
    for number, each in enumerate(written):
        place = f"ui.pages[{number}]"
        page = faults.mapping(each, place)
        code = faults.code(page.get("id"), f"{place}.id", codes)
        names = tuple(faults.names(page.get("fields"), f"{place}.fields", fields, asked))
        condition = str(page.get("when", ""))
        yield Page(
            id=code,
            title=faults.words(page.get("title"), f"{place}.title"),
            fields=names,
            when=faults.expression(condition, f"{place}.when", asked) if condition else None,
            condition=condition,
        )
        asked.update(names)
    for name in fields.keys() - asked:
        faults.never_asked(f"ui.fields.{name}", name)


def _rules(
    written: Sequence[object],
    pages: tuple[Page, ...],
    fields: Mapping[str, Field],
    faults: Faults,
) -> Iterator[Rule]:
    for number, each in enumerate(written):
        place = f"ui.rules[{number}]"
        rule = faults.mapping(each, place)
        name = str(rule.get("field", ""))
        if name not in fields:
            faults.unknown_field(f"{place}.field", name)
            continue
        holds = faults.expression(
            str(rule.get("holds", "")), f"{place}.holds", _asked_by(pages, name)
        )
        say = faults.words(rule.get("say"), f"{place}.say")
        if holds is not None:
            yield Rule(holds, name, say)


def _asked_by(pages: tuple[Page, ...], name: str) -> set[str]:
    """What was asked when the page with that field was answered."""
    asked: set[str] = set()
    for page in pages:
        asked.update(page.fields)
        if name in page.fields:
            break
    return asked


def _of_pages(form: Form, pages: tuple[Page, ...]) -> Json:
    names = [name for page in pages for name in page.fields]
    return {
        "$schema": DIALECT,
        "$defs": form.schema.get("$defs", {}),
        "type": "object",
        "properties": {name: form.fields[name].schema for name in names},
        "required": [name for name in names if form.fields[name].required],
        "additionalProperties": False,
    }
