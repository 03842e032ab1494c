"""The level of automation of a service, read off its runs; nobody can type it in.

    0  nothing, or text only          3  a register prefills, and the result is issued online
    1  a form online                  4  straight through: granted with no authority's human task,
    2  form, tracked and paid online     decided by a table of decisions and registers
                                      5  proactive: a register's event starts it, the citizen
                                         only confirms

Each level needs those below it, a composite service has the level of its lowest part, and a
service without runs has none: it is unproven. Once a service is live, a level of 4 or 5 has to be
borne out by the share of cases that really went straight through.

Source: ours, after the levels asked for in the decision's targets; the thresholds are assumed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from marra.kit.text import gettext_noop


class Level(IntEnum):
    """How far a service runs by itself."""

    NOTHING = 0
    FORM = 1
    TRACKED = 2
    PREFILLED = 3
    STRAIGHT = 4
    PROACTIVE = 5


class Actor(StrEnum):
    """Who did a step."""

    APPLICANT = "applicant"
    AUTHORITY = "authority"
    SYSTEM = "system"


class Deed(StrEnum):
    """What a step was, as far as the level asks."""

    TASK = "task"  # a person's work, or any step of no other kind
    FORM = "form"  # the applicant answers questions
    CONFIRM = "confirm"  # the applicant only confirms
    LOOK_UP = "look-up"  # a register is read
    DECIDE = "decide"  # a table of decisions is evaluated
    PAY = "pay"  # the fee is paid online
    ISSUE = "issue"  # the result is issued online


class Start(StrEnum):
    """What began a run."""

    APPLICANT = "applicant"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done."""

    deed: Deed
    actor: Actor


