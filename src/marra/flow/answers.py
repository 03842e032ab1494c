"""Answers to a form: read from what a browser sends, judged page by page, and walked through.

What is written is never changed silently: a number with a decimal comma and a day as dd.mm.yyyy
are read, anything else is told at its question. Answers on pages that no longer apply are left
out of what is sent, and stay in the draft until then.

Source: JSON Schema 2020-12, validation vocabulary; the walk is ours.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import jsonschema_rs

from marra.flow.feel import Expression, Value
from marra.flow.forms import Field, Form, Page, Widget
from marra.kit.cells import day, decimal
from marra.kit.errors import Refusal
from marra.kit.text import gettext_noop

Answers = Mapping[str, Any]

LONGEST: Final = 20_000
"""Characters of one answer; what is longer is not read."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an answer; the sentence says what to do and is said after the label."""

    field: str
    sentence: str
    facts: Mapping[str, str | int | float]
    said: str = ""  # "" for a sentence of ours; else the rule of the form it comes from


def path(form: Form, answers: Answers, *, now: datetime | None = None) -> tuple[Page, ...]:
    """The pages that apply, in order; each condition sees only what was asked before it.

    >>> from marra.flow.examples import FORM
    >>> [page.id for page in path(FORM, {"married": False})]
    ['who', 'family']
    >>> [page.id for page in path(FORM, {"married": True})]
    ['who', 'family', 'spouse']
    """
    if all(page.when is None for page in form.pages):
        return form.pages
    asked: dict[str, Any] = {}
    taken: list[Page] = []
    for page in form.pages:
        if page.when is None or page.when.value(_named(form, page.when, asked), now=now) is True:
            taken.append(page)
            asked.update((name, answers.get(name)) for name in page.fields)
    return tuple(taken)


def _named(form: Form, wanted: Expression, answers: Answers) -> dict[str, Value]:
    """The answers that an expression looks at, as FEEL sees them."""
    known = wanted.uses & form.fields.keys()
    return {name: _feel(form.fields[name], answers.get(name)) for name in known}


def kept(form: Form, answers: Answers, *, now: datetime | None = None) -> dict[str, Any]:
    """The answers to pages that apply, which are all that is sent."""
    asked = [name for page in path(form, answers, now=now) for name in page.fields]
    return {name: answers[name] for name in asked if name in answers}


def first_open(form: Form, answers: Answers, *, now: datetime | None = None) -> Page | None:
    """The first page that applies and is not answered well; None when all are.

    >>> from marra.flow.examples import FORM
    >>> first_open(FORM, {"name": "Anora"}).id
    'family'
    """
    taken = path(form, answers, now=now)
    return next((page for page in taken if check(form, page, answers, now=now)), None)


def complete(form: Form, answers: Answers, *, now: datetime | None = None) -> tuple[Problem, ...]:
    """Everything wrong with a whole form, in the order of its pages; nothing when it may be sent.

    >>> from marra.flow.examples import FORM
    >>> complete(FORM, {"name": "Anora", "married": False})
    ()
    >>> [each.field for each in complete(FORM, {"name": "Anora", "married": True})]
    ['spouse_born']
    """
    taken = path(form, answers, now=now)
    asked = {name: answers[name] for page in taken for name in page.fields if name in answers}
    if form.validator(taken).is_valid(asked) and not form.rules:
        return ()
    return tuple(told for page in taken for told in check(form, page, asked, now=now))


def check(
    form: Form, page: Page, answers: Answers, *, now: datetime | None = None
) -> tuple[Problem, ...]:
    """What is wrong on one page, one thing for each question, in the order they are asked."""
    mine = {name: answers[name] for name in page.fields if name in answers}
    found: dict[str, Problem] = {}
    judge = form.validator((page,))
    if not judge.is_valid(mine):
        for told in map(_problem, judge.iter_errors(mine)):
            found.setdefault(told.field, told)
    for told in _broken(form, page, answers, found, now):
        found.setdefault(told.field, told)
    return tuple(found[name] for name in page.fields if name in found)


def _broken(
    form: Form,
    page: Page,
    answers: Answers,
    found: Mapping[str, Problem],
    now: datetime | None,
) -> Iterator[Problem]:
    """Rules between answers, asked only where every answer of the page is well formed."""
    mine = [rule for rule in form.rules if rule.field in page.fields]
    if found or not mine:
        return
    for rule in mine:
        if rule.holds.value(_named(form, rule.holds, answers), now=now) is not True:
            yield Problem(rule.field, "", {}, said=str(form.rules.index(rule)))


