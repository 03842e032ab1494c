"""To whom something about an assignment is told: the accounts behind each audience."""

from marra.commission.models.assignments import Assignment
from marra.commission.rules.assignments import State
from marra.commission.rules.ladder import Audience
from marra.people.queries import everybody_holding
from marra.people.rules.rights import Role

HOLD = {
    Audience.GROUP_SECRETARY: Role.SECRETARY,
    Audience.GROUP_HEAD: Role.GROUP_HEAD,
    Audience.SECRETARY: Role.SECRETARY,
    Audience.CHAIR: Role.CHAIR,
}
"""The role that each audience of groups and of the Commission holds."""

IN_GROUPS = frozenset({Audience.GROUP_SECRETARY, Audience.GROUP_HEAD})


class Addressees:
    """Who holds which role now, read once for many assignments."""

    def __init__(self) -> None:
        self._held = everybody_holding(Role.EXECUTOR, Role.SECRETARY, Role.GROUP_HEAD, Role.CHAIR)

    def of(self, audience: Audience, row: Assignment) -> list[str]:
        """The accounts of one audience of an assignment; none where nobody holds the role."""
        body = self._holding(Role.EXECUTOR, row.lead.code)
        match audience:
            case Audience.BODY:
                return body
            case Audience.EXECUTOR:
                return [row.delegated_to] if row.delegated_to in body else body
            case Audience.HELPERS:
                helpers = [each.code for each in row.co_executors.all()]
                return [code for each in helpers for code in self._holding(Role.EXECUTOR, each)]
            case Audience.JUDGE:
                return self._judges(row)
            case _ if audience in IN_GROUPS:
                scope = row.group.code if row.group else None
                return self._holding(HOLD[audience], scope) if scope else []
            case _:
                return self._holding(HOLD[audience], "")

    def acting_for(self, body: str) -> list[str]:
        """Everybody who acts for a body, by its code."""
        return self._holding(Role.EXECUTOR, body)

    def secretaries(self) -> list[str]:
        """The secretaries of the Commission."""
        return self._holding(Role.SECRETARY, "")

    def _judges(self, row: Assignment) -> list[str]:
        """The group's secretary before the Commission's; the latter too where a group has none."""
        first = row.state == State.SUBMITTED and row.group is not None
        judges = self.of(Audience.GROUP_SECRETARY, row) if first else []
        return judges or self._holding(Role.SECRETARY, "")

    def _holding(self, role: Role, scope: str) -> list[str]:
        return self._held.get((role, scope), [])
