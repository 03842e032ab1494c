"""The assignments of the example: each in one of the states in which an assignment can be.

A fate is what happens to it: steps, each at a part of the term between its first day and its
deadline. What happens after the deadline lies beyond 1.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Final

from marra.cli.example.stage import Scene, Stage, marked, rows, terminal
from marra.commission.actions import extensions, judging, removing
from marra.commission.actions.assignments import delegate, make, start
from marra.commission.actions.progress import report
from marra.commission.queries import assignments as queries
from marra.commission.rules.removals import Ground
from marra.people import queries as people

SECRETARY: Final = "namuna.kotib"
EXECUTORS: Final[Mapping[str, str]] = {
    "digital": "namuna.raqamli",
    "school-education": "namuna.maktab",
    "public-services": "namuna.xizmatlar",
    "telecom-regulator": "namuna.aloqa",
    "statistics": "namuna.statistika",
    "example": "namuna.agentlik",
}
"""Who works for each body."""

DONE: Final = (("start", 0.1), ("report", 0.5), ("submit", 0.8), ("pass", 0.86), ("accept", 0.93))
FATES: Final[Mapping[str, tuple[tuple[str, float], ...]]] = {
    "draft": (),
    "new": (),
    "silent": (),
    "begun": (("start", 0.1), ("report", 0.4)),
    "delegated": (("start", 0.1), ("delegate", 0.2), ("report", 0.5)),
    "overdue": (("start", 0.2), ("report", 0.6)),
    "done": DONE,
    "late": (
        ("start", 0.3), ("report", 0.7), ("submit", 1.15), ("pass", 1.2), ("accept", 1.3),
    ),
    "returned": (("start", 0.1), ("report", 0.4), ("submit", 0.8), ("return", 0.9)),
    "group-returned": (("start", 0.1), ("submit", 0.7), ("return", 0.8)),
    "returned-done": (
        ("start", 0.1), ("submit", 0.5), ("return", 0.55), ("start", 0.6),
        ("submit", 0.8), ("pass", 0.85), ("accept", 0.95),
    ),
    "refused": (
        ("start", 0.2), ("ask", 0.9), ("refuse", 0.95), ("submit", 1.4), ("pass", 1.5),
        ("accept", 1.55),
    ),
    "extended": (("start", 0.2), ("report", 0.5), ("ask", 0.7), ("grant", 0.75)),
    "extended-done": (
        ("start", 0.2), ("ask", 0.9), ("grant", 0.95), ("submit", 1.3), ("pass", 1.35),
        ("accept", 1.4),
    ),
    "extension-asked": (("start", 0.2), ("report", 0.5), ("ask", 0.75)),
    "submitted": (("start", 0.2), ("report", 0.5), ("submit", 0.95)),
    "submitted-alone": (("submit", 0.85),),
    "submitted-no-group": (("start", 0.2), ("submit", 0.7)),
    "accepted-in-group": (("start", 0.2), ("submit", 0.9), ("pass", 0.96)),
    "removed": (("remove", 0.2),),
}  # fmt: skip


def scenes() -> Iterator[Scene]:
    """Each assignment given, by a session or by the secretary, and what became of it."""
    for row in rows("assignments"):
        given, due = int(row["given"]), int(row["due"])
        yield given, partial(_give, row)
        for step, part in FATES[row["fate"]]:
            yield min(round(given + part * (due - given)), 0), partial(_step, row, step)


def _give(row: dict[str, str], stage: Stage, at: datetime) -> None:
    """Make it, or find what a session made, for a session that ended on that day."""
    who = stage.stamp(SECRETARY, at)
    if row["session"]:
        found = queries.visible_to(who).filter(title=marked(row["title"])).get()
        stage.made[row["title"]] = found.code
        return
    made = make(
        who,
        title=marked(row["title"]),
        lead=stage.made.get(row["lead"], row["lead"]),
        deadline=stage.day(int(row["due"])),
        head_name=marked("Birinchi rahbar Namunayev"),
        co_executors=tuple(filter(None, row["helpers"].split())),
        text="Namuna: bu topshiriq tizimni sinab koʻrish uchun oʻylab topilgan.",
        ijro_number=f"N-{len(stage.made)}",
        give=row["fate"] != "draft",
        group=row["group"],
        clause=row["clause"],
        indicator=row["indicator"],
    )
    stage.made[row["title"]] = made.code


def _step(row: dict[str, str], step: str, stage: Stage, at: datetime) -> None:
    STEPS[step](stage, at, row, stage.made[row["title"]])


def _executor(stage: Stage, at: datetime, row: dict[str, str], code: str, step: str) -> None:
    who = stage.stamp(EXECUTORS[row["lead"]], at)
    match step:
        case "start":
            start(who, code)
        case "report":
            percent = int(stage.rng.integers(3, 8)) * 10
            report(who, code, percent=percent, text="Namuna: ishning bir qismi bajarildi.")
        case "submit":
            proof = ("namuna.txt", f"Namuna dalolatnoma: {row['title']}".encode())
            judging.submit(
                who,
                code,
                text="Namuna: ish bajarildi, natija ilova qilinadi.",
                links=("https://marra.example/natija",),
                files=(proof,),
            )
        case "ask":
            until = stage.day(int(row["due"]) + 25)
            extensions.ask_extension(
                who, code, until=until, reason="Namuna: hujjat kelishilmoqda."
            )
        case _:
            colleague = people.by_name(terminal(at), f"{EXECUTORS[row['lead']]}2")
            delegate(who, code, to=colleague.code)


def _group(stage: Stage, at: datetime, row: dict[str, str], code: str, step: str) -> None:
    if not row["group"]:
        return
    who = stage.stamp(f"namuna.guruh{row['group'][-1]}.kotib", at)
    accept = step == "pass"
    reason = "" if accept else "Namuna: ilovada hisob-kitob yoʻq, qoʻshib qayta topshiring."
    judging.judge_in_group(who, code, accept=accept, reason=reason)


def _commission(stage: Stage, at: datetime, _row: dict[str, str], code: str, step: str) -> None:
    who = stage.stamp(SECRETARY, at)
    match step:
        case "accept":
            judging.judge(who, code, accept=True)
        case "grant":
            extensions.answer_extension(who, code, grant=True, answer="Namuna: asosli.")
        case "refuse":
            answer = "Namuna: muddat yetarli edi."
            extensions.answer_extension(who, code, grant=False, answer=answer)
        case _:
            removing.remove(
                who,
                code,
                ground=Ground.NOT_NEEDED,
                text="Namuna: boshqa topshiriq bilan qamrab olindi.",
                document=marked("Komissiya bayoni"),
            )


STEPS: Final = {
    step: partial(_by, step=step)
    for _by, steps in (
        (_executor, ("start", "report", "submit", "ask", "delegate")),
        (_group, ("pass", "return")),
        (_commission, ("accept", "grant", "refuse", "remove")),
    )
    for step in steps
}
"""Who takes each step."""