@dataclass(frozen=True, slots=True)
class Run:
    """One case from its start to its end, of a persona or of a real applicant."""

    steps: tuple[Step, ...]
    granted: bool
    start: Start = Start.APPLICANT
    tracked: bool = True  # whether its applicant could follow it
    prefilled: int = 0  # answers that a register gave
    fee: bool = False  # whether something had to be paid

    @property
    def straight(self) -> bool:
        """Whether no person of an authority had to work on it.

        >>> Run((Step(Deed.DECIDE, Actor.SYSTEM),), granted=True).straight
        True
        """
        return not any(step.actor is Actor.AUTHORITY for step in self.steps)

    def did(self, deed: Deed) -> bool:
        """Whether such a step was done."""
        return any(step.deed is deed for step in self.steps)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A level and why it is not higher; no level where nothing was run."""

    level: Level | None
    why: tuple[str, ...]  # sentences to be translated

    @property
    def proven(self) -> bool:
        """Whether there were runs to read it off."""
        return self.level is not None


UNPROVEN: Final = gettext_noop(
    "There is neither a definition whose personas run nor a log of runs, so no level is proven."
)
NO_FORM: Final = gettext_noop("No run has a form that is answered online.")
NOT_TRACKED: Final = gettext_noop("The applicant cannot follow every run.")
NOT_PAID: Final = gettext_noop("A run has a fee that is not paid online.")
NOT_PREFILLED: Final = gettext_noop("No register gives an answer that the state holds already.")
NOT_ISSUED: Final = gettext_noop("No granted run issues its result online.")
BY_HAND: Final = gettext_noop("Every granted run waits for a person of an authority.")
NOT_DECIDED: Final = gettext_noop(
    "No run that is granted without a person is decided by a table of decisions and registers."
)
NOT_STARTED: Final = gettext_noop("No granted run is started by the event of a register.")
ASKS_MORE: Final = gettext_noop("A run that a register starts asks for more than to confirm.")
REALITY: Final = gettext_noop(
    "Of the cases that were granted in the last {days} days too few went straight through."
)
LOWEST_PART: Final = gettext_noop("A composite service has the level of its lowest part.")


def level(runs: Sequence[Run]) -> Verdict:
    """The level that these runs prove; unproven where there are none.

    >>> by_hand = Step(Deed.TASK, Actor.AUTHORITY)
    >>> asked = Step(Deed.FORM, Actor.APPLICANT)
    >>> level([Run((asked, by_hand), granted=True)]).level
    <Level.TRACKED: 2>
    >>> level([]).proven
    False
    """
    if not runs:
        return Verdict(None, (UNPROVEN,))
    reached = Level.NOTHING
    for wanted, judge in LADDER:
        if reasons := tuple(judge(runs)):
            return Verdict(reached, reasons)
        reached = wanted
    return Verdict(reached, ())


def composite(parts: Sequence[Verdict]) -> Verdict:
    """The level of a service made of others: that of its lowest part, unproven if one is.

    >>> composite([Verdict(Level.STRAIGHT, ()), Verdict(Level.FORM, (NOT_TRACKED,))]).level
    <Level.FORM: 1>
    """
    if not parts or not all(part.proven for part in parts):
        return Verdict(None, (UNPROVEN,))
    lowest = min(parts, key=lambda part: part.level or 0)
    return Verdict(lowest.level, (LOWEST_PART, *lowest.why))


DAYS: Final = 90
"""How far back real cases count."""

ENOUGH: Final = 20
"""Granted cases from which on reality is asked. Assumed: fewer say little about a share."""

BORNE_OUT: Final = 0.5
"""The share of granted cases that must go straight through for level 4. Assumed: one half."""


def live(declared: Verdict, granted: int, straight: int) -> Verdict:
    """The level of a live service: what its definition proves, as far as real cases bear it out.

    >>> live(Verdict(Level.STRAIGHT, ()), granted=100, straight=20).level
    <Level.PREFILLED: 3>
    >>> live(Verdict(Level.STRAIGHT, ()), granted=100, straight=90).level
    <Level.STRAIGHT: 4>
    """
    if declared.level is None or declared.level < Level.STRAIGHT or granted < ENOUGH:
        return declared
    if straight >= BORNE_OUT * granted:
        return declared
    return Verdict(Level.PREFILLED, (REALITY,))


@dataclass(frozen=True, slots=True)
class Counted:
    """One service in the national share."""

    verdict: Verdict
    declared: bool  # whether its owner calls it automatic
    uses: int


@dataclass(frozen=True, slots=True)
class Shares:
    """The share of automated services in three readings; None where there is no service."""

    services: int
    proven: int  # services at level 4 or 5
    declared_share: float | None
    proven_share: float | None
    use_weighted_share: float | None


def shares(services: Iterable[Counted]) -> Shares:
    """Declared, proven and use-weighted shares side by side; only what is proven counts as such.

    >>> found = shares([Counted(Verdict(Level.STRAIGHT, ()), False, 30),
    ...                 Counted(Verdict(None, ()), True, 70)])
    >>> found.declared_share, found.proven_share, found.use_weighted_share
    (0.5, 0.5, 0.3)
    """
    listed = tuple(services)
    straight = [each for each in listed if (each.verdict.level or 0) >= Level.STRAIGHT]
    uses = sum(each.uses for each in listed)
    many = len(listed)
    return Shares(
        services=many,
        proven=len(straight),
        declared_share=sum(each.declared for each in listed) / many if many else None,
        proven_share=len(straight) / many if many else None,
        use_weighted_share=sum(each.uses for each in straight) / uses if uses else None,
    )


def _form(runs: Sequence[Run]) -> Iterable[str]:
    if not any(_asked_online(run) for run in runs):
        yield NO_FORM


def _asked_online(run: Run) -> bool:
    return run.did(Deed.FORM) or run.did(Deed.CONFIRM)


def _tracked(runs: Sequence[Run]) -> Iterable[str]:
    if not all(run.tracked for run in runs):
        yield NOT_TRACKED
    if any(run.fee and run.granted and not run.did(Deed.PAY) for run in runs):
        yield NOT_PAID


def _prefilled(runs: Sequence[Run]) -> Iterable[str]:
    if not any(run.prefilled for run in runs):
        yield NOT_PREFILLED
    if not any(run.granted and run.did(Deed.ISSUE) for run in runs):
        yield NOT_ISSUED


def _straight(runs: Sequence[Run]) -> Iterable[str]:
    alone = [run for run in runs if run.granted and run.straight]
    if not alone:
        yield BY_HAND
    elif not any(_decided(run) for run in alone):
        yield NOT_DECIDED


def _decided(run: Run) -> bool:
    """By a table of decisions on what a register says, and issued without a person."""
    return (
        run.did(Deed.DECIDE)
        and run.did(Deed.ISSUE)
        and (run.did(Deed.LOOK_UP) or bool(run.prefilled))
    )


def _proactive(runs: Sequence[Run]) -> Iterable[str]:
    begun = [run for run in runs if run.start is Start.REGISTER and run.granted and run.straight]
    if not begun:
        yield NOT_STARTED
    elif any(run.did(Deed.FORM) for run in begun):
        yield ASKS_MORE


LADDER: Final = (
    (Level.FORM, _form),
    (Level.TRACKED, _tracked),
    (Level.PREFILLED, _prefilled),
    (Level.STRAIGHT, _straight),
    (Level.PROACTIVE, _proactive),
)
