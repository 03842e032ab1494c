"""The evidence of the example: values with dates, targets, keys, returns and cases of the desk."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from marra.cli.example.stage import Scene, Stage, marked, rows, terminal
from marra.cli.example.tasks import EXECUTORS
from marra.commission.actions.obligations import prove, set_day
from marra.commission.actions.readings import decide_reading
from marra.commission.rules.readings import AUTOMATION, BY_2030
from marra.evidence.actions import desk, discrepancies, observations, steering, taking
from marra.evidence.queries import desk as queries
from marra.evidence.rules.discrepancies import Move
from marra.evidence.rules.indicators import indicator

TARGETS: Final = (
    ("osi", 0.9), ("tii", 0.9), ("hci", 0.88), ("portal.services", 950.0),
    ("portal.automated-share", 65.0), ("tii.internet", 96.0),
)  # fmt: skip
RESPONSIBLE: Final = (
    ("osi", "digital"), ("tii", "telecom-regulator"), ("hci", "school-education"),
    ("portal.services", "public-services"), ("tii.internet", "statistics"),
)  # fmt: skip
CASES: Final = (
    ("hci.expected_years", "uis-method", 1.8, "school-education", ("EVIDENCE", "LETTER")),
    ("tii.fixed_broadband", "subscriptions", 6.0, "telecom-regulator", ("LETTER", "ANSWER")),
    ("hci.mean_years", "uis-method", 0.9, "school-education", ("EVIDENCE", "DROP")),
)
"""Indicator, basis, how far above what is published, who reports it, and the steps taken."""


def scenes() -> Iterator[Scene]:
    """Values come in as bodies report them; the desk works on what organisations ask for."""
    for number, row in enumerate(rows("figures")):
        yield -60 + 4 * number, partial(_report, row)
    yield -56, _aim
    yield -50, _read
    yield -44, _prove
    yield -30, _deliver
    yield -22, _correct
    for number, case in enumerate(CASES):
        yield -20 + number, partial(_follow, case)
    for day in (-118, -60, -1):
        yield day, _open_returns
    yield 0, _answer


def _report(row: dict[str, str], stage: Stage, at: datetime) -> None:
    """A series that ends some weeks before the day of reporting."""
    who = stage.stamp(EXECUTORS[row["reporter"]], at)
    measured, months = indicator(row["indicator"]), int(row["months"])
    days = _ends(at.date(), months, int(row["count"]))
    for number, day in enumerate(days):
        value = float(row["first"]) + number * float(row["step"])
        value += float(stage.rng.normal(0, float(row["noise"]))) if float(row["noise"]) else 0
        whole = measured.high is not None and measured.high > 1000
        made = observations.enter(
            who,
            indicator=measured.code,
            place=stage.place,
            value=round(value) if whole else round(value, 2),
            day=day,
            basis=row["basis"],
            source=marked(row["source"]),
            note="Namuna: oʻylab topilgan qiymat",
            reporter=row["reporter"],
        )
        stage.made[measured.code] = made.code


def _ends(last: date, months: int, count: int) -> list[date]:
    """The last days of past periods of so many months, the oldest first."""
    ends: list[date] = []
    day = last.replace(day=1)
    while len(ends) < count:
        if (day.month - 1) % months == 0:
            ends.append(day - timedelta(days=1))
        day = (day - timedelta(days=1)).replace(day=1)
    return ends[::-1]


def _aim(stage: Stage, at: datetime) -> None:
    chair, secretary = stage.stamp("namuna.rais", at), stage.stamp("namuna.kotib", at)
    until = date(at.year + 2, 12, 31)
    for code, value in TARGETS:
        source = marked("Komissiya bayoni")
        steering.set_target(chair, code, place=stage.place, value=value, day=until, source=source)
    for code, body in RESPONSIBLE:
        steering.set_responsible(secretary, code, body=body)


def _read(stage: Stage, at: datetime) -> None:
    """The Commission decides how two questions are read."""
    chair = stage.stamp("namuna.rais", at)
    why = "Namuna: majlisda koʻrib chiqildi."
    decide_reading(chair, BY_2030, answer="2030", reason=why)
    decide_reading(chair, AUTOMATION, answer="mean", reason=why)


def _prove(stage: Stage, at: datetime) -> None:
    secretary = stage.stamp("namuna.kotib", at)
    prove(
        secretary,
        "O-04a",
        text="Namuna: tahliliy maʼlumotnoma topshirildi.",
        day=at.date(),
        link="https://marra.example/dalil",
    )
    set_day(secretary, "O-04b", due=stage.day(60), reason="Namuna: majlisda muddat belgilandi.")


def _deliver(stage: Stage, at: datetime) -> None:
    """A body's own system reports by a key; another key is ended."""
    admin = stage.stamp("namuna.administrator", at)
    key, _secret = steering.make_key(
        admin, "public-services", title=marked("Portal tizimi"), indicators=["portal.app-share"]
    )
    old, _secret = steering.make_key(admin, "statistics", title=marked("Eski tizim"))
    steering.end_key(admin, old.code)
    value = {
        "indicator": "portal.app-share",
        "place": stage.place,
        "value": 76.5,
        "day": at.date() - timedelta(days=3),
        "basis": "counted",
        "source": marked("Portal tizimi"),
    }
    who = stage.stamp(EXECUTORS["public-services"], at)
    taking.deliver(who, key.code, once="namuna-1", values=[value])


