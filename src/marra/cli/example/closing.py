"""The end of the example: reminders of each day, reports of the quarters, what was sent."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from marra.cli.example.stage import Scene, Stage, terminal
from marra.commission.actions.notices import hear, read, remind, send_round
from marra.commission.actions.posting import claim, settle
from marra.commission.actions.reports import make_report, publish_report
from marra.commission.queries import notices
from marra.commission.queries.obligations import starts
from marra.commission.rules.posting import Outcome
from marra.evidence.actions.collecting import collect
from marra.journal.actions import seal
from marra.kit.days import quarter_of
from marra.people.rules.contacts import Way

REMINDED: Final = 40
"""Working days back to the first reminder."""


def scenes() -> Iterator[Scene]:
    """Reminders morning by morning, then the reports."""
    for day in range(-REMINDED, 1):
        yield day, _remind
    yield 0, _measure
    yield 0, _report


def _remind(_stage: Stage, at: datetime) -> None:
    remind(terminal(at))
    send_round(terminal(at))


def _measure(_stage: Stage, at: datetime) -> None:
    collect(terminal(at), starts=starts(terminal(at)))


def _report(stage: Stage, at: datetime) -> None:
    """The quarter before is published; of the running one there is a draft of today."""
    secretary, chair = stage.stamp("namuna.kotib", at), stage.stamp("namuna.rais", at)
    year, number = quarter_of(at.date())
    before = f"{year}Q{number - 1}" if number > 1 else f"{year - 1}Q4"
    own = {
        "own_problems": "Namuna: hisobot uchun oʻylab topilgan muammo.",
        "own_tasks": "Namuna: keyingi chorakdagi vazifa.",
    }
    made = make_report(secretary, before, **own)
    publish_report(chair, made.code)
    make_report(secretary, f"{year}Q{number}")


def tell(stage: Stage) -> None:
    """Seal the journal and tell people what happened, once everything is there."""
    who = terminal(stage.now)
    seal(stage.now)
    while notices.is_behind():
        hear(who)
    for number, code in enumerate(claim(who, way=Way.MAIL)):
        settle(who, code, outcome=Outcome.REFUSED if number % 3 == 0 else Outcome.SENT)
    secretary = stage.stamp("namuna.kotib", stage.now)
    for each in notices.visible_to(secretary)[:5]:
        read(secretary, each.code)
