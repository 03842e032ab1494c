"""The register of features in the example: shared out, assessed by two, settled by a third.

What a machine saw stands beside it, as another machine tells it: addresses of the example lead
nowhere, so nothing here is looked at by schedule.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final

from marra.cli.example.stage import Scene, Stage
from marra.door import terminal_stamp
from marra.inventory.actions import features as actions
from marra.inventory.actions.feature_looks import note_check
from marra.inventory.queries import features as queries
from marra.inventory.rules.features import State, features

LIST: Final = "osi"
ASSESSED, ONE_SIDED = 36, 6
REGION, LOCAL = "1726", 8
BODIES: Final = ("digital", "public-services", "school-education")
CIPHERED: Final = "osi-074"
SHUT: Final = 9
"""Each feature of that many in a row has an address that does not open."""
ADDRESS: Final = "https://marra.example/sahifa"


def scenes() -> Iterator[Scene]:
    """Shared out on one day, assessed on the two after it, and settled on the next."""
    yield -20, _share
    for number, name in enumerate(("namuna.tahlilchi", "namuna.tahlilchi2")):
        yield -18 + number, partial(_assess, name)
    yield -14, _settle
    yield -13, _assess_local
    yield -10, _look


def _codes() -> list[str]:
    codes = [f"{LIST}-{code}" for code in list(features(LIST))[:ASSESSED]]
    return [*codes[:3], CIPHERED, *codes[3:]]


def _share(stage: Stage, at: datetime) -> None:
    analyst, codes = stage.stamp("namuna.tahlilchi", at), _codes()
    for number, body in enumerate(BODIES):
        actions.share_features(analyst, codes[number :: len(BODIES)], body=body, group="WG-2")
    for code in codes[::3]:
        row = queries.one(analyst, code).row
        if row is not None:
            days = float(stage.rng.integers(2, 60))
            actions.change_feature(
                analyst, code, version=row.version, note="Namuna: taxminiy mehnat", effort=days
            )


def _assess(name: str, stage: Stage, at: datetime) -> None:
    """The second assessor sees some features otherwise, and has not come to the last ones."""
    who, second = stage.stamp(name, at), name.endswith("2")
    codes = _codes()[:-ONE_SIDED] if second else _codes()
    for number, code in enumerate(codes):
        seen = (State.YES, State.NO, State.PARTLY)[number % 3]
        verdict = State.NO if second and number % 7 == 0 else seen
        address = "" if verdict is State.NO else f"{ADDRESS}/{code}"
        actions.assess_feature(
            who, code, verdict=verdict.value, address=address, note="Namuna: koʻrib chiqildi"
        )


def _assess_local(stage: Stage, at: datetime) -> None:
    """The portal of a region is looked at by the group; the second assessor has not come yet."""
    analyst, member = (stage.stamp(name, at) for name in ("namuna.tahlilchi", "namuna.guruh2.azo"))
    codes = [f"losi-{REGION}-{code}" for code in list(features("losi"))[:LOCAL]]
    actions.share_features(analyst, codes, body="tashkent-city", group="WG-2")
    for code in codes[: LOCAL // 2]:
        actions.assess_feature(
            member,
            code,
            verdict=State.PARTLY.value,
            address=f"{ADDRESS}/{code}",
            note="Namuna: qisman bor",
        )


def _settle(stage: Stage, at: datetime) -> None:
    """A reviewer settles the first of those that differ; the others wait."""
    reviewer = stage.stamp("namuna.kotib", at)
    for code in [each for number, each in enumerate(_codes()) if number % 14 == 0][:2]:
        actions.review_feature(
            reviewer,
            code,
            verdict=State.PARTLY.value,
            address=f"{ADDRESS}/{code}",
            note="Namuna: qisman bor",
        )


def _look(_stage: Stage, at: datetime) -> None:
    """A machine tries the addresses that assessors gave; a few of them do not open any more."""
    machine = replace(terminal_stamp(), at=at)
    for number, code in enumerate(_codes()):
        row = queries.one(machine, code).row
        if row is not None and row.address:
            kept = True if code == CIPHERED else None
            note_check(
                machine, code, address=row.address, opens=number % SHUT != SHUT - 1, kept=kept
            )
