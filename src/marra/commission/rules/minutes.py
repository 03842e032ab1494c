"""Minutes: what a session heard and decided, as one document that is frozen and digested.

An open session gives minutes that still change; when they are closed, they are written as
canonical JSON and known by their SHA-256. Papers for printing and signing are drawn from this
document alone, in any of the four languages; free texts stay as they were written.

Source: ours; RFC 8785 in spirit for the canonical form (sorted keys, no blanks), FIPS 180-4.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from marra.kit.text import Text

FORMAT: Final = "marra-minutes/1"


@dataclass(frozen=True, slots=True)
class Body:
    """Whose session it is: a working group, or the Commission itself without number and name."""

    number: int = 0
    name: Text | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was asked to come."""

    name: str
    position: str
    present: bool


@dataclass(frozen=True, slots=True)
class Given:
    """An assignment that a decision gives."""

    number: str
    title: str
    lead: Text
    head: str
    helpers: tuple[Text, ...]
    deadline: date


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered decision."""

    number: int
    item: int
    text: str
    outcome: str
    tasks: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the agenda, with what the minutes say of it."""

    number: int
    title: str
    speaker: str = ""
    minutes: str = ""
    proposal: str = ""  # title of the proposal it is about
    plan: str = ""  # title of the plan it is about


@dataclass(frozen=True, slots=True)
class Minutes:
    """A session from its agenda to its decisions; without a number until it is closed."""

    body: Body
    title: str
    year: int
    starts_at: datetime  # national time
    venue: str
    chaired_by: str
    kept_by: str
    people: tuple[Person, ...]
    items: tuple[Item, ...]
    clauses: tuple[Clause, ...]
    number: int | None = None
    closed_at: datetime | None = None

    @property
    def present(self) -> tuple[Person, ...]:
        """Who came."""
        return tuple(each for each in self.people if each.present)

    @property
    def absent(self) -> tuple[Person, ...]:
        """Who was asked and did not come."""
        return tuple(each for each in self.people if not each.present)


def written(minutes: Minutes) -> str:
    """The minutes as canonical JSON: the same text exactly for the same minutes."""
    told = {"format": FORMAT, **asdict(minutes)}
    return json.dumps(
        told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def digest(document: str) -> str:
    """What minutes are known by: the SHA-256 of their document.

    >>> digest("{}")[:8]
    '44136fa3'
    """
    return sha256(document.encode()).hexdigest()


def read(document: str) -> Minutes:
    """The minutes that were written."""
    told: dict[str, Any] = json.loads(document)
    name = told["body"]["name"]
    closed = told["closed_at"]
    return Minutes(
        body=Body(told["body"]["number"], Text(**name) if name else None),
        people=tuple(Person(**each) for each in told["people"]),
        items=tuple(Item(**each) for each in told["items"]),
        clauses=tuple(_clause(each) for each in told["clauses"]),
        starts_at=datetime.fromisoformat(told["starts_at"]),
        closed_at=datetime.fromisoformat(closed) if closed else None,
        **{name: told[name] for name in PLAIN},
    )


PLAIN: Final = ("title", "year", "venue", "chaired_by", "kept_by", "number")
"""Fields that stand in the document as they are."""


def _clause(told: Mapping[str, Any]) -> Clause:
    return Clause(**{**told, "tasks": tuple(_given(each) for each in told["tasks"])})


def _given(told: Mapping[str, Any]) -> Given:
    read_anew = {
        "lead": Text(**told["lead"]),
        "helpers": tuple(Text(**each) for each in told["helpers"]),
        "deadline": date.fromisoformat(told["deadline"]),
    }
    return Given(**{**told, **read_anew})


def _plain(value: object) -> str:
    assert isinstance(value, date | datetime)  # noqa: S101  # nosec B101  nothing else is in it
    return value.isoformat()
