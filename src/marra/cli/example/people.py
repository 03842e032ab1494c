"""The people of the example: accounts, seats, roles, who acts for whom, where they are told."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Final

from marra.cli.example.stage import Scene, Stage, marked, rows, terminal
from marra.commission.actions.deputies import appoint_deputy
from marra.commission.actions.members import add_member
from marra.commission.rules.groups import Seat
from marra.inventory.actions.bodies import open_body
from marra.kit.text import Text
from marra.people import actions, queries
from marra.people.rules.contacts import Way
from marra.people.rules.rights import Role

BODY: Final = "example"
"""The body that the example opens, as its files name it."""

NAME: Final = Text(
    uz="Namuna xizmatlari agentligi (namuna)",
    uz_cyrl="Намуна хизматлари агентлиги (намуна)",
    ru="Агентство образцовых услуг (пример)",
    en="Agency for Sample Services (example)",
)
GUESTS: Final = (
    ("Alisher Namunayev", "digital"),
    ("Malika Namunayeva", "economy-finance"),
    ("Sardor Namunayev", "statistics"),
)
"""Members of the Commission without an account."""

MAILS: Final = (
    "namuna.kotib", "namuna.raqamli", "namuna.maktab", "namuna.xizmatlar", "namuna.aloqa",
)  # fmt: skip
"""Who wants to be told by mail; `.example` is a name that leads nowhere (RFC 2606)."""


def scenes() -> Iterator[Scene]:
    """Everybody comes in on the first day; deputies and addresses follow."""
    yield -120, _open_body
    for row in rows("people"):
        yield -120, partial(_register, row)
    for name, body in GUESTS:
        yield -119, partial(_seat, name, body)
    for name in MAILS:
        yield -60, partial(_wish, name)
    yield -6, _appoint_deputy


def _open_body(stage: Stage, at: datetime) -> None:
    made = open_body(terminal(at), name=NAME, kind="agency", parent="digital")
    stage.made[BODY] = made.code


def _register(row: dict[str, str], stage: Stage, at: datetime) -> None:
    name, full_name = row["name"], marked(row["full_name"])
    stage.passwords[name] = secrets.token_urlsafe(9)
    account = actions.register(
        terminal(at), name=name, password=stage.passwords[name], full_name=full_name
    )
    if row["seat"]:
        add_member(
            terminal(at),
            row["of"],
            full_name=full_name,
            seat=Seat[row["seat"]],
            since=at.date(),
            position=row["position"],
            document=marked("Komissiya raisining buyrugʻi"),
            account=name,
        )
    if row["role"]:
        scope = stage.made.get(row["scope"], row["scope"])
        actions.appoint(terminal(at), account.code, role=row["role"], body=scope)


def _seat(name: str, body: str, stage: Stage, at: datetime) -> None:
    add_member(
        stage.stamp("namuna.administrator", at),
        "commission",
        full_name=marked(name),
        seat=Seat.MEMBER,
        since=at.date(),
        position="Oʻrinbosar",
        body=body,
    )


def _wish(name: str, stage: Stage, at: datetime) -> None:
    account = queries.by_name(terminal(at), name)
    actions.set_contacts(
        stage.stamp(name, at),
        account.code,
        language="uz",
        is_quiet=True,
        ways={Way.MAIL: (f"{name}@marra.example", True)},
    )


def _appoint_deputy(stage: Stage, at: datetime) -> None:
    appoint_deputy(
        stage.stamp("namuna.kotib", at),
        body="telecom-regulator",
        role=Role.EXECUTOR,
        account="namuna.raqamli2",
        for_account="namuna.aloqa",
        document=marked("Buyruq"),
        since=at.date(),
        until=stage.day(20),
    )
