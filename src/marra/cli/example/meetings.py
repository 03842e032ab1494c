"""Proposals and sessions of the example: called, held, closed and signed, open, and to come."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.conf import settings

from marra.cli.example.stage import Scene, Stage, marked, rows, told
from marra.commission.actions import agendas, minutes, proposals, sessions
from marra.commission.actions.signing import sign_minutes
from marra.commission.queries import proposals as found
from marra.commission.queries import sessions as queries
from marra.commission.rules.sessions import Outcome, Task
from marra.commission.rules.signing import Position
from marra.links.signature import Asker, StandIn, service

CALLED: Final = 6
"""Working days from the call of a session to the session."""


def scenes() -> Iterator[Scene]:
    """Proposals first, then each session from its call as far as it comes."""
    for row in told("meetings")["proposals"]:
        yield row["day"], partial(_propose, row)
        if row.get("fate") != "draft":
            yield row["day"] + 1, partial(_move, row)
    for row in told("meetings")["meetings"]:
        yield min(row["day"] - CALLED, -1), partial(_call, row)
        if row["fate"] == "cancelled":
            yield row["day"], partial(_cancel, row)
        elif row["fate"] != "planned":
            yield row["day"], partial(_hold, row)


def _propose(row: dict[str, Any], stage: Stage, at: datetime) -> None:
    pillar = row.get("gap")
    made = proposals.make(
        stage.stamp(row["by"], at),
        title=marked(row["title"]),
        problem=f"Namuna: {row['problem']}",
        remedy=row["remedy"] and f"Namuna: {row['remedy']}",
        place=stage.place,
        group=row.get("group", ""),
        body=row.get("body", ""),
        obligation=row.get("obligation", ""),
        gap=found.gap(stage.place, pillar, settings.GOAL_RANK) if pillar else None,
    )
    stage.made[row["key"]] = made.code


def _move(row: dict[str, Any], stage: Stage, at: datetime) -> None:
    who, code = stage.stamp(row["by"], at), stage.made[row["key"]]
    if row.get("fate") == "withdrawn":
        proposals.withdraw(who, code)
    else:
        proposals.put_forward(who, code)


def _call(row: dict[str, Any], stage: Stage, at: datetime) -> None:
    who = stage.stamp(_keeper(row), at)
    made = sessions.call_session(
        who,
        title=marked(row["title"]),
        starts_at=stage.moment(0) if row["fate"] == "open" else _begins(row, stage),
        group=row["group"],
        venue=marked("Majlislar zali"),
    )
    stage.made[row["key"]] = made.code
    for item in row["items"]:
        agendas.add_item(
            who,
            made.code,
            title=marked(item["title"]) if "title" in item else "",
            speaker=marked("Maʼruzachi Namunayev"),
            proposal=stage.made[item["proposal"]] if "proposal" in item else "",
            plan=stage.made[item["plan"]] if "plan" in item else "",
        )


def _begins(row: dict[str, Any], stage: Stage) -> datetime:
    day = stage.day(row["day"])
    return stage.moment(0).replace(year=day.year, month=day.month, day=day.day, hour=10, minute=0)


def _cancel(row: dict[str, Any], stage: Stage, at: datetime) -> None:
    sessions.cancel_session(stage.stamp(_keeper(row), at), stage.made[row["key"]])


def _hold(row: dict[str, Any], stage: Stage, at: datetime) -> None:
    """Open it and write as much as the file tells; close and sign it, if it came that far."""
    who, code = stage.stamp(_keeper(row), at), stage.made[row["key"]]
    held = sessions.open_session(who, code)
    present = [each.full_name for each in queries.attendances(held)]
    guests = [(marked("Mehmon Namunayev"), "Mutaxassis")]
    minutes.mark_attendance(who, code, present=present, guests=guests)
    for number, (item, said) in enumerate(zip(queries.items(held), row["items"], strict=True), 1):
        if "minutes" in said:
            spoken = f"Namuna: {said['minutes']}"
            minutes.write_minutes(who, item.code, version=item.version, minutes=spoken)
            _decide(stage, at, row, number, item.code)
    if row["fate"] != "open":
        sessions.close_session(who, code)
    if row["fate"] == "signed":
        _sign(stage, at, code)


def _decide(stage: Stage, at: datetime, row: dict[str, Any], number: int, item: str) -> None:
    said = row["items"][number - 1]
    minutes.decide_item(
        stage.stamp(_keeper(row), at),
        item,
        text=f"Namuna: {said['text']}",
        outcome=Outcome(said["outcome"]),
        tasks=tuple(_tasks(stage, f"{row['key']}/{number}")),
    )


def _tasks(stage: Stage, item: str) -> Iterator[Task]:
    """The assignments that the decision on an item gives."""
    for row in rows("assignments"):
        if row["session"] == item:
            yield Task(
                title=marked(row["title"]),
                lead=row["lead"],
                deadline=stage.day(int(row["due"])),
                head_name=marked("Birinchi rahbar Namunayev"),
                co_executors=tuple(filter(None, row["helpers"].split())),
                group=row["group"],
            )


def _sign(stage: Stage, at: datetime, code: str) -> None:
    """Chair and secretary sign with the stand-in; where a real service is set, nobody does."""
    link = service()
    if not isinstance(link, StandIn):
        return
    for name, position in (
        ("namuna.rais", Position.CHAIR),
        ("namuna.kotib", Position.KEEPER),
    ):
        who = stage.stamp(name, at)
        document = queries.visible_to(who).named(code).document.encode()
        certificate = f"NAMUNA-{position.name}"
        envelope = link.made(document, signer=marked(name), certificate=certificate, at=at)
        checked = link.checked(envelope, Asker("", ""))
        sign_minutes(who, code, checked=checked, position=position)


def _keeper(row: dict[str, Any]) -> str:
    """Who keeps the minutes: the secretary of the group, or of the Commission."""
    group: str = row["group"]
    return f"namuna.guruh{group[-1]}.kotib" if group else "namuna.kotib"
