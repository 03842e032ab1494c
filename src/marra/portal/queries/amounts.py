"""Read the basic calculation amount, and what a service costs on a day."""

from collections.abc import Iterable
from datetime import date

from marra.portal.models.catalogue import BaseAmount
from marra.portal.models.catalogue import Fee as FeeRow
from marra.portal.rules.money import Amount, Fee, amount_on, packaged


def entered() -> tuple[Amount, ...]:
    """The amounts that were entered here, the earliest first; of one day the latest entry."""
    return tuple(
        Amount(row.since, row.soum, "decided", row.source) for row in BaseAmount.objects.all()
    )


def amount(day: date) -> Amount:
    """The amount that stands on a day; refuses with `NoAmount`."""
    return amount_on(day, entered())


def all_amounts() -> tuple[Amount, ...]:
    """Every amount, the earliest first."""
    known = {each.since: each for each in (*packaged(), *entered())}
    return tuple(known[since] for since in sorted(known))


def fees(rows: Iterable[FeeRow]) -> tuple[Fee, ...]:
    """The fees of a service as rules know them."""
    return tuple(Fee(row.least, row.most, row.since, row.what, row.per) for row in rows)
