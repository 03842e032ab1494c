"""Obligations: whether each is met, overdue or still in time, and what shows it.

A day of the text stands. Where the text has none, the Commission may set one and may set it anew;
all are kept and the latest counts. A question of reading may decide the day, the target or the way
of counting. What is measured is judged by its latest value; a proof that somebody accepted counts
where it is newer than the value, or where nothing is measured. So a day that has passed is always
met or overdue, never something to come.

Source: ours; days, targets and readings stand in the file of the act.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from marra.commission.rules.acts.act import Meaning
from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop

SOON: Final = 90
"""Days before a deadline from which on it is called near."""

SHORTEST_PROOF: Final = 10


class State(StrEnum):
    """How an obligation stands."""

    MET = gettext_noop("met")
    OVERDUE = gettext_noop("overdue")
    IN_TIME = gettext_noop("in time")
    NOT_MEASURED = gettext_noop("not measured yet")
    NO_DEADLINE = gettext_noop("no statutory deadline")


class DueFrom(StrEnum):
    """Who says by when."""

    TEXT = gettext_noop("the text")
    READING = gettext_noop("how the text is read")
    COMMISSION = gettext_noop("set by the Commission")


class DayInTheText(Conflict):
    """The text has a deadline, and nobody overwrites it."""

    sentence = gettext_noop(
        "The deadline of {code} is {due}, and it stands in the text or follows from how the text "
        "is read. Only an obligation without a deadline can be given one."
    )


class DayStands(Conflict):
    """The deadline is that day already."""

    sentence = gettext_noop("The deadline of {code} is {due} already. Nothing was changed.")


class UnfitDay(Invalid):
    """A deadline that nobody could keep, or that is out of all proportion."""

    sentence = gettext_noop(
        "{due} cannot be a deadline: it lies in the past or more than 20 years ahead. "
        "Choose another day."
    )


class ThinProof(Invalid):
    """A proof that nobody can check."""

    sentence = gettext_noop(
        "A proof says in a sentence what was done and has a link or a file beside it. "
        "Write both, so that others can check it."
    )


class DayToCome(Invalid):
    """A proof of what has not happened."""

    sentence = gettext_noop("{day} is yet to come. Write the day on which it was met.")


class ProofWithdrawn(Conflict):
    """The proof does not count any more."""

    sentence = gettext_noop("This proof was withdrawn already. Nothing was changed.")


class FactStays(Conflict):
    """A fact of the text needs no proof."""

    sentence = gettext_noop(
        "{code} is a fact that the text itself states, so it has no proof to be accepted."
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What an obligation asks for, as its text and the readings in force have it."""

    code: str
    proof: str  # measure, acceptance, fact
    due: date | None = None
    due_from: DueFrom = DueFrom.TEXT
    measure: str = ""
    basis: str = ""  # on which the measure is counted; "" for any
    relation: str = ""
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A value that was observed or published."""

    value: float
    day: date
    source: str
    basis: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What somebody with that right accepted: that an obligation is met, or that it is not."""

    met: bool
    day: date
    made_at: datetime
    code: str = ""
    value: float | None = None
    text: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an obligation stands on a day, and what shows it."""

    state: State
    due: date | None
    due_from: DueFrom
    days: int  # overdue: since the deadline; in time: until it; met: after it, 0 if before
    since: date | None = None  # met since, as far as known
    seen: Seen | None = None  # the latest value
    proof: Accepted | None = None  # what was accepted, where that decides

    @property
    def is_near(self) -> bool:
        """Whether the deadline comes soon."""
        return self.state is State.IN_TIME and self.days <= SOON


def read_as(
    asked: Asked, reading: str, meanings: Sequence[Meaning], answers: Mapping[str, str]
) -> Asked:
    """What is asked, as the answer to the question of reading has it.

    >>> text = Asked("O-02", "measure")
    >>> day = Meaning("2028", due=date(2029, 12, 31))
    >>> read_as(text, "by-2030", [day], {"by-2030": "2028"}).due
    datetime.date(2029, 12, 31)
    """
    found = next((each for each in meanings if each.answer == answers.get(reading)), None)
    if found is None:
        return asked
    return replace(
        asked,
        due=found.due or asked.due,
        due_from=DueFrom.READING if found.due else asked.due_from,
        target=asked.target if found.target is None else found.target,
        basis=found.basis or asked.basis,
    )


def set_by_commission(asked: Asked, day: date | None) -> Asked:
    """What is asked, with the Commission's own day where the text has none."""
    if asked.due is not None or day is None:
        return asked
    return replace(asked, due=day, due_from=DueFrom.COMMISSION)


