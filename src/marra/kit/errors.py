"""Refusals: a rule says no, told so that a person can act on it.

    Refusal
    ├── Invalid      the request can never succeed as written
    ├── NotAllowed   this person may not
    ├── NotFound     no such thing, or none this person may know of
    └── Conflict     the thing is not in a state for it

A refusal is a sentence with gaps and the facts that fill them. It knows no HTTP: the doors map the
four kinds once. Everything that is not a refusal is a fault of ours and is never caught.

Source: ours; the sentences follow the ladder "what happened, why, what to do".
"""

import re
from typing import ClassVar

from marra.kit.text import gettext_noop


class Refusal(Exception):
    """A rule says no. Subclasses sit beside their rule and are named for what happened.

    >>> class TooLate(Conflict):
    ...     sentence = "{thing} was due on {day}. Ask for more time."
    >>> str(TooLate(thing="The report", day="01.03.2026"))
    'The report was due on 01.03.2026. Ask for more time.'
    >>> TooLate.code()
    'errors.too-late'
    """

    sentence: ClassVar[str] = gettext_noop("This cannot be done.")

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence, facts)

    def __str__(self) -> str:
        return self.sentence.format(**self.facts)

    @classmethod
    def code(cls) -> str:
        """A stable name of the refusal, `room.what-happened`."""
        parts = cls.__module__.split(".")
        room = parts[1] if len(parts) > 1 and parts[1] != "kit" else parts[-1]
        return f"{room}.{re.sub(r'(?<!^)(?=[A-Z])', '-', cls.__name__).lower()}"


class Invalid(Refusal):
    """The request can never succeed as written."""


class NotAllowed(Refusal):
    """This person may not."""


class NotFound(Refusal):
    """No such thing, or none this person may know of."""


class Conflict(Refusal):
    """The thing is not in a state for it."""
