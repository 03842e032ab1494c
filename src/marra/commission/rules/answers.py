"""Answers: what the planner found, as a document that is kept and read again unchanged.

Everything that pages, files and the API tell of a plan stands here, so that none of them computes
and all tell the same. Texts are not kept; they are said anew in the reader's language.

Source: ours.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, TypeVar

from marra.commission.rules.questions import Question


@dataclass(frozen=True, slots=True)
class Step:
    """One chosen initiative, and what it means for the odds."""

    code: str
    start: int
    cost: float  # UZS
    ready: int  # the first year in whose survey its effect is seen
    counts: bool  # whether that is early enough for the edition
    share: float  # its Shapley share of what the plan adds to the odds, 0 to 1 points of odds
    fails: float  # the odds if it fails
    late: float  # the odds if it starts a year later


@dataclass(frozen=True, slots=True)
class Spent:
    """What a source pays in one year, and what it may pay; None where it has no limit."""

    source: str
    year: int
    amount: float
    limit: float | None


@dataclass(frozen=True, slots=True)
class Borne:
    """How much load a group bears in one year, and how much it can bear."""

    group: str
    year: int
    amount: float
    limit: float | None


@dataclass(frozen=True, slots=True)
class Relax:
    """One thing that can give way alone, by how much, and what the plan then costs."""

    kind: str  # "budget", "capacity", "starts"
    subject: str  # a source or a group; empty for all
    year: int  # 0 for all years
    amount: float  # UZS, load, or years earlier
    cost: float
    odds: float


@dataclass(frozen=True, slots=True)
class Addition:
    """The cheapest that could be added to the plan for odds some points higher."""

    steps: tuple[tuple[str, int], ...]  # initiative, year of start
    cost: float
    odds: float  # of the plan with it


@dataclass(frozen=True, slots=True)
class Grounds:
    """On what an answer stands."""

    futures: int
    seed: int
    seed_check: int
    data_version: str
    edition_version: str
    method_version: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A plan, or why there is none and what to relax."""

    question: Question
    feasible: bool
    steps: tuple[Step, ...]  # the plan; where there is none, the best that can be reached
    cost: float
    odds: float
    odds_check: float  # on fresh futures with another seed
    nothing: float  # the odds without any plan
    best: float  # the best odds that the limits allow
    spent: tuple[Spent, ...]
    borne: tuple[Borne, ...]
    relax: tuple[Relax, ...]
    addition: Addition | None
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class Point:
    """One plan on the frontier."""

    cost: float
    odds: float
    chosen: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Frontier:
    """From nothing to the best: what odds cost."""

    question: Question
    points: tuple[Point, ...]
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The planner refused: which sentence to say, with which facts."""

    question: Question
    code: str
    sentence: str
    facts: Mapping[str, Any]


Told = Answer | Frontier | Unanswered

KINDS: Final[Mapping[str, type[Told]]] = {
    kind.__name__: kind for kind in (Answer, Frontier, Unanswered)
}
PARTS: Final[Mapping[tuple[type, str], type]] = {
    (Answer, "question"): Question,
    (Answer, "grounds"): Grounds,
    (Answer, "addition"): Addition,
    (Answer, "steps"): Step,
    (Answer, "spent"): Spent,
    (Answer, "borne"): Borne,
    (Answer, "relax"): Relax,
    (Frontier, "question"): Question,
    (Frontier, "grounds"): Grounds,
    (Frontier, "points"): Point,
    (Unanswered, "question"): Question,
}
"""What the nested fields hold."""

Made = TypeVar("Made")


def written(told: Told) -> str:
    """The answer as JSON.

    >>> unknown = Unanswered(Question("1f2e", "UZB", 30, 2030), "plan.no", "No.", {})
    >>> read(written(unknown)) == unknown
    True
    """
    body = {"is": type(told).__name__, **asdict(told)}
    return json.dumps(body, ensure_ascii=False, allow_nan=False, default=str)


def read(text: str) -> Told:
    """The answer that was written."""
    body = json.loads(text)
    made: Told = _made(KINDS[body["is"]], body)
    return made


def _made(kind: type[Made], told: Mapping[str, Any]) -> Made:
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # all are dataclasses
    return kind(**{name: _value(PARTS.get((kind, name)), told[name]) for name in names})


def _value(part: type | None, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_value(part, each) for each in value)
    return _made(part, value) if part and value is not None else value
