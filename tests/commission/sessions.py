"""Make sessions, through actions."""

from datetime import date

from marra.commission.actions import agendas, minutes, sessions
from marra.commission.models.sessions import AgendaItem, Decision, Session
from marra.commission.rules.sessions import Task
from marra.people.rules.rights import Stamp
from tests.conftest import NOON

TOLD = {
    "title": "Session on services",
    "starts_at": NOON,
    "venue": "Tashkent",
    "chaired_by": "A. Karimov",
    "kept_by": "N. Aliyeva",
}
TASK = Task("Open the register of forms", "digital", date(2026, 4, 30))


def planned(stamp: Stamp, group: str = "", **changed: object) -> Session:
    return sessions.call_session(stamp, **{**TOLD, "group": group, **changed})


def item(stamp: Stamp, session: Session, title: str = "On the portal", **about: str) -> AgendaItem:
    return agendas.add_item(stamp, session.code, title=title, **about)


def opened(stamp: Stamp, group: str = "", **about: str) -> tuple[Session, AgendaItem]:
    """An open session with one item on its agenda."""
    made = planned(stamp, group)
    there = item(stamp, made, **about)
    return sessions.open_session(stamp, made.code), there


def decided(
    stamp: Stamp, there: AgendaItem, outcome: str = "assigned", **told: object
) -> Decision:
    given = {"text": "Open the register of forms.", "outcome": outcome}
    tasks = (TASK,) if outcome == "assigned" else ()
    return minutes.decide_item(stamp, there.code, **{**given, "tasks": tasks, **told})


def attended(stamp: Stamp, session: Session) -> None:
    minutes.mark_attendance(stamp, session.code, present=[], guests=[("B. Rahimov", "")])


def closed(stamp: Stamp, group: str = "") -> Session:
    made, there = opened(stamp, group)
    attended(stamp, made)
    decided(stamp, there)
    return sessions.close_session(stamp, made.code)
