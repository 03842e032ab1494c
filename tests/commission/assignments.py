"""Make assignments, through actions."""

from datetime import date

from marra.commission.actions import assignments, judging
from marra.commission.models.assignments import Assignment
from marra.people.rules.rights import Role, Stamp
from tests.conftest import NOON

DEADLINE = date(2026, 4, 30)
PROOF = {"text": "The register is open.", "links": ["https://example.uz/register"]}


def assignment(stamp: Stamp, **changed: object) -> Assignment:
    """An assignment, given at once unless `give` says otherwise."""
    told = {
        "title": "Open the register of forms",
        "lead": "digital",
        "deadline": DEADLINE,
        "head_name": "A. Karimov",
        "give": True,
    }
    return assignments.make(stamp, **{**told, **changed})


def somebody(number: int, *roles: tuple[Role, str]) -> Stamp:
    """The stamp of a person with these roles and no other."""
    code = f"account-{number:08d}"
    return Stamp(code, NOON, frozenset({*roles, (Role.HOLDER, code), (Role.VISITOR, "")}))


def executor(body: str = "digital", number: int = 11) -> Stamp:
    return somebody(number, (Role.EXECUTOR, body))


def secretary(group: str = "", number: int = 12) -> Stamp:
    return somebody(number, (Role.SECRETARY, group))


def done(stamp: Stamp, **changed: object) -> Assignment:
    """One that was submitted by its body and accepted."""
    made = assignment(stamp, **changed)
    judging.submit(executor(made.lead.code), made.code, **PROOF)
    if made.group:
        judging.judge_in_group(secretary(made.group.code, 13), made.code, accept=True)
    judging.judge(secretary(), made.code, accept=True)
    made.refresh_from_db()
    return made
