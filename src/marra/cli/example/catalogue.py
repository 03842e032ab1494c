"""The catalogue in the example: services described, published, and one of them paused."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any, Final

from marra.cli.example.stage import MARK, Scene, Stage, marked
from marra.cli.example.tasks import EXECUTORS
from marra.cli.examples import bring
from marra.commission.queries.obligations import starts
from marra.portal.actions import definitions, publishing, services
from marra.portal.rules.money import Fee
from marra.portal.rules.processes import process
from marra.portal.rules.questions import form
from marra.portal.rules.shipped import Example, shipped
from marra.portal.rules.steps import step
from marra.portal.rules.told import Opened

RULE: Final = "portal.app-first-share"
STEPS: Final = ("Ariza yuboriladi", "Natija olinadi")
TITLES: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("Maʼlumotnoma olish", "Получение справки", "Getting a certificate", "vehicle"),
    ("Nafaqaga ariza berish", "Заявление на пособие", "Applying for a benefit", "marriage"),
    ("Murojaat yuborish", "Отправка обращения", "Sending an appeal", "vehicle"),
)


def scenes() -> Iterator[Scene]:
    """Described and published on one day, and the last of them paused on another.

    The twelve services that came along follow one after another, the composite one last.
    """
    yield -20, _publish
    for number, each in enumerate(shipped().values()):
        yield -18 + number // 3, partial(_bring, each)
    yield -4, _pause


def _bring(example: Example, stage: Stage, at: datetime) -> None:
    """An example with its row in the inventory, on the phone from the day it is published."""
    who = stage.stamp(EXECUTORS["example"], at)
    title = example.folder.about["names"]["uz"].removesuffix(f" {MARK}")
    code = bring(who, example, stage.made["example"], {"row": stage.made[title]})
    publishing.publish(who, code, since=starts(who).get(RULE))


def _publish(stage: Stage, at: datetime) -> None:
    who = stage.stamp(EXECUTORS["example"], at)
    for title, russian, english, event in TITLES:
        names = {"uz": marked(title), "ru": f"{russian} (пример)", "en": f"{english} (example)"}
        told: dict[str, Any] = {
            "names": names,
            "about": {"uz": "Namuna: xizmat tizimni sinash uchun oʻylab topilgan."},
            "row": stage.made[title],
            "audience": "individual",
            "term": 3,
            "fees": [Fee(Decimal(0), Decimal(0))],
            "documents": [],
            "legal": [{"title": "Namuna nizomi, 4-band"}],
            "steps": list(STEPS),
            "events": [event],
            "openings": [Opened("mobile"), Opened("web")],
        }
        made = services.enter(who, stage.made["example"], **told)
        bundle = {
            "forms": {"apply": form("individual", [])},
            "bpmn": process([step(each) for each in STEPS], name=title, has_discount=False),
            "dmn": {},
            "personas": [{"name": "Namuna"}],
        }
        definitions.keep_definition(who, made.code, bundle=bundle)
        publishing.publish(who, made.code, since=starts(who).get(RULE))
        stage.made[f"katalog/{title}"] = made.code


def _pause(stage: Stage, at: datetime) -> None:
    who, code = stage.stamp(EXECUTORS["example"], at), stage.made[f"katalog/{TITLES[-1][0]}"]
    publishing.pause(who, code, why="Namuna: tizim yangilanmoqda")