def _correct(stage: Stage, at: datetime) -> None:
    """A slip of the pen is put right; the jump after it stays flagged."""
    who = stage.stamp(EXECUTORS["telecom-regulator"], at)
    slip: dict[str, Any] = {
        "indicator": "tii.basket_mobile",
        "place": stage.place,
        "basis": "operator-tariff",
    }
    day, source = at.date() - timedelta(days=5), marked("Namuna: tariflar")
    reporter = "telecom-regulator"
    wrong = observations.enter(who, **slip, value=91, day=day, source=source, reporter=reporter)
    told: dict[str, Any] = {"value": 9.1, "day": day, "basis": slip["basis"], "source": source}
    observations.correct(who, wrong.code, **told, reason="Namuna: vergul tushib qolgan")


def _follow(
    case: tuple[str, str, float, str, tuple[str, ...]], stage: Stage, at: datetime
) -> None:
    """A national figure above the published one becomes a case with evidence and letters."""
    code, basis, above, body, steps = case
    theirs = queries.published(indicator(code), stage.place)
    if theirs is None:
        return
    who, analyst = stage.stamp(EXECUTORS[body], at), stage.stamp("namuna.tahlilchi", at)
    seen = observations.enter(
        who,
        indicator=code,
        place=stage.place,
        value=round(theirs.value + above, 2),
        day=date(at.year - 1, 12, 31),
        basis=basis,
        source=marked("Vazirlik hisob-kitobi"),
        reporter=body,
    )
    made = discrepancies.open_case(analyst, seen.code, body=body)
    for step in steps:
        made = discrepancies.move(
            analyst,
            made.code,
            step=Move[step].name,
            text="Namuna: hisob-kitob va yozishma ilova qilindi.",
            day=at.date(),
            version=made.version,
            link="https://marra.example/xat",
        )


def _open_returns(stage: Stage, at: datetime) -> None:
    for each, year in queries.unopened(at.date()):
        desk.open_return(terminal(at), each.code, year=year, place=stage.place)


def _answer(stage: Stage, at: datetime) -> None:
    """Of what was opened, one is answered in part, one approved, and one sent."""
    analyst, chair = stage.stamp("namuna.tahlilchi2", at), stage.stamp("namuna.rais", at)
    opened = list(queries.returns_for(analyst).order_by("due", "id"))[:3]
    for number, row in enumerate(opened):
        asked = [item for item in queries.items(row) if not item.value]
        lot = asked[: max(1, len(asked) // 2)] if number == 0 else asked
        answers = {each.question: ("", "Namuna: maʼlumot toʻplanmoqda") for each in lot}
        if answers:
            desk.fill(analyst, row.code, version=row.version, answers=answers)
        if number:
            desk.approve(chair, row.code)
        if number > 1:
            desk.mark_sent(analyst, row.code, sent_as=marked("N-1-sonli xat"))
