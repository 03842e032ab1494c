"""The international data desk: who asks what, when, and who answers; and the state of a return.

What is not asked for in a year is not opened. A question with an indicator is answered by an
observation on its own basis, of the year that is asked about if there is one; every other question
is answered by a person, who may take over what was said the year before.

Source: `collections.toml` beside this file; all of it is recalled, days and bodies are assumed.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from marra.evidence.rules.fresh import year_of
from marra.evidence.rules.indicators import indicator
from marra.evidence.rules.observations import Seen
from marra.kit.errors import Conflict, Invalid, NotFound
from marra.kit.text import Text, gettext_noop
from marra.language.scripts import to_cyrillic

LONGEST: Final = 1000
LONGEST_NOTE: Final = 500


class NoSuchCollection(NotFound):
    """Nobody asks that."""

    sentence = gettext_noop(
        "There is no collection “{code}”. They stand in the calendar of the data desk."
    )


class NotAskedThen(Invalid):
    """The collection does not come every year."""

    sentence = gettext_noop("“{name}” is not asked for in {year}. Choose another year.")


class ReturnOpened(Conflict):
    """The return of that year is there already."""

    sentence = gettext_noop("The return of {year} is open already as {code}. Go on with that one.")


class NoSuchQuestion(Invalid):
    """The collection does not ask that."""

    sentence = gettext_noop("The return has no question “{question}”. Reload the page.")


class AnswerTooLong(Invalid):
    """More than the table keeps."""

    sentence = gettext_noop(
        "The answer to “{question}” has more than {most} characters. Shorten it, or send an annex."
    )


class NotOpenAnyMore(Conflict):
    """What was approved is not written on."""

    sentence = gettext_noop(
        "This return was approved and is not changed any more. What differs now belongs into the "
        "return of the next year."
    )


class Unanswered(Conflict):
    """Approval asks for every answer, or a reason."""

    sentence = gettext_noop(
        "{count} questions have neither an answer nor a note that says why. Answer them first."
    )


class NotApproved(Conflict):
    """Only what was approved is sent."""

    sentence = gettext_noop("Only an approved return is sent. Have the chair approve it first.")


class ChangedMeanwhile(Conflict):
    """Somebody else wrote in the same return."""

    sentence = gettext_noop(
        "Somebody changed this return since you opened the page: {what}. Your text stands below; "
        "look at theirs and save again."
    )


class State(StrEnum):
    """Where a return stands."""

    OPEN = gettext_noop("open")
    APPROVED = gettext_noop("approved")
    SENT = gettext_noop("sent")


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked."""

    code: str
    text: Text
    indicator: str = ""  # which observation answers it
    on: str = ""  # on which basis


@dataclass(frozen=True, slots=True)
class Collection:
    """What an organisation asks for, again and again."""

    code: str
    organisation: str
    name: Text
    opens: tuple[int, int]
    due: tuple[int, int]
    every: int
    first: int
    about: int
    body: str
    channel: str
    basis: str
    questions: tuple[Question, ...]

    def asked_in(self, year: int) -> bool:
        """Whether it comes in a year."""
        return year >= self.first and (year - self.first) % self.every == 0

    def window(self, year: int) -> tuple[date, date]:
        """From when to when it is answered; one that opens late in a year ends in the next.

        >>> collection("uis-formal").window(2026)[1].isoformat()
        '2027-03-31'
        """
        opens, due = date(year, *self.opens), date(year, *self.due)
        return opens, due if due >= opens else date(year + 1, *self.due)

    def question(self, code: str) -> Question:
        """The question of that code; refuses with `NoSuchQuestion`."""
        found = next((each for each in self.questions if each.code == code), None)
        if found is None:
            raise NoSuchQuestion(question=code[:60])
        return found


@cache
def collections() -> Mapping[str, Collection]:
    """Every collection by its code, in the order of the file.

    >>> {each.organisation for each in collections().values()} == {"ITU", "UIS", "UNDP", "UN DESA"}
    True
    """
    text = (files("marra.evidence.rules") / "collections.toml").read_text(encoding="utf-8")
    made = [_collection(row) for row in tomllib.loads(text)["collections"]]
    return MappingProxyType({each.code: each for each in made})


def collection(code: str) -> Collection:
    """The collection of that code; refuses with `NoSuchCollection`."""
    found = collections().get(code)
    if found is None:
        raise NoSuchCollection(code=code[:60])
    return found


def opening(on: date) -> list[tuple[Collection, int]]:
    """What may be answered on a day: each collection with its year, the first to be due first.

    >>> [each.code for each, _ in opening(date(2026, 2, 1))]
    ['itu-short']
    """
    found = [
        (each, year)
        for each in collections().values()
        for year in (on.year - 1, on.year)
        if each.asked_in(year) and each.window(year)[0] <= on <= each.window(year)[1]
    ]
    return sorted(found, key=lambda pair: pair[0].window(pair[1])[1])


def answer(question: Question, year: int, series: Iterable[Seen]) -> Seen | None:
    """Which value answers a question about a year, of a series oldest first; None if none does.

    The last one of that year on the question's basis, else the newest before it.
    """
    fitting = [each for each in series if each.basis == question.on and year_of(each.day) <= year]
    return fitting[-1] if fitting else None


def written(value: float) -> str:
    """A value as it stands in an answer: every digit, no more than six decimals.

    >>> written(35e6), written(74.4)
    ('35000000', '74.4')
    """
    return f"{value:.6f}".rstrip("0").rstrip(".")


def checked_answer(question: str, value: str, note: str) -> tuple[str, str]:
    """An answer and its note, without blanks around them; refuses what is too long."""
    told, why = value.strip(), note.strip()
    if len(told) > LONGEST or len(why) > LONGEST_NOTE:
        raise AnswerTooLong(question=question, most=LONGEST)
    return told, why


def _collection(row: Mapping[str, Any]) -> Collection:
    return Collection(
        code=row["code"],
        organisation=row["organisation"],
        name=_text(row),
        opens=_day(row["opens"]),
        due=_day(row["due"]),
        every=row["every"],
        first=row["first"],
        about=row["about"],
        body=row["body"],
        channel=row["channel"],
        basis=row["basis"],
        questions=tuple(_question(each) for each in row["questions"]),
    )


def _question(row: Mapping[str, Any]) -> Question:
    made = Question(row["code"], _text(row), row.get("indicator", ""), row.get("on", ""))
    if made.indicator:
        indicator(made.indicator).basis(made.on)
    return made


def _day(written: str) -> tuple[int, int]:
    month, day = written.split("-")
    return int(month), int(day)


def _text(row: Mapping[str, Any]) -> Text:
    return Text(row["uz"], to_cyrillic(row["uz"]), row["ru"], row["en"])
