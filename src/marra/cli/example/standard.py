"""The standard in the example: adopted, services assessed by their body, reviewed, and tried."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from marra.cli.example.stage import Scene, Stage
from marra.cli.example.tasks import EXECUTORS
from marra.inventory.actions.judging import assess_service, enter_trial, review_service
from marra.inventory.actions.standards import adopt_standard
from marra.inventory.rules.standard import How, Verdict, packaged

SERVICES: Final = ("Maʼlumotnoma olish", "Roʻyxatdan oʻtish", "Murojaat yuborish")
SAID: Final = (Verdict.MET, Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET)
TRIED: Final = "users-trial"
PROOF: Final = "https://marra.example/xizmat"


def scenes() -> Iterator[Scene]:
    """Adopted on one day; then the body speaks, the group, and users."""
    yield -34, _adopt
    yield -26, _assess
    yield -22, _review
    yield -18, _try


def _adopt(stage: Stage, at: datetime) -> None:
    adopt_standard(stage.stamp("namuna.kotib", at), group="WG-2")


def _asked() -> list[str]:
    """What people judge: a machine looks at the rest, at pages that the example has not."""
    return [each.code for each in packaged().requirements if each.how is How.REVIEW]


def _assess(stage: Stage, at: datetime) -> None:
    """The body finds its services rather good."""
    who = stage.stamp(EXECUTORS["example"], at)
    for title in SERVICES:
        for code in _asked():
            told = SAID[int(stage.rng.integers(len(SAID)))]
            note = "Namuna: sahifada koʻrinadi"
            assess_service(
                who, stage.made[title], requirement=code, verdict=told, note=note, evidence=PROOF
            )


def _review(stage: Stage, at: datetime) -> None:
    """The group looks at half of it, and does not always agree."""
    who = stage.stamp("namuna.guruh2.azo", at)
    for number, code in enumerate(_asked()[::2]):
        told = SAID[(number + 1) % len(SAID)]
        note = "Namuna: guruh koʻrib chiqdi"
        review_service(
            who, stage.made[SERVICES[0]], requirement=code, verdict=told, note=note, evidence=PROOF
        )


def _try(stage: Stage, at: datetime) -> None:
    enter_trial(
        stage.stamp("namuna.guruh2.kotib", at),
        stage.made[SERVICES[0]],
        requirement=TRIED,
        users=12,
        finished=10,
        protected=3,
        minutes=6.5,
        note="Namuna: oʻn ikki kishi bilan sinov",
    )
