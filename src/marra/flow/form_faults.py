"""What may be wrong with a form, told with its place in the document.

Source: ours.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

import jsonschema_rs

from marra.flow import feel
from marra.flow.words import Words, words
from marra.kit.errors import Invalid, Refusal
from marra.kit.findings import MOST, Finding
from marra.kit.text import gettext_noop

LARGEST: Final = 512 * 1024
"""Bytes of a form."""

MOST_FIELDS: Final = 300
MOST_PAGES: Final = 120
DEEPEST: Final = 16

NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
CODE: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
REGISTER: Final = re.compile(r"[a-z][a-z0-9-]{0,39}(\.[a-z][a-z0-9_]{0,39}){1,3}")
TYPES: Final = ("string", "integer", "number", "boolean", "array")
UNSAID: Final = Words("—")


class FormRefused(Invalid):
    """The form cannot be used; `findings` say where and why."""

    sentence = gettext_noop("This form cannot be used. Faults found: {count}. The first: {first}")

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings[:MOST])
        super().__init__(count=len(findings), first=str(findings[0]))


class Faults:
    """Reads the parts of a document and remembers what is wrong with them."""

    def __init__(self, cyrillic: Callable[[str], str] | None = None) -> None:
        self.found: list[Finding] = []
        self.cyrillic = cyrillic

    def stop(self) -> None:
        """Refuse if anything is wrong so far, because what follows rests on it."""
        if self.found:
            raise FormRefused(self.found)

    def say(self, place: str, sentence: str, **facts: str | int) -> None:
        """Remember a fault."""
        self.found.append(Finding(0, place, sentence, facts))

    def size(self, document: object) -> int:
        """Bytes of the document; refuses what is too large, too deep or no JSON."""
        try:
            size = len(json.dumps(document, ensure_ascii=False).encode())
        except (TypeError, ValueError, RecursionError):
            size = 0
        if not size or _depth(document) > DEEPEST:
            self.say("", gettext_noop("Write the form as JSON of at most {n} levels."), n=DEEPEST)
        elif size > LARGEST:
            self.say("", gettext_noop("The form has more than {n} kilobytes."), n=LARGEST // 1024)
        self.stop()
        return size

    def mapping(self, value: object, place: str) -> Mapping[str, Any]:
        """The object at a place; empty, and a fault, if it is none."""
        if isinstance(value, Mapping):
            return value
        self.say(place, gettext_noop("Write an object {{…}} here."))
        return {}

    def several(self, value: object, place: str) -> Sequence[object]:
        """The list at a place; empty, and a fault, if it is none or too long."""
        if isinstance(value, list) and len(value) <= MOST_PAGES:
            return value
        self.say(place, gettext_noop("Write a list of at most {n} here."), n=MOST_PAGES)
        return ()

    def words(self, value: object, place: str) -> Words:
        """The text at a place, with Uzbek in Cyrillic letters made where it is not given."""
        found = words(value)
        if found is None:
            self.say(place, gettext_noop("Write a text in Uzbek, such as {{“uz”: “…”}}."))
            return UNSAID
        if found.uz_cyrl or self.cyrillic is None:
            return found
        return Words(found.uz, self.cyrillic(found.uz), found.ru, found.en, found.kaa)

    def register(self, value: object, place: str) -> str:
        """Where in a register an answer is held already."""
        if value == "" or (isinstance(value, str) and REGISTER.fullmatch(value)):
            return str(value)
        self.say(place, gettext_noop("Name a register and what it holds, as in “person.name”."))
        return ""

    def code(self, value: object, place: str, taken: set[str]) -> str:
        """The code of a page, which no other has."""
        if not isinstance(value, str) or not CODE.fullmatch(value) or value in taken:
            self.say(place, gettext_noop("Give each page a code of its own in small letters a–z."))
            return f"page-{len(taken)}"
        taken.add(value)
        return value

    def names(
        self, value: object, place: str, known: Collection[str], asked: set[str]
    ) -> Iterator[str]:
        """The fields of a page, each known and asked nowhere else."""
        listed = value if isinstance(value, list) else []
        if not listed:
            self.say(place, gettext_noop("Name at least one field of the schema."))
        before = set(asked)
        for number, name in enumerate(listed):
            if name not in known:
                self.unknown_field(f"{place}[{number}]", str(name))
            elif name in before:
                self.say(f"{place}[{number}]", gettext_noop("“{name}” is asked twice."), name=name)
            else:
                before.add(name)
                yield name

    def expression(self, text: str, place: str, names: Collection[str]) -> feel.Expression | None:
        """A condition that uses nothing but what was asked before."""
        try:
            found = feel.parse(text, names=names)
        except Refusal as why:
            self.say(place, why.sentence, **{k: _fact(v) for k, v in why.facts.items()})
            return None
        for name in sorted(found.free - set(names)):
            self.say(place, gettext_noop("“{name}” is not answered before this place."), name=name)
        return found

    def widget(self, place: str, named: str, suiting: list[str]) -> None:
        """A way of asking that does not suit the type."""
        self.say(
            place,
            gettext_noop("“{named}” does not suit this field. Choose one of: {suiting}."),
            named=named,
            suiting=", ".join(suiting),
        )

    def no_choices(self, place: str) -> None:
        """Nothing to choose from."""
        self.say(place, gettext_noop("Give the field an “enum” of answers to choose from."))

    def unknown_field(self, place: str, name: str) -> None:
        """A name that the schema has not."""
        self.say(place, gettext_noop("The schema has no property “{name}”."), name=name)

    def never_asked(self, place: str, name: str) -> None:
        """A field on no page."""
        self.say(place, gettext_noop("“{name}” is asked on no page."), name=name)

    def schema(self, schema: Mapping[str, Any]) -> None:
        """Whether the schema is one of a form: flat, of known types, with names FEEL can use."""
        if schema.get("type") != "object" or not isinstance(schema.get("properties"), Mapping):
            self.say("schema", gettext_noop("Write “type”: “object” with “properties”."))
            return
        if not 0 < len(schema["properties"]) <= MOST_FIELDS:
            self.say("schema.properties", gettext_noop("Ask 1 to {n} questions."), n=MOST_FIELDS)
        for name, about in schema["properties"].items():
            self._property(name, about)
        for where, aim in _references(schema, "schema"):
            if not aim.startswith("#"):
                self.say(where, gettext_noop("A reference may only lead within this form."))
        self.stop()
        try:
            jsonschema_rs.Draft202012Validator(
                dict(schema), offline=True, pattern_options=jsonschema_rs.RegexOptions()
            )
        except (ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as why:
            told = str(why).splitlines()[0][:200]
            self.say("schema", gettext_noop("This is no JSON Schema 2020-12: {why}"), why=told)

    def _property(self, name: str, about: object) -> None:
        place = f"schema.properties.{name}"
        if not NAME.fullmatch(name):
            self.say(
                place,
                gettext_noop("Name fields in small letters a–z, digits and _, at most 40."),
            )
        if not isinstance(about, Mapping) or about.get("type") not in TYPES:
            self.say(
                place, gettext_noop("Give “type” as one of: {types}."), types=", ".join(TYPES)
            )


def _fact(value: object) -> str | int:
    return value if isinstance(value, (str, int)) else str(value)


def _depth(value: object) -> int:
    """How many levels a document has, without recursion."""
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        each, level = waiting.pop()
        deepest = max(deepest, level)
        if level > DEEPEST:
            break
        inner = each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
        waiting.extend((part, level + 1) for part in inner)
    return deepest


def _references(value: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            if key in {"$ref", "$dynamicRef", "$recursiveRef"}:
                yield f"{place}.{key}", str(part)
            yield from _references(part, f"{place}.{key}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _references(part, f"{place}[{number}]")
