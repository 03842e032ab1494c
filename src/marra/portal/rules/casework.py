"""Casework: how an application stands, what may be done with it, and by when.

The way of a case is drawn by the ministry as a process. What is the same for every service stands
here: a draft becomes an application when it is first sent, it waits for the applicant, the body or
another system, and an end is granted, refused or withdrawn.

Source: ours.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any, Final

from marra.flow.engine.state import RUNNING as GOES_ON
from marra.flow.engine.state import State
from marra.kit.errors import Conflict, Invalid, NotAllowed
from marra.kit.text import gettext_noop
from marra.portal.rules.running import GRANTED

RETURNED: Final = "returned"
"""The code of the error that a process may catch when an official returns an application."""


class Stage(StrEnum):
    """How far a case is."""

    DRAFT = "draft"
    RUNNING = "running"
    ENDED = "ended"


class Outcome(StrEnum):
    """How a case ended."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Origin(StrEnum):
    """Where an application comes from."""

    MOBILE = "mobile"
    WEB = "web"
    CENTRE = "centre"
    SMS = "sms"
    REGISTER = "register"  # offered for what a register told, not asked for


class WorkState(StrEnum):
    """What became of a piece of work."""

    OPEN = "open"
    RETURNED = "returned"  # the body waits until the applicant has corrected what was sent
    DONE = "done"
    DROPPED = "dropped"  # no longer wanted


class Standing(StrEnum):
    """Where an application stands, for whoever asks."""

    DRAFT = "draft"
    OFFERED = "offered"
    RETURNED = "returned"
    ANSWERS = "answers"
    PAYMENT = "payment"
    BODY = "body"
    SYSTEM = "system"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STANDINGS: Final[Mapping[Standing, str]] = {
    Standing.DRAFT: gettext_noop("Not sent yet: the answers are kept until you send them."),
    Standing.OFFERED: gettext_noop("Offered to you without asking: look at it and confirm it."),
    Standing.RETURNED: gettext_noop("Returned to you: correct it and send it again."),
    Standing.ANSWERS: gettext_noop("More answers are needed from you."),
    Standing.PAYMENT: gettext_noop("It waits for your payment."),
    Standing.BODY: gettext_noop("The state body is working on it."),
    Standing.SYSTEM: gettext_noop("It waits for the answer of another system."),
    Standing.GRANTED: gettext_noop("It was granted."),
    Standing.REFUSED: gettext_noop("It was refused."),
    Standing.WITHDRAWN: gettext_noop("You withdrew it."),
}
"""Where an application stands, as the applicant reads it."""


OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.GRANTED: gettext_noop("granted"),
    Outcome.REFUSED: gettext_noop("refused"),
    Outcome.WITHDRAWN: gettext_noop("withdrawn by the applicant"),
}
"""The ends as pages say them."""

WAITING: Final[Mapping[str, Standing]] = {
    "form": Standing.ANSWERS,
    "pay": Standing.PAYMENT,
    "task": Standing.BODY,
}
"""What is told of the kinds of open work, the first that is open."""


class NotOpen(Conflict):
    """The service takes no applications now."""

    sentence = gettext_noop(
        "“{name}” takes no applications at the moment. Its page says why; look there again later."
    )


class NotADraft(Conflict):
    """What was sent is not written over."""

    sentence = gettext_noop(
        "This application was sent already and waits for nothing from you. "
        "Its page shows how far it is."
    )


class CaseOver(Conflict):
    """Nothing more happens in an ended case."""

    sentence = gettext_noop("This application has ended, so this can no longer be done with it.")


class NotSent(Conflict):
    """Nobody reads a draft but who writes it."""

    sentence = gettext_noop("This application was not sent yet. Send it first.")


class NewestAlready(Conflict):
    """There is no version to move to."""

    sentence = gettext_noop("This case runs on the newest published version. Nothing was changed.")


class NotOver(Conflict):
    """An end can only be judged when there is one."""

    sentence = gettext_noop(
        "This application has not ended yet, so it cannot be rated or appealed against."
    )


