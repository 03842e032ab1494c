"""The inventory of the example: one body with an exact list, two with gaps in the four checks."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Final

from marra.cli.example.stage import Scene, Stage, marked, rows
from marra.cli.example.tasks import EXECUTORS
from marra.commission.queries.obligations import starts
from marra.inventory.actions.approving import approve_list
from marra.inventory.actions.functions import enter_function
from marra.inventory.actions.processes import decide_process, enter_process
from marra.inventory.actions.services import enter_service, except_service
from marra.inventory.queries import processes as queries
from marra.inventory.rules.things import Decision

NUMBERS: Final = ("volume", "minutes", "steps", "documents")
EXCEPTED: Final = "Ruxsatnoma olish"
RULE: Final = "portal.app-first-share"


def scenes() -> Iterator[Scene]:
    """Each body enters its list row by row; then the Commission approves the one that is exact."""
    begin: Mapping[str, int] = {"example": -45, "digital": -38, "public-services": -36}
    for number, row in enumerate(rows("lists")):
        yield begin[row["body"]] + number % 6, partial(_enter, row)
    yield -24, _merge
    yield -3, _except
    yield -3, _approve


def _enter(row: dict[str, str], stage: Stage, at: datetime) -> None:
    """The function if it is new, its process, what becomes of it, and its service."""
    who, body = stage.stamp(EXECUTORS[row["body"]], at), stage.made.get(row["body"], row["body"])
    key = f"{body}/{row['function']}"
    if row["function"] and key not in stage.made:
        entered = enter_function(
            who,
            body,
            title=marked(row["function"]),
            cofog=row["cofog"],
            legal_basis=row["basis"],
            no_process=row["no_process"],
        )
        stage.made[key] = entered.code
    if not row["process"]:
        return
    amounts = {name: float(row[name]) for name in NUMBERS}
    of = stage.made[key] if row["function"] else ""
    process = enter_process(who, body, title=marked(row["process"]), function=of, **amounts)
    stage.made[row["process"]] = process.code
    if row["decision"] not in {Decision.UNDECIDED, Decision.MERGE}:
        decide_process(
            who,
            process.code,
            version=process.version,
            decision=row["decision"],
            reason=f"Namuna: {row['reason']}",
        )
    if row["service"]:
        _serve(row, stage, at, process.code)


def _serve(row: dict[str, str], stage: Stage, at: datetime, process: str) -> None:
    service = enter_service(
        stage.stamp(EXECUTORS[row["body"]], at),
        stage.made.get(row["body"], row["body"]),
        title=marked(row["service"]),
        processes=(process,),
        category=row["category"],
        deadline=_day(stage, row["deadline"]),
        volume=int(row["volume"]),
        minutes=float(row["minutes"]),
        minutes_after=_number(row["minutes_after"]),
        protected_share=_share(row["protected"]),
        channel=row["channel"],
        effort=_number(row["effort"]),
        address="https://marra.example/xizmat",
        on_portal_since=_day(stage, row["portal"]),
        in_app_since=_day(stage, row["app"]),
        automation=_number(row["automation"]),
    )
    stage.made[row["service"]] = service.code


def _merge(stage: Stage, at: datetime) -> None:
    """What repeats another process goes into that one."""
    who = stage.stamp(EXECUTORS["example"], at)
    for row in rows("lists"):
        if row["decision"] == Decision.MERGE:
            code = stage.made[row["process"]]
            decide_process(
                who,
                code,
                version=queries.visible_to(who).named(code).version,
                decision=row["decision"],
                reason=f"Namuna: {row['reason']}",
                into=stage.made["Maʼlumotnoma soʻrovini koʻrib chiqish"],
            )


def _except(stage: Stage, at: datetime) -> None:
    """One service was on the portal before it was in the app, and may stay so."""
    who = stage.stamp("namuna.kotib", at)
    since = starts(who).get(RULE)
    if since is not None:
        why = "Namuna: ariza faqat katta ekranda toʻldiriladi"
        except_service(who, stage.made[EXCEPTED], reason=why, since=since)


def _approve(stage: Stage, at: datetime) -> None:
    approve_list(
        stage.stamp("namuna.rais", at), stage.made["example"], note="Namuna: tasdiqlandi."
    )


def _day(stage: Stage, written: str) -> date | None:
    return stage.day(int(written)) if written else None


def _number(written: str) -> float | None:
    return float(written) if written else None


def _share(written: str) -> float | None:
    return float(written) / 100 if written else None
