"""The public catalogue as open data: one service or all of them, a few rows at a time."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db.models import Prefetch

from marra.portal.models.catalogue import Service
from marra.portal.queries import amounts
from marra.portal.queries.catalogue import published
from marra.portal.rules.cpsv import Told
from marra.portal.rules.money import standing
from marra.portal.rules.services import PUBLIC
from marra.store import Named

AT_ONCE = 200
NOBODY = "unknown"


def told(day: date, code: str = "") -> Iterator[Told]:
    """What the profile wants to know of each public service, or of one; costs are of a day."""
    rows = published().filter(code=code) if code else published()
    for row in _with_parts(rows):
        yield _told(row, day)


def _with_parts(rows: Named[Service]) -> Iterator[Service]:
    """The rows with what stands beside them, in the order of their keys, some at a time."""
    parts = Prefetch("parts", Service.all().filter(state__in=PUBLIC))
    beside = rows.order_by("pk").prefetch_related("fees", "openings", "occasions", parts)
    last = 0
    while some := list(islice(beside.filter(pk__gt=last), AT_ONCE)):
        yield from some
        last = some[-1].pk


def _told(row: Service, day: date) -> Told:
    fees = standing(amounts.fees(row.fees.all()), day)
    return Told(
        code=row.code,
        names=row.names,
        about=row.about,
        body=row.body.code if row.body else NOBODY,
        body_names=row.body.names if row.body else {"uz": row.body_named or NOBODY},
        state=row.state,
        audience=row.audience,
        kind=row.kind,
        term=row.term,
        fees=fees,
        documents=row.documents or (),
        legal=row.legal,
        channels=[(each.channel, each.address) for each in row.openings.all()],
        events=[each.event for each in row.occasions.all()],
        parts=[each.code for each in row.parts.all()],
    )
