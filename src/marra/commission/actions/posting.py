"""Send notices outside: take messages up, note what came of each, and let failed ones go again.

A door takes messages up, hands each to a link, and notes the outcome: three steps, and between
any two the process may end. What was taken up and not settled is taken up again after a while,
under the same number, by which whoever receives it knows a second copy.
"""

from django.db import transaction
from django.db.models import F

from marra.commission.models.notices import Delivery
from marra.commission.queries import posting as queries
from marra.commission.rules.posting import AT_ONCE, CLAIM, Outcome, State, pause_after
from marra.journal.actions import record
from marra.people import queries as people
from marra.people.rules.contacts import Reach, Way, after_quiet
from marra.people.rules.rights import Stamp, rights
from marra.store import NothingNamed, fresh_code


@transaction.atomic
def claim(stamp: Stamp, *, way: Way) -> list[str]:
    """Take up what is due by a way; the codes of the messages, several notices in each.

    What was read meanwhile need not be sent.
    """
    stamp.require(*rights("commission")["deliveries.claimed"])
    rows = queries.due(way, stamp.at).select_for_update(of=("self",))
    seen = [row.pk for row in rows if row.notice.read_at and row.state == State.WAITING]
    Delivery.objects.filter(pk__in=seen).update(state=State.READ, next_at=None)
    parcels = queries.parcelled(row for row in rows if row.pk not in set(seen))[:AT_ONCE]
    codes = [_take_up(stamp, each) for each in parcels]
    if codes:
        record(stamp, "deliveries.claimed", "deliveries", way=way, count=len(codes))
    return codes


@transaction.atomic
def settle(stamp: Stamp, code: str, *, outcome: Outcome, parts: int = 0) -> None:
    """Note what came of a message; what may still arrive is tried again after a pause."""
    rows = list(_sending(code))
    stamp.require(*rights("commission")["delivery.tried"])
    if not rows:
        raise NothingNamed(kind="delivery", code=code)
    first = rows[0]
    pause = pause_after(first.tries) if outcome is Outcome.AWAY else None
    if outcome is Outcome.SENT:
        told = {"state": State.SENT, "sent_at": stamp.at, "fault": "", "parts": parts}
    elif pause is None:
        told = {"state": State.FAILED, "fault": outcome, "next_at": None}
    else:
        person = people.reach([first.notice.account]).get(first.notice.account, Reach())
        again = stamp.at + pause
        again = after_quiet(again) if person.is_quiet else again
        told = {"state": State.WAITING, "fault": outcome, "next_at": again}
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(**told)
    record(stamp, "delivery.tried", code, way=first.way, outcome=outcome, tries=first.tries)


@transaction.atomic
def retry(stamp: Stamp) -> int:
    """Let what failed in the last days be sent again, under new numbers; how many notices."""
    stamp.require(*rights("commission")["deliveries.retried"])
    keys = list(queries.to_retry(stamp.at).values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=keys).update(
        state=State.WAITING, parcel="", tries=0, next_at=stamp.at
    )
    record(stamp, "deliveries.retried", "deliveries", count=len(keys))
    return len(keys)


def _take_up(stamp: Stamp, rows: list[Delivery]) -> str:
    code = rows[0].parcel or fresh_code("parcel", size=8)
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.SENDING, parcel=code, tries=F("tries") + 1, next_at=stamp.at + CLAIM
    )
    return code


def _sending(code: str) -> list[Delivery]:
    rows = Delivery.objects.filter(parcel=code, state=State.SENDING).select_related("notice")
    return list(rows.select_for_update(of=("self",)).order_by("id"))
