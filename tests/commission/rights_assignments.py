"""How the deeds of assignments are done, for the test of their rights."""

from collections.abc import Callable
from datetime import date
from typing import Any

from marra.commission.actions import (
    assignment_files,
    assignments,
    deputies,
    extensions,
    judging,
    progress,
    removing,
)
from marra.commission.models.assignments import Assignment, Deputy
from marra.commission.queries import assignments as queries
from marra.people import actions as people
from marra.people.models import Account
from marra.people.rules.rights import Role, Stamp
from tests.commission import assignments as make
from tests.house.rights import Arrange, Deed, Registry, World


def to_one(do: Callable[[Stamp, Assignment], object], *before: str, **given: object) -> Arrange:
    """A deed done to an assignment of the world's body and group, after other steps."""

    def arranged(world: World) -> Deed:
        told = {"lead": world.body, "group": world.group, **given}
        made = make.assignment(world.root, **told)
        for each in before:
            BEFORE[each](world, made)
        return Deed(
            lambda stamp: do(stamp, made),
            lambda stamp: queries.visible_to(stamp).filter(code=made.code).exists(),
        )

    return arranged


BEFORE = {
    "submit": lambda world, made: judging.submit(
        make.executor(world.body), made.code, **make.PROOF
    ),
    "group": lambda world, made: judging.judge_in_group(
        make.secretary(world.group, 13), made.code, accept=True
    ),
    "ask": lambda world, made: extensions.ask_extension(
        make.executor(world.body), made.code, until=LATER, reason="Floods."
    ),
}
LATER = date(2026, 6, 1)


def made(world: World) -> Deed:
    lead, group = world.body, world.group
    return Deed(lambda stamp: make.assignment(stamp, lead=lead, group=group))


def delegated(world: World) -> Deed:
    people.appoint(world.root, world.account, role=Role.EXECUTOR, body=world.body)
    to = world.account
    return to_one(lambda s, a: assignments.delegate(s, a.code, to=to))(world)


def imported(world: World) -> Deed:
    content = f"title;lead;deadline\nOpen the register;{world.body};30.06.2026\n".encode()
    return Deed(
        lambda stamp: assignment_files.import_assignments(stamp, name="x.csv", content=content)
    )


def acting(world: World) -> dict[str, Any]:
    people.appoint(world.root, world.account, role=Role.EXECUTOR, body=world.body)
    return {
        "body": world.body,
        "role": Role.EXECUTOR,
        "account": name_of(world.other_account),
        "for_account": name_of(world.account),
        "document": "Order 7",
        "since": world.at.date(),
        "until": world.at.date(),
    }


def name_of(code: str) -> str:
    return Account.objects.get(code=code).name


def appointed(world: World) -> Deed:
    told = acting(world)
    return Deed(lambda stamp: deputies.appoint_deputy(stamp, **told))


def ended(world: World) -> Deed:
    made = deputies.appoint_deputy(world.root, **acting(world))
    return Deed(lambda stamp: deputies.end_deputy(stamp, made.code))


def settled(world: World) -> Deed:
    made = deputies.appoint_deputy(world.root, **acting(world))
    Deputy.objects.filter(pk=made.pk).update(until=date(2026, 3, 1))
    return Deed(deputies.settle_deputies)


RIGHTS: Registry = {
    "assignment.made": made,
    "assignment.changed": to_one(
        lambda s, a: assignments.change(s, a.code, version=a.version, title="Another task")
    ),
    "assignment.given": to_one(lambda s, a: assignments.give(s, a.code), give=False),
    "assignment.started": to_one(lambda s, a: assignments.start(s, a.code)),
    "assignment.reported": to_one(lambda s, a: progress.report(s, a.code, percent=10)),
    "assignments.reported": to_one(
        lambda s, a: progress.report_many(s, reports={a.code: (10, "")})
    ),
    "assignment.submitted": to_one(lambda s, a: judging.submit(s, a.code, **make.PROOF)),
    "assignment.group-judged": to_one(
        lambda s, a: judging.judge_in_group(s, a.code, accept=True), "submit"
    ),
    "assignment.judged": to_one(
        lambda s, a: judging.judge(s, a.code, accept=True), "submit", "group"
    ),
    "extension.asked": to_one(
        lambda s, a: extensions.ask_extension(s, a.code, until=LATER, reason="Floods.")
    ),
    "extension.answered": to_one(
        lambda s, a: extensions.answer_extension(s, a.code, grant=True), "ask"
    ),
    "assignment.delegated": delegated,
    "assignment.removed": to_one(
        lambda s, a: removing.remove(
            s, a.code, ground="not-needed", text="Ended.", document="PQ-1"
        )
    ),
    "assignments.imported": imported,
    "deputy.appointed": appointed,
    "deputy.ended": ended,
    "deputies.settled": settled,
}
