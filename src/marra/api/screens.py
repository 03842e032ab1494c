"""Screens of a service's form as JSON: what an application on a telephone draws."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from ninja import Field

from marra.api.index.shapes import Shape
from marra.door import say
from marra.flow.answers import Answers, Problem
from marra.flow.forms import Form
from marra.flow.screens import screen

Language = Literal["uz", "uz-cyrl", "ru", "en", "kaa"]


class ScreenChoice(Shape):
    """An answer to choose."""

    value: str | int
    label: str


class ScreenProblem(Shape):
    """What is wrong with an answer, and what to do."""

    sentence: str


class ScreenField(Shape):
    """One question."""

    name: str
    label: str
    hint: str | None
    widget: Literal[
        "text", "lines", "number", "date", "yesno", "choice", "choices", "file", "confirm"
    ]
    required: bool
    rules: dict[str, Any] = Field(description="JSON Schema 2020-12 of the answer")
    value: Any = None
    choices: list[ScreenChoice] = []
    prefill: str = Field("", description="What a register knows already: `register.attribute`")
    problem: ScreenProblem | None = None


class ScreenRow(Shape):
    """An answer as it is read once more."""

    step: str
    name: str
    label: str
    value: Any = None
    shown: str


class Screen(Shape):
    """One screen: a page with its fields, or the check of all answers with its rows."""

    step: str
    title: str = ""
    number: int
    of: int
    previous: str | None
    next: str | None
    fields: list[ScreenField] = []
    rows: list[ScreenRow] = []
    complete: bool | None = Field(None, description="Of the check: whether it may be sent")


def told(
    form: Form,
    step: str,
    answers: Answers,
    language: str,
    *,
    at: datetime,
    problems: Sequence[Problem] = (),
) -> dict[str, Any]:
    """One screen with its sentences in one language; refuses with `NoSuchStep`."""
    found = screen(form, step, answers, language, problems=problems, now=at)
    for each in found.get("fields", ()):
        each["rules"] = each.pop("schema")
        if wrong := each.get("problem"):
            spoken = "uz" if language == "kaa" else language
            each["problem"] = {"sentence": say(wrong["sentence"], wrong["facts"], spoken)}
    return found
