"""How the deeds of assignments are done, for the test of their rights."""

from collections.abc import Callable
from datetime import date

from marra.commission.actions import assignments, judging
from marra.commission.models.assignments import Assignment
from marra.commission.queries import assignments as queries
from marra.people.rules.rights import Stamp
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
    "ask": lambda world, made: judging.ask_extension(
        make.executor(world.body), made.code, until=LATER, reason="Floods."
    ),
}
LATER = date(2026, 6, 1)


def made(world: World) -> Deed:
    lead, group = world.body, world.group
    return Deed(lambda stamp: make.assignment(stamp, lead=lead, group=group))


RIGHTS: Registry = {
    "assignment.made": made,
    "assignment.changed": to_one(
        lambda s, a: assignments.change(s, a.code, version=a.version, title="Another task")
    ),
    "assignment.given": to_one(lambda s, a: assignments.give(s, a.code), give=False),
    "assignment.started": to_one(lambda s, a: assignments.start(s, a.code)),
    "assignment.reported": to_one(lambda s, a: assignments.report(s, a.code, percent=10)),
    "assignments.reported": to_one(
        lambda s, a: assignments.report_many(s, reports={a.code: (10, "")})
    ),
    "assignment.submitted": to_one(lambda s, a: judging.submit(s, a.code, **make.PROOF)),
    "assignment.group-judged": to_one(
        lambda s, a: judging.judge_in_group(s, a.code, accept=True), "submit"
    ),
    "assignment.judged": to_one(
        lambda s, a: judging.judge(s, a.code, accept=True), "submit", "group"
    ),
    "extension.asked": to_one(
        lambda s, a: judging.ask_extension(s, a.code, until=LATER, reason="Floods.")
    ),
    "extension.answered": to_one(
        lambda s, a: judging.answer_extension(s, a.code, grant=True), "ask"
    ),
    "assignment.delegated": to_one(lambda s, a: assignments.delegate(s, a.code, to="account-1")),
    "assignment.removed": to_one(
        lambda s, a: assignments.remove(s, a.code, ground="not-needed", text="The act ended.")
    ),
}