class NotRefused(Conflict):
    """Only a refusal is appealed against."""

    sentence = gettext_noop("Only a refusal can be appealed against, and this was none.")


class Appealed(Conflict):
    """One appeal for a decision."""

    sentence = gettext_noop("You appealed against this decision already. The appeal stands.")


class NotAnswered(Invalid):
    """A form is sent whole."""

    sentence = gettext_noop(
        "The application cannot be sent yet: {count} answers are missing or wrong. "
        "The first is on the page “{page}”."
    )


class NotYours(Conflict):
    """Somebody else works on it."""

    sentence = gettext_noop(
        "Somebody else of your body has taken this. Ask them to give it back first."
    )


class OwnCase(NotAllowed):
    """Nobody decides on what they ask for themselves."""

    sentence = gettext_noop("This is your own application, so a colleague has to work on it.")


class NotTaken(Conflict):
    """Work is taken before it is done."""

    sentence = gettext_noop("Take this work first, so that nobody does it at the same time.")


class NotWaiting(Conflict):
    """The work was done or is no longer wanted."""

    sentence = gettext_noop(
        "This work was done already or is no longer wanted. Look at the list again."
    )


class NotADecision(Conflict):
    """The process asks for no decision there."""

    sentence = gettext_noop(
        "The process of this service asks for no decision here. Finish the work instead."
    )


class ADecision(Conflict):
    """The process asks for a decision there."""

    sentence = gettext_noop("A decision is asked for here. Grant or refuse.")


def standing(
    stage: str,
    outcome: str,
    kinds: Collection[str],
    *,
    returned: bool,
    sent: bool,
    offered: bool = False,
) -> Standing:
    """Where a case stands, by the kinds of work that are open.

    >>> standing("running", "", ["pay"], returned=False, sent=True)
    <Standing.PAYMENT: 'payment'>
    >>> standing("ended", "refused", [], returned=False, sent=True)
    <Standing.REFUSED: 'refused'>
    """
    if stage == Stage.ENDED:
        return Standing(outcome)
    if not sent:
        return Standing.OFFERED if offered else Standing.DRAFT
    if returned:
        return Standing.RETURNED
    for kind, told in WAITING.items():
        if kind in kinds:
            return told
    return Standing.SYSTEM


def outcome(state: State) -> Outcome | None:
    """How the case ended, as its process left it; none while it goes on."""
    if state.status == GOES_ON:
        return None
    return Outcome.GRANTED if state.data.get(GRANTED) is True else Outcome.REFUSED


def filled(fields: Mapping[str, str], data: Mapping[str, Any]) -> dict[str, Any]:
    """What registers said, for the fields that are filled in from them: name to `register.what`.

    >>> filled({"name": "citizens.full_name", "phone": ""}, {"citizens": {"full_name": "Anora"}})
    {'name': 'Anora'}
    """
    found = {}
    for name, told in fields.items():
        register, _, what = told.partition(".")
        held = data.get(register)
        if isinstance(held, Mapping) and held.get(what) is not None:
            found[name] = held[what]
    return found


def must_be_another(applicant: str, who: str) -> None:
    """Go on only if this person works on the application of somebody else; or `OwnCase`."""
    if applicant == who:
        raise OwnCase


def must_be_mine(taken_by: str, who: str) -> None:
    """Go on only with work that this person has taken; refuses with `NotTaken`, `NotYours`."""
    if not taken_by:
        raise NotTaken
    if taken_by != who:
        raise NotYours


def waits_for_applicant(open_kinds: Collection[str], *, returned: bool) -> bool:
    """Whether nobody but the applicant can go on.

    >>> waits_for_applicant(["pay"], returned=False), waits_for_applicant([], returned=True)
    (True, True)
    >>> waits_for_applicant(["pay", "task"], returned=False)
    False
    """
    own = {"form", "pay"}
    return (returned or bool(own.intersection(open_kinds))) and own.issuperset(open_kinds)
