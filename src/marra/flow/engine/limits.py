"""Limits: how much one step and one case may take, and the refusals of a run.

A pure floor has no clock, so time is bounded by work: a step visits so many nodes, and each
expression has so much fuel.

Source: ours.
"""

from dataclasses import dataclass
from typing import Final

from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is allowed."""

    steps: int = 10_000  # nodes visited in one step
    tokens: int = 1_000  # at the same time in one case
    depth: int = 32  # scopes within scopes
    size: int = 262_144  # letters of a case's data, about
    fuel: int = 100_000  # of one expression


LIMITS: Final = Limits()


class OtherVersion(Conflict):
    """The case runs on another version of the definition."""

    sentence = gettext_noop(
        "The case runs on version {theirs} of {process}, and this is version {ours}. "
        "Move the case first, or use its own version."
    )


class Over(Conflict):
    """The case is over."""

    sentence = gettext_noop("The case is over ({status}), so nothing more can happen in it.")


class NotWaiting(Conflict):
    """Nothing waits under that id for that."""

    sentence = gettext_noop(
        "Nothing in the case waits for {event} under the number {id}. "
        "It may be done already: look at what is open now."
    )


class NobodyWaits(Conflict):
    """No element waits for the message."""

    sentence = gettext_noop(
        "No element waits for the message “{name}” with that key. Keep it and bring it later, "
        "or look at what is open now."
    )


class NoWayTaken(Conflict):
    """No condition holds and no default flow is drawn."""

    sentence = gettext_noop(
        "At “{element}” (line {line}) no condition holds and there is no default flow. "
        "Draw a default flow, or set the data that the conditions ask for."
    )


class NotAWay(Invalid):
    """The answer names what was not asked."""

    sentence = gettext_noop(
        "“{answer}” is no answer to what “{element}” (line {line}) asks. Choose from: {choices}."
    )


class Stuck(Conflict):
    """Tokens wait for one another and nothing from outside can help."""

    sentence = gettext_noop(
        "Nothing can happen any more: {elements} wait for flows that can no longer come. "
        "Join with the kind of gateway that parted the flows."
    )


class NotAResult(Conflict):
    """A script or a collection gives what cannot be used."""

    sentence = gettext_noop(
        "“{element}” (line {line}) needs {wanted}, and its expression gives {found}. "
        "Change the expression or the data."
    )


class TooManySteps(Invalid):
    """The step does not come to rest."""

    sentence = gettext_noop(
        "After {most} elements in one step the process has not come to rest; the last was "
        "“{element}” (line {line}). Look for a circle without a wait."
    )


class TooManyTokens(Invalid):
    """Too much happens at the same time."""

    sentence = gettext_noop(
        "More than {most} branches would be open at the same time at “{element}” (line {line}). "
        "Do them one after another, or in smaller parts."
    )


class TooDeep(Invalid):
    """Processes call one another too deeply."""

    sentence = gettext_noop(
        "“{element}” (line {line}) would stand {most} levels deep. "
        "Look for a process that calls itself."
    )


class TooLarge(Invalid):
    """The case's data outgrow what is kept."""

    sentence = gettext_noop(
        "The data of the case would be larger than {most} letters. "
        "Keep large things as files, and in the case only their codes."
    )
