"""Tell people what falls due and what happened, once; and take note that they read it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.db import transaction

from marra.commission.models.notices import Delivery, Heard, Notice
from marra.commission.queries import assignments, happenings
from marra.commission.queries import notices as queries
from marra.commission.queries.notices import Telling
from marra.commission.rules import reminders
from marra.journal.actions import record
from marra.journal.queries import entries, tree
from marra.people import queries as people
from marra.people.rules.contacts import after_quiet
from marra.people.rules.rights import Role, Stamp, rights
from marra.store import fresh_code

AT_ONCE: Final = 2_000
IN_A_QUESTION: Final = 1_000


@transaction.atomic
def remind(stamp: Stamp) -> int:
    """Tell what the ladder says of today; how many notices were made.

    May be called as often as one likes: what somebody was told is not told again.
    """
    stamp.require(*rights("commission")["notices.made"])
    count = _tell(stamp, queries.to_remind(stamp.at.date()))
    if count:
        record(stamp, "notices.made", "notices", count=count)
    return count


@transaction.atomic
def send_round(stamp: Stamp) -> int:
    """Tell each how much falls due by the end of next month, on the days for that; how many."""
    stamp.require(*rights("commission")["notices.listed"])
    count = _tell(stamp, queries.to_list(stamp.at.date()))
    if count:
        record(stamp, "notices.listed", "notices", count=count)
    return count


@transaction.atomic
def hear(stamp: Stamp) -> int:
    """Tell what happened since this was last called; how many notices were made.

    Reads the sealed journal on from where it stopped, and notes where in the same transaction.
    """
    stamp.require(*rights("commission")["notices.heard"])
    row, _made = Heard.objects.select_for_update().get_or_create(pk=1)
    found, row.position = tree.since(row.position, AT_ONCE)
    row.save(update_fields=["position"])
    count = _tell(stamp, happenings.happened(found, stamp.at))
    if count:
        record(stamp, "notices.heard", "notices", count=count, position=row.position)
    return count


@transaction.atomic
def remind_now(stamp: Stamp, code: str) -> None:
    """Remind everybody who acts for the body of an assignment; at most once a day."""
    row = assignments.locked(stamp, code)
    stamp.require(*rights("commission")["assignment.reminded"], of=assignments.group_of(row))
    before = entries.of(code).filter(deed="assignment.reminded").first()
    reached = people.holding(Role.EXECUTOR, row.lead.code).exists()
    last = before.at if before else None
    reminders.may_remind(row.state, row.number, last, stamp.at, reached=reached)
    record(stamp, "assignment.reminded", code)


@transaction.atomic
def read(stamp: Stamp, code: str) -> Notice:
    """Note that somebody read a notice of theirs."""
    row = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("commission")["notice.read"], of=row.account)
    row.read_at = row.read_at or stamp.at
    row.save(update_fields=["read_at"])
    record(stamp, "notice.read", code)
    return row


@transaction.atomic
def read_all(stamp: Stamp) -> int:
    """Note that somebody read every notice of theirs; how many were new."""
    stamp.require(*rights("commission")["notices.read"], of=stamp.by)
    count = queries.visible_to(stamp).filter(read_at=None).update(read_at=stamp.at)
    record(stamp, "notices.read", stamp.by, count=count)
    return count


def _tell(stamp: Stamp, tellings: Iterable[Telling]) -> int:
    """Make the notices that nobody made yet, each with its ways outside; how many."""
    wanted = {
        telling.key(account): (account, telling) for telling in tellings for account in telling.to
    }
    known = _known(list(wanted))
    fresh = [(key, *pair) for key, pair in wanted.items() if key not in known]
    made = Notice.objects.bulk_create(
        Notice(
            code=fresh_code("notice", size=8),
            account=account,
            kind=telling.kind,
            thing=telling.thing,
            key=key,
            facts=dict(telling.facts),
            rung=telling.rung,
            made_at=stamp.at,
        )
        for key, account, telling in fresh
    )
    told = [(row, telling) for row, (_, _, telling) in zip(made, fresh, strict=True)]
    Delivery.objects.bulk_create(_deliveries(stamp, told))
    return len(made)


def _deliveries(stamp: Stamp, told: Sequence[tuple[Notice, Telling]]) -> Iterator[Delivery]:
    """A row for each way that the step goes by and the person gave; by night it waits."""
    reach = people.reach({row.account for row, _ in told})
    for row, telling in told:
        if person := reach.get(row.account):
            at = after_quiet(stamp.at) if person.is_quiet else stamp.at
            for way in telling.ways:
                if way in person.ways:
                    yield Delivery(notice=row, way=way, state="waiting", next_at=at)


def _known(keys: Sequence[str]) -> set[str]:
    """Those of the keys that a notice has."""
    return {
        key
        for n in range(0, len(keys), IN_A_QUESTION)
        for key in Notice.objects.filter(key__in=keys[n : n + IN_A_QUESTION]).values_list(
            "key", flat=True
        )
    }