def satisfies(value: float, relation: str, target: float) -> bool:
    """Whether a value stands to its target as it should.

    >>> satisfies(30, "le", 30), satisfies(699, "ge", 700), satisfies(50, "gt", 50)
    (True, False, False)
    """
    match relation:
        case "ge":
            return value >= target
        case "gt":
            return value > target
        case "le":
            return value <= target
        case _:
            return value < target


def standing(
    asked: Asked, seen: Sequence[Seen], proofs: Sequence[Accepted], today: date
) -> Standing:
    """How an obligation stands today; `seen` are its values, the oldest first.

    >>> services = Asked("O-10", "measure", date(2024, 12, 31), DueFrom.TEXT, "portal.services",
    ...     relation="ge", target=700)
    >>> seen = [Seen(570, date(2024, 5, 1), "A session")]
    >>> found = standing(services, seen, [], date(2025, 1, 10))
    >>> found.state.value, found.days
    ('overdue', 10)
    """
    values = [each for each in seen if asked.basis in ("", each.basis)]
    latest = values[-1] if values else None
    proof = max(proofs, key=lambda each: each.made_at, default=None)
    if asked.proof == "fact" and asked.due is not None and asked.due <= today:
        return _met(asked, asked.due, latest, None)
    since = _met_since(asked, values)
    if proof is not None and (latest is None or proof.day >= latest.day or not asked.measure):
        if proof.met:
            return _met(asked, proof.day, latest, proof)
        return _open(asked, latest, proof, today)
    if since is not None:
        return _met(asked, since, latest, None)
    return _open(asked, latest, None, today)


def counts(standings: Sequence[Standing]) -> dict[State, int]:
    """How many stand in each state, every state named.

    >>> counts([])[State.MET]
    0
    """
    return {state: sum(each.state is state for each in standings) for state in State}


def checked_day(asked: Asked, day: date, today: date) -> date:
    """A deadline that the Commission may set; refuses where the text has one."""
    if asked.due is not None and asked.due_from is not DueFrom.COMMISSION:
        raise DayInTheText(code=asked.code, due=f"{asked.due:%d.%m.%Y}")
    if asked.due == day:
        raise DayStands(code=asked.code, due=f"{day:%d.%m.%Y}")
    if not today <= day or day.year > today.year + 20:
        raise UnfitDay(due=f"{day:%d.%m.%Y}")
    return day


def checked_proof(asked: Asked, *, text: str, day: date, today: date, has_evidence: bool) -> None:
    """Go on only with a proof that others can check, of what has happened."""
    if asked.proof == "fact":
        raise FactStays(code=asked.code)
    if day > today:
        raise DayToCome(day=f"{day:%d.%m.%Y}")
    if len(text) < SHORTEST_PROOF or not has_evidence:
        raise ThinProof


def _met_since(asked: Asked, values: Sequence[Seen]) -> date | None:
    """The first day of the unbroken run of values that reach the target up to the latest."""
    if asked.target is None or not asked.measure:
        return None
    since = None
    for each in reversed(values):
        if not satisfies(each.value, asked.relation, asked.target):
            break
        since = each.day
    return since


def _met(asked: Asked, since: date, seen: Seen | None, proof: Accepted | None) -> Standing:
    late = max(0, (since - asked.due).days) if asked.due else 0
    return Standing(State.MET, asked.due, asked.due_from, late, since, seen, proof)


def _open(asked: Asked, seen: Seen | None, proof: Accepted | None, today: date) -> Standing:
    state, days = State.NO_DEADLINE, 0
    if asked.due is not None and asked.due < today:
        state, days = State.OVERDUE, (today - asked.due).days
    elif asked.measure and seen is None and proof is None:
        state = State.NOT_MEASURED
    elif asked.due is not None:
        state, days = State.IN_TIME, (asked.due - today).days
    return Standing(state, asked.due, asked.due_from, days, None, seen, proof)
