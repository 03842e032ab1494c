"""Applications in the example: people apply for the twelve services, officials work on them.

Registers are answered by their stand-in, which knows the personas of each service; so some are
granted at once, some refused, and some wait for somebody, as in life.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from marra.archive.actions import keep_file
from marra.cli.example.stage import Scene, Stage, terminal
from marra.cli.example.tasks import EXECUTORS
from marra.cli.examples import code
from marra.flow.forms import Widget
from marra.links.registers import answer
from marra.portal.actions import applying, corresponding, deciding, settling
from marra.portal.queries import cases
from marra.portal.rules.casework import Stage as Far
from marra.portal.rules.keeper import Kind, decides
from marra.portal.rules.running import GRANTED
from marra.portal.rules.shipped import shipped

if TYPE_CHECKING:
    from marra.people.rules.rights import Stamp
    from marra.portal.models.cases import Case

APPLICANTS: Final = (
    "namuna.kotib", "namuna.administrator", "namuna.tahlilchi", "namuna.nazoratchi",
    "namuna.guruh1.azo", "namuna.guruh2.azo", "namuna.guruh3.azo",
)  # fmt: skip
ORIGINS: Final = ("mobile", "web", "centre")
GROUND: Final = "Namuna nizomi, 4-band: hujjatlar talabga javob bermaydi."
MOST: Final = 4
"""Pieces of work in one visit of an official."""

LEFT: Final = 4
"""Of so many applications, one is left waiting for an official."""

FORGOTTEN: Final = ("namuna.guruh4.azo", "tree-felling-permit")
"""What nobody works on until its term has passed."""

DROPPED: Final = 5
"""Of so many to be paid for, one is not paid."""


def scenes() -> Iterator[Scene]:
    """People apply for three weeks; officials work on a day's applications two days later."""
    names = [name for name, each in shipped().items() if _is_asked_for(each.folder.about)]
    pairs = list(product(APPLICANTS, names))[::2]
    for number, (who, name) in enumerate(pairs):
        day = -11 + number % 10
        yield day, partial(_apply, who, name, number)
        yield min(day + 2, 0), partial(_work, who, name, number)
    paid = len(pairs) + 1 if len(pairs) % DROPPED == 0 else len(pairs)
    yield -13, partial(_apply, *FORGOTTEN, paid)
    for who in APPLICANTS[:2]:
        yield -3, partial(_offer, who)


def _is_asked_for(about: Mapping[str, Any]) -> bool:
    return bool(about["kind"] == "ordinary")


def _answers(stamp: "Stamp", name: str) -> dict[str, Any]:
    """What personas of a service answer, and what a person always knows; files are kept first."""
    told: dict[str, Any] = {}
    bundle = shipped()[name].folder.bundle
    for persona in reversed(bundle["personas"]):
        told |= persona.get("answers", {})
    for form in bundle["forms"].values():
        for field, each in form["ui"]["fields"].items():
            if each.get("widget") == Widget.FILE and told.get(field):
                told[field] = keep_file(stamp, name="namuna.txt", content=b"Namuna").code
    known = {"full_name": "Namuna Namunayev", "address": "Namuna shahri, 1-uy"}
    return {**known, "phone": "+998900000001", **told}


def _apply(who: str, name: str, number: int, stage: Stage, at: datetime) -> None:
    """Sent in one piece, once registers have answered; paid for by most."""
    stamp, key = stage.stamp(who, at), f"namuna-{number}-{name}"
    asked: dict[str, Any] = {
        "key": key,
        "answers": _answers(stamp, name),
        "origin": ORIGINS[number % 3],
    }
    made = applying.apply(stamp, code(name), **asked)
    answer(terminal(at), made.code)
    made = applying.apply(stamp, code(name), **asked)
    answer(terminal(at), made.code)
    if number % DROPPED and made.tasks.filter(kind=Kind.PAY).exists():
        settling.paid(terminal(at), made.code, receipt=f"namuna-{number}")
    stage.made[f"{who}/{name}"] = made.code


def _offer(who: str, stage: Stage, at: datetime) -> None:
    """A birth was recorded: whoever has a right to the benefit only confirms."""
    made = applying.offer(
        terminal(at),
        code("child-benefit"),
        applicant=stage.stamp(who, at).by,
        event="born",
        key=f"namuna-offer-{who}",
    )
    answer(terminal(at), made.code)


def _work(who: str, name: str, number: int, stage: Stage, at: datetime) -> None:
    """What waits for the body is decided by it, but for some; who has a result may rate it."""
    made = stage.made[f"{who}/{name}"]
    for _ in range(MOST):
        case = cases.every().named(made)
        task = case.tasks.filter(kind=Kind.TASK, state="open").first()
        if task is None or number % LEFT == LEFT - 1:
            break
        _decide(stage, at, case, task.number, refused=number % 7 == 0)
    case = cases.every().named(made)
    if case.stage == Far.ENDED and number % 2:
        mark = 5 if case.outcome == "granted" else 3
        corresponding.rate(stage.stamp(who, at), made, mark=mark, words="Namuna: baho")


def _decide(stage: Stage, at: datetime, case: "Case", number: int, *, refused: bool) -> None:
    """Taken, then finished by its form, or decided."""
    official = stage.stamp(EXECUTORS["example"], at)
    task = deciding.take(official, case.code, number=number)
    form = cases.ready(case).forms.get(task.does)
    if form is not None:
        answers = {
            name: each.schema["type"] == "boolean" or "Namuna"
            for name, each in form.fields.items()
        }
        deciding.finish(official, case.code, number=number, answers=answers)
        return
    graph = cases.ready(case).process
    if graph is not None and decides(graph, task.element, GRANTED):
        ground = GROUND if refused else ""
        deciding.decide(official, case.code, number=number, granted=not refused, ground=ground)
    else:
        deciding.finish(official, case.code, number=number, answers={})
