"""Let a machine look at the addresses of features, on request and by schedule; note what it saw.

The looks stand in one queue with those at pages of services, and the same worker does them.
"""

from collections.abc import Mapping

from django.db import transaction

from marra.inventory.models.checks import CheckRun
from marra.inventory.models.features import FeatureState
from marra.inventory.queries import feature_looks as queries
from marra.inventory.queries import features, looks
from marra.inventory.rules import looks as limits
from marra.inventory.rules import things
from marra.inventory.rules.feature_looks import NoAddressYet, Seen, seen
from marra.inventory.rules.features import named
from marra.inventory.rules.looks import State
from marra.inventory.rules.page_checks.safety import host_of
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def ask_look(stamp: Stamp, code: str) -> CheckRun:
    """Ask that a machine look at a feature's address now; refuses where enough was asked for."""
    row = features.locked(stamp, code)
    body = row.body.code if row.body else ""
    stamp.require(*rights("inventory")["feature.look-asked"], of=(body, row.group))
    if not row.address:
        raise NoAddressYet
    told = looks.counts(code, host_of(row.address), row.address, stamp.at)
    limits.checked_number(
        same=queries.waits(row),
        of_service=told["of_service"],
        of_host=told["of_host"],
        waiting=told["waiting"],
    )
    made = _asked(stamp, row)
    record(stamp, "feature.look-asked", code, look=made.code)
    return made


@transaction.atomic
def ask_due_looks(stamp: Stamp) -> int:
    """Ask for the looks that are due by their schedule; how many they are."""
    stamp.require(*rights("inventory")["features.looks-asked"])
    due = queries.due(stamp.at)
    for row in due:
        _asked(stamp, row)
    if due:
        record(stamp, "features.looks-asked", "features", count=len(due))
    return len(due)


@transaction.atomic
def note_check(
    stamp: Stamp, code: str, *, address: str, opens: bool, kept: bool | None = None
) -> FeatureState:
    """Note what another machine saw at a feature's address, such as the trial of an own portal.

    Where no address was known it becomes the feature's; where another one stands, what was seen
    is kept in the history and says nothing of that one.
    """
    row = features.locked(stamp, code)
    stamp.require(*rights("inventory")["feature.looked"])
    page = things.checked_address(address)
    if not page:
        raise NoAddressYet
    if not row.address:
        row.address, row.version = page, row.version + 1
        row.save(update_fields=["address", "version"])
    made = _asked(stamp, row, page)
    made.state, made.started_at, made.ended_at = State.DONE, stamp.at, stamp.at
    made.facts = {"opens": opens, "kept": kept}
    made.save()
    if row.address == page:
        _note(row, Seen(opens, kept), made)
    record(stamp, "feature.looked", code, opens=opens, kept=kept)
    return row


class Looked:
    """A look that ended, as the features at its address keep it."""

    def __init__(self, run: CheckRun) -> None:
        self.run = run

    def keep(self, rules: Mapping[str, bool | None]) -> None:
        """Let every feature at the address say what was seen; nothing for other pages.

        It is part of keeping a look (`looks.finish_check`), within its transaction.
        """
        run = self.run
        status = run.facts.get("status")
        status = status if isinstance(status, int) else None
        for row in FeatureState.objects.select_for_update().filter(address=run.address):
            _note(row, seen(named(row.code)[0], status, rules, run.refused), run)


def _note(row: FeatureState, told: Seen, run: CheckRun) -> None:
    row.looked_at, row.opens, row.kept = run.ended_at, told.opens, told.kept
    row.save(update_fields=["looked_at", "opens", "kept"])


def _asked(stamp: Stamp, row: FeatureState, address: str = "") -> CheckRun:
    page = address or row.address
    return CheckRun.objects.create(
        code=fresh_code("look", size=6),
        address=page,
        host=host_of(page)[:255],
        subject=row.code,
        state=State.WAITING,
        asked_at=stamp.at,
        asked_by=stamp.by,
    )
