"""Eligibility: whether somebody may ask for a service, told before they sign in.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from marra.flow.words import Words, words
from marra.portal.rules.running import Ready
from marra.portal.rules.values import as_json, as_value

NAME: Final = "eligibility"
"""What the form and the decision are called that tell it."""


@dataclass(frozen=True, slots=True)
class Eligible:
    """What the answers come to; None where the decision does not say."""

    is_eligible: bool | None
    why: Words | None = None


def offers(ready: Ready) -> bool:
    """Whether a definition can tell who may ask for its service.

    >>> from marra.portal.rules.running import ready
    >>> offers(ready({}))
    False
    """
    return NAME in ready.forms and NAME in ready.decisions


def judged(ready: Ready, answers: Mapping[str, Any], *, now: datetime) -> Eligible:
    """What the decision says of these answers; refuses with `TooMuchWork`."""
    model = ready.decisions[NAME]
    wanted = NAME if NAME in model.decisions else model.decisions[-1]
    return read(as_json(model.decide(wanted, as_value(answers), now=now)))


def read(found: Any) -> Eligible:
    """What a decision gave, as yes, no or neither, with the reason.

    >>> read(True), read({"eligible": False, "why": "Yoshi yetmagan"}).why.uz
    (Eligible(is_eligible=True, why=None), 'Yoshi yetmagan')
    >>> read(None).is_eligible is None
    True
    """
    if isinstance(found, Mapping):
        said = found.get("eligible", found.get(NAME))
        return Eligible(said if isinstance(said, bool) else None, words(found.get("why")))
    return Eligible(found if isinstance(found, bool) else None)