def sent(
    form: Form, page: Page, raw: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """What a browser sent for a page: the answers that could be read, and what could not.

    >>> from marra.flow.examples import FORM
    >>> sent(FORM, FORM.page("spouse"), {"spouse_born": ["31.12.1990"]})
    ({'spouse_born': '1990-12-31'}, ())
    >>> sent(FORM, FORM.page("spouse"), {"spouse_born": ["31.02.1990"]})[1][0].facts
    {'written': '31.02.1990'}
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in page.fields:
        field = form.fields[name]
        given = [each.strip() for each in raw.get(name, ())]
        if not any(given):
            continue
        try:
            values[name] = READERS.get(field.widget, _text)(field, given)
        except _Unreadable as why:
            problems.append(Problem(name, why.sentence, why.facts))  # type: ignore[arg-type]
    return values, tuple(problems)


class _Unreadable(Refusal):
    def __init__(self, sentence: str, written: str = "") -> None:
        self.sentence = sentence  # type: ignore[misc]
        super().__init__(**({"written": written[:80]} if written else {}))


def _text(_field: Field, given: Sequence[str]) -> str:
    if len(given[0]) > LONGEST or "\0" in given[0]:
        raise _Unreadable(gettext_noop("This is too long. Write less."))
    return given[0].replace("\r\n", "\n")


def _number(field: Field, given: Sequence[str]) -> int | float:
    written = "".join(given[0].split())
    number = decimal(written) if len(written) <= 40 else None
    if number is None:
        raise _Unreadable(gettext_noop("“{written}” is no number. Write it in digits."), given[0])
    if field.schema["type"] == "integer":
        if not number.is_integer() or abs(number) > 2**53:
            raise _Unreadable(gettext_noop("Write a whole number, without a comma."))
        return int(number)
    return number


def _day(_field: Field, given: Sequence[str]) -> str:
    written = ".".join(each.zfill(2) for each in given) if len(given) == 3 else given[0]
    if (found := day(written)) is None:
        raise _Unreadable(gettext_noop("“{written}” is no day. Write it as 31.12.2025."), written)
    return found.isoformat()


def _yes_no(_field: Field, given: Sequence[str]) -> bool:
    if given[0] not in {"yes", "no"}:
        raise _Unreadable(gettext_noop("Choose yes or no."))
    return given[0] == "yes"


def _confirm(_field: Field, given: Sequence[str]) -> bool:
    return given[0] in {"yes", "on"}


def _choice(field: Field, given: Sequence[str]) -> str | int:
    for choice in field.choices:
        if str(choice.value) == given[0]:
            return choice.value
    raise _Unreadable(gettext_noop("Choose one of the answers."))


def _choices(field: Field, given: Sequence[str]) -> list[str | int]:
    return [_choice(field, [each]) for each in dict.fromkeys(given) if each]


READERS: Final[Mapping[Widget, Callable[[Field, Sequence[str]], Any]]] = {
    Widget.NUMBER: _number,
    Widget.DATE: _day,
    Widget.YES_NO: _yes_no,
    Widget.CONFIRM: _confirm,
    Widget.CHOICE: _choice,
    Widget.CHOICES: _choices,
}

UNANSWERED: Final = gettext_noop("Answer this question.")

SENTENCES: Final[Mapping[str, str]] = {
    "required": UNANSWERED,
    "minLength": gettext_noop("Write at least {limit} letters or digits."),
    "maxLength": gettext_noop("Write at most {limit} letters or digits."),
    "minimum": gettext_noop("The least that can be is {limit}."),
    "exclusiveMinimum": gettext_noop("Write a number greater than {limit}."),
    "maximum": gettext_noop("The most that can be is {limit}."),
    "exclusiveMaximum": gettext_noop("Write a number less than {limit}."),
    "enum": gettext_noop("Choose one of the answers."),
    "const": gettext_noop("Confirm this to go on."),
    "minItems": gettext_noop("Choose at least {limit}."),
    "maxItems": gettext_noop("Choose at most {limit}."),
}
OTHER: Final = gettext_noop("This is not written as asked. Read the hint and write it again.")


def _problem(error: jsonschema_rs.ValidationError) -> Problem:
    """The sentence for what a schema found; the name of the field is told first."""
    keyword = str(error.schema_path[-1]) if error.schema_path else ""
    place = [str(part) for part in error.instance_path]
    if keyword == "required" and not place:
        return Problem(str(getattr(error.kind, "property", "")), UNANSWERED, {})
    limit = getattr(error.kind, "limit", None)
    facts = {} if limit is None else {"limit": limit}
    return Problem(place[0] if place else "", SENTENCES.get(keyword, OTHER), facts)


def _feel(field: Field, value: Any) -> Value:
    """An answer as FEEL sees it: days are days, numbers are exact."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return Decimal(str(value))
    if isinstance(value, list):
        return [_feel(field, each) for each in value]
    if field.schema.get("format") == "date" and isinstance(value, str):
        return _date(value)
    return value


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
