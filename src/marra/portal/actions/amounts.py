"""Enter the basic calculation amount that a decree sets."""

from datetime import date

from django.db import transaction

from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.portal.models.catalogue import BaseAmount
from marra.portal.rules.money import checked_soum
from marra.portal.rules.services import checked_why
from marra.store import fresh_code


@transaction.atomic
def enter_amount(stamp: Stamp, *, since: date, soum: int, source: str) -> BaseAmount:
    """Enter an amount from a day on, with the act that sets it; the latest entry stands."""
    stamp.require(*rights("portal")["base-amount.entered"])
    made = BaseAmount.objects.create(
        code=fresh_code("amount"),
        since=since,
        soum=checked_soum(soum),
        source=checked_why(source)[:300],
        entered_at=stamp.at,
        entered_by=stamp.by,
    )
    record(stamp, "base-amount.entered", made.code, soum=soum, since=since.isoformat())
    return made
