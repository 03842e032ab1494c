"""What happens to a case, as the applicant and the officials read it.

Source: ours.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from marra.kit.text import gettext_noop


class Happening(StrEnum):
    """What happened."""

    SENT = "sent"
    FILLED = "filled"
    LOOKED_UP = "looked-up"
    DECIDED = "decided"
    OPENED = "opened"
    TAKEN = "taken"
    GIVEN_BACK = "given-back"
    RETURNED = "returned"
    CORRECTED = "corrected"
    FINISHED = "finished"
    CALLED = "called"
    FAILED = "failed"
    TO_PAY = "to-pay"
    PAID = "paid"
    TIME = "time"
    ISSUED = "issued"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"
    RATED = "rated"
    APPEALED = "appealed"


TOLD: Final[Mapping[Happening, str]] = {
    Happening.SENT: gettext_noop("The application was sent."),
    Happening.FILLED: gettext_noop("Further answers were sent."),
    Happening.LOOKED_UP: gettext_noop("Registers of the state were asked."),
    Happening.DECIDED: gettext_noop("A table of the service was applied."),
    Happening.OPENED: gettext_noop("It waits for the body."),
    Happening.TAKEN: gettext_noop("An official took it up."),
    Happening.GIVEN_BACK: gettext_noop("An official gave it back."),
    Happening.RETURNED: gettext_noop("It was returned to be corrected."),
    Happening.CORRECTED: gettext_noop("It was corrected and sent again."),
    Happening.FINISHED: gettext_noop("A step of the body was finished."),
    Happening.CALLED: gettext_noop("Another system answered."),
    Happening.FAILED: gettext_noop("Another system did not answer as it should."),
    Happening.TO_PAY: gettext_noop("It waits for the payment."),
    Happening.PAID: gettext_noop("The payment arrived."),
    Happening.TIME: gettext_noop("A time that the process waited for has come."),
    Happening.ISSUED: gettext_noop("The result was issued."),
    Happening.GRANTED: gettext_noop("The application was granted."),
    Happening.REFUSED: gettext_noop("The application was refused."),
    Happening.WITHDRAWN: gettext_noop("The application was withdrawn."),
    Happening.MOVED: gettext_noop("The application goes on under a new version of the service."),
    Happening.RATED: gettext_noop("The service was rated."),
    Happening.APPEALED: gettext_noop("An appeal against the decision was made."),
}
"""What happened, in a sentence."""

INSIDE: Final = frozenset({Happening.DECIDED, Happening.GIVEN_BACK, Happening.CALLED,
                           Happening.FAILED, Happening.TIME, Happening.MOVED})  # fmt: skip
"""What only officials read."""


def is_public(what: Happening) -> bool:
    """Whether the applicant reads it.

    >>> is_public(Happening.SENT), is_public(Happening.GIVEN_BACK)
    (True, False)
    """
    return what not in INSIDE
