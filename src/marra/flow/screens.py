"""Screens of a form as data, for the apps; the pages of the portal are drawn from the same.

Source: ours.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from marra.flow.answers import Answers, Problem, check, path
from marra.flow.forms import Field, Form, Page
from marra.flow.words import Words
from marra.kit.errors import NotFound
from marra.kit.text import gettext_noop

CHECK: Final = "check"
"""The step at which all answers are read again before they are sent."""


class NoSuchStep(NotFound):
    sentence = gettext_noop(
        "This form has no step “{step}”, or your answers do not lead there. Start again."
    )


def screen(
    form: Form,
    step: str,
    answers: Answers,
    language: str,
    *,
    problems: Sequence[Problem] = (),
    now: datetime | None = None,
) -> dict[str, Any]:
    """One screen in one language; refuses with `NoSuchStep`.

    >>> from marra.flow.examples import FORM
    >>> told = screen(FORM, "family", {"married": True}, "en")
    >>> told["title"], told["next"], told["fields"][0]["value"]
    ('Family', 'spouse', True)
    >>> screen(FORM, "check", {"name": "Anora", "married": False}, "en")["complete"]
    True
    """
    taken = path(form, answers, now=now)
    codes = [page.id for page in taken]
    if step == CHECK:
        return _all(form, taken, answers, language, now)
    if step not in codes:
        raise NoSuchStep(step=step[:60])
    at = codes.index(step)
    page = taken[at]
    wrong = {each.field: each for each in problems}
    return {
        "step": step,
        "title": page.title.into(language),
        "number": at + 1,
        "of": len(codes),
        "previous": codes[at - 1] if at else None,
        "next": codes[at + 1] if at + 1 < len(codes) else CHECK,
        "fields": [
            _field(form.fields[name], answers.get(name), wrong.get(name), form, language)
            for name in page.fields
        ],
    }


def _field(
    field: Field,
    value: object,
    wrong: Problem | None,
    form: Form,
    language: str,
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": field.name,
        "label": field.label.into(language),
        "hint": field.hint.into(language) if field.hint else None,
        "widget": field.widget.value,
        "required": field.required,
        "schema": dict(field.schema),
        "value": value,
    }
    if field.choices:
        told["choices"] = [
            {"value": each.value, "label": each.label.into(language)} for each in field.choices
        ]
    if field.prefill:
        told["prefill"] = field.prefill
    if wrong:
        said = rule_words(form, wrong)
        told["problem"] = {
            "sentence": said.into(language) if said else wrong.sentence,
            "facts": dict(wrong.facts),
        }
    return told


def rule_words(form: Form, problem: Problem) -> Words | None:
    """What the form itself says when one of its rules is broken."""
    return form.rules[int(problem.said)].say if problem.said else None


def _all(
    form: Form,
    taken: Sequence[Page],
    answers: Answers,
    language: str,
    now: datetime | None,
) -> dict[str, Any]:
    unanswered = [page.id for page in taken if check(form, page, answers, now=now)]
    return {
        "step": CHECK,
        "number": len(taken),
        "of": len(taken),
        "previous": taken[-1].id,
        "next": unanswered[0] if unanswered else None,
        "complete": not unanswered,
        "rows": [
            {
                "step": page.id,
                "name": name,
                "label": form.fields[name].label.into(language),
                "value": answers.get(name),
                "shown": shown(form.fields[name], answers.get(name), language),
            }
            for page in taken
            for name in page.fields
        ],
    }


YES_NO: Final[Mapping[str, tuple[str, str]]] = {
    "uz": ("ha", "yoʻq"),
    "uz-cyrl": ("ҳа", "йўқ"),
    "ru": ("да", "нет"),
    "en": ("yes", "no"),
    "kaa": ("awa", "yaq"),
}


def shown(field: Field, value: object, language: str) -> str:
    """An answer as its reader reads it again.

    >>> from marra.flow.examples import FORM
    >>> shown(FORM.fields["spouse_born"], "1990-12-31", "en")
    '31.12.1990'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES_NO.get(language, YES_NO["uz"])[0 if value else 1]
    if isinstance(value, list):
        return ", ".join(shown(field, each, language) for each in value)
    for choice in field.choices:
        if choice.value == value:
            return choice.label.into(language)
    if field.schema.get("format") == "date":
        return ".".join(reversed(str(value).split("-")))
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)
