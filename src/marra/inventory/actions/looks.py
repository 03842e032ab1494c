"""Ask for a look of the machine at a page, take one up, and keep what it found.

A look goes on in a process of its own, between the second action and the third; no transaction is
open meanwhile. Whoever took one up and is gone leaves it to be taken up once more.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction

from marra.inventory.actions.feature_looks import Looked
from marra.inventory.models.checks import CheckFinding, CheckRun
from marra.inventory.models.functions import Service
from marra.inventory.models.standard import Assessment, Standard
from marra.inventory.queries import looks as queries
from marra.inventory.queries import services, standards
from marra.inventory.rules import judgements, looks, things
from marra.inventory.rules.looks import AT_ONCE, GONE_AFTER, MOST_TRIES, State
from marra.inventory.rules.page_checks.facts import Found
from marra.inventory.rules.page_checks.judging import passed
from marra.inventory.rules.page_checks.safety import host_of
from marra.inventory.rules.standard import By, Verdict
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code

Fact = str | int | float | list[str]


@transaction.atomic
def ask_check(stamp: Stamp, code: str, *, address: str) -> CheckRun:
    """Ask that a machine look at a page of a service; refuses where enough was asked for."""
    row = services.locked(stamp, code)
    standard = standards.needed(stamp.at.date())
    stamp.require(*rights("inventory")["check.asked"], of=(row.owner.code, standard.group))
    page = things.checked_address(address)
    host = host_of(page)[:255]
    if not host:
        raise things.WrongAddress(address=page[:80])
    told = queries.counts(code, host, page, stamp.at)
    looks.checked_number(
        same=bool(told["same"]),
        of_service=told["of_service"],
        of_host=told["of_host"],
        waiting=told["waiting"],
    )
    made = CheckRun.objects.create(
        code=fresh_code("look", size=6),
        address=page,
        host=host,
        subject=code,
        state=State.WAITING,
        asked_at=stamp.at,
        asked_by=stamp.by,
    )
    record(stamp, "check.asked", made.code, service=code)
    return made


@transaction.atomic
def ask_due_checks(stamp: Stamp) -> int:
    """Ask anew for the looks at pages of services whose time has come; how many they are."""
    stamp.require(*rights("inventory")["checks.asked"])
    due = queries.due(stamp.at)
    CheckRun.objects.bulk_create(
        CheckRun(
            code=fresh_code("look", size=6),
            address=each.address,
            host=each.host,
            subject=each.subject,
            state=State.WAITING,
            asked_at=stamp.at,
            asked_by=stamp.by,
        )
        for each in due
    )
    if due:
        record(stamp, "checks.asked", "services", count=len(due))
    return len(due)


@transaction.atomic
def begin_check(stamp: Stamp) -> str:
    """Take up the oldest look that may be taken up; its code, or "" if there is none.

    What was taken up as often as it may is given up on the way.
    """
    stamp.require(*rights("inventory")["check.begun"])
    queries.free(stamp.at).filter(tries__gte=MOST_TRIES).update(
        state=State.LOST, ended_at=stamp.at
    )
    busy = list(queries.running(stamp.at).values_list("host", flat=True))
    if len(busy) >= AT_ONCE:
        return ""
    row = queries.free(stamp.at).exclude(host__in=busy).select_for_update().first()
    if row is None:
        return ""
    row.state, row.tries = State.RUNNING, row.tries + 1
    row.started_at, row.lost_at = stamp.at, stamp.at + GONE_AFTER
    row.save(update_fields=["state", "tries", "started_at", "lost_at"])
    record(stamp, "check.begun", row.code, tries=row.tries)
    return str(row.code)


@transaction.atomic
def finish_check(
    stamp: Stamp,
    code: str,
    *,
    found: Sequence[Found] = (),
    facts: Mapping[str, Fact] | None = None,
    refused: str = "",
) -> CheckRun:
    """Keep what a look found, or why there was none; one that was given up meanwhile stays so."""
    row = CheckRun.all().select_for_update().filter(state=State.RUNNING).named(code)
    stamp.require(*rights("inventory")["check.finished"])
    row.state = State.REFUSED if refused else State.DONE
    row.ended_at, row.refused, row.facts = stamp.at, refused[:200], dict(facts or {})
    row.save(update_fields=["state", "ended_at", "refused", "facts"])
    service = Service.all().filter(code=row.subject).first()
    standard = standards.in_force(stamp.at.date())
    by_check = standards.requirements(standard).by_check() if standard else {}
    CheckFinding.objects.bulk_create(
        CheckFinding(
            run=row,
            rule=each.rule,
            requirement=by_check.get(each.rule, ""),
            passed=each.passed,
            place=each.place[:500],
            sentence=each.sentence[:500],
            facts=dict(each.facts),
        )
        for each in found
    )
    Looked(row).keep(passed(found))
    if service is not None and standard is not None and found:
        _assessed(stamp, row, service, standard, found)
    record(stamp, "check.finished", code, state=row.state, findings=len(found))
    return row


def _assessed(
    stamp: Stamp, run: CheckRun, service: Service, standard: Standard, found: Sequence[Found]
) -> None:
    """What the look says of each requirement; of the same page it counts instead of the last."""
    said = judgements.of_checks(standards.requirements(standard), passed(found))
    told = {code: verdict for code, verdict in said.items() if verdict is not Verdict.UNKNOWN}
    before = Assessment.objects.filter(
        service=service, by_kind=By.MACHINE, requirement__in=told, run__address=run.address
    )
    before.filter(is_current=True).update(is_current=False)
    Assessment.objects.bulk_create(
        Assessment(
            code=fresh_code("assessment", size=6),
            service=service,
            standard=standard,
            requirement=requirement,
            by_kind=By.MACHINE,
            verdict=verdict,
            run=run,
            made_at=stamp.at,
            made_by=stamp.by,
        )
        for requirement, verdict in told.items()
    )
