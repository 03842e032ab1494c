"""Answer what international organisations ask: open a return, fill, approve and send it."""

from collections.abc import Mapping
from typing import Final

from django.db import transaction

from marra.evidence.models.desk import Return, ReturnItem
from marra.evidence.models.observations import Observation
from marra.evidence.queries import desk as queries
from marra.evidence.queries.board import last_points
from marra.evidence.rules import desk as rules
from marra.evidence.rules.desk import Collection, State, collection
from marra.inventory.queries import bodies
from marra.journal.actions import record
from marra.kit.text import Text
from marra.people.rules import Stamp, rights

Answers = Mapping[str, tuple[str, str]]
"""By question: the answer, and a note."""


@transaction.atomic
def open_return(stamp: Stamp, collection_code: str, *, year: int, place: str) -> Return:
    """Open the return of a year, filled as far as observations answer it."""
    stamp.require(*rights("evidence")["return.opened"])
    asked = collection(collection_code)
    if not asked.asked_in(year):
        raise rules.NotAskedThen(name=asked.name, year=year)
    if same := Return.objects.filter(collection=asked.code, year=year).first():
        raise rules.ReturnOpened(year=year, code=same.code)
    opens, due = asked.window(year)
    body = bodies.known([asked.body]).first()
    made = Return.objects.create(
        code=f"{asked.code}-{year}",
        collection=asked.code,
        year=year,
        state=State.OPEN.name.lower(),
        body=body,
        opens=opens,
        due=due,
        opened_at=stamp.at,
    )
    filled = _filled(stamp, made, asked, place)
    ReturnItem.objects.bulk_create(filled)
    count = sum(bool(each.value) for each in filled)
    record(stamp, "return.opened", made.code, year=year, count=count)
    return made


@transaction.atomic
def fill(stamp: Stamp, code: str, *, version: int, answers: Answers) -> Return:
    """Write answers, all at once; what an observation answers may be overruled with a note."""
    made = queries.returns_for(stamp).select_for_update(of=("self",)).named(code)
    stamp.require(*rights("evidence")["return.filled"], of=_of(made))
    asked = collection(made.collection)
    if made.state != State.OPEN.name.lower():
        raise rules.NotOpenAnyMore
    items = {each.question: each for each in queries.items(made)}
    if version != made.version:
        raise rules.ChangedMeanwhile(what=_differing(asked, items, answers))
    changed = []
    for question, (value, note) in answers.items():
        asked.question(question)
        item = items[question]
        told, why = rules.checked_answer(question, value, note)
        if (told, why) == (item.value, item.note):
            continue
        if told != item.value:
            item.observation = None
        item.value, item.note = told, why
        item.filled_at, item.filled_by = stamp.at, stamp.by
        item.save()
        changed.append(question)
    made.version += 1
    made.save(update_fields=["version"])
    record(stamp, "return.filled", code, count=len(changed))
    return made


@transaction.atomic
def approve(stamp: Stamp, code: str) -> Return:
    """Approve a return in which every question has an answer, or a note that says why not."""
    made = queries.returns_for(stamp).select_for_update(of=("self",)).named(code)
    stamp.require(*rights("evidence")["return.approved"])
    if made.state != State.OPEN.name.lower():
        raise rules.NotOpenAnyMore
    lacking = [each for each in queries.items(made) if not each.value and not each.note]
    if lacking:
        raise rules.Unanswered(count=len(lacking))
    made.state = State.APPROVED.name.lower()
    made.approved_at, made.approved_by = stamp.at, stamp.by
    made.version += 1
    made.save(update_fields=["state", "approved_at", "approved_by", "version"])
    record(stamp, "return.approved", code, year=made.year)
    return made


@transaction.atomic
def mark_sent(stamp: Stamp, code: str, *, sent_as: str) -> Return:
    """Say how an approved return went out: the letter, its number, the channel."""
    made = queries.returns_for(stamp).select_for_update(of=("self",)).named(code)
    stamp.require(*rights("evidence")["return.sent"], of=_of(made))
    if made.state != State.APPROVED.name.lower():
        raise rules.NotApproved
    made.state = State.SENT.name.lower()
    made.sent_at, made.sent_as = stamp.at, rules.checked_answer("", sent_as, "")[0][:300]
    made.version += 1
    made.save(update_fields=["state", "sent_at", "sent_as", "version"])
    record(stamp, "return.sent", code, year=made.year)
    return made


def _of(made: Return) -> str:
    return made.body.code if made.body else ""


def _differing(asked: Collection, items: Mapping[str, ReturnItem], answers: Answers) -> Text:
    """Which questions stand otherwise than they were sent, in four languages."""
    told = [
        each.text
        for each in asked.questions
        if (sent := answers.get(each.code)) and (item := items.get(each.code))
        if sent != (item.value, item.note)
    ]
    return Text(*("; ".join(getattr(text, name) for text in told) or "–" for name in TONGUES))


TONGUES: Final = ("uz", "uz_cyrl", "ru", "en")


def _filled(stamp: Stamp, made: Return, asked: Collection, place: str) -> list[ReturnItem]:
    """One item for each question: from an observation, else what was said the year before."""
    wanted = [each.indicator for each in asked.questions if each.indicator]
    series = last_points(place, stamp, wanted) if wanted else {}
    last = queries.before(made)
    found = []
    for question in asked.questions:
        item = ReturnItem(sent_in=made, question=question.code)
        row = rules.answer(question, made.year + asked.about, series.get(question.indicator, ()))
        if isinstance(row, Observation):
            item.value, item.observation = rules.written(row.value), row
            item.note = f"{row.source}, {row.day:%d.%m.%Y}"[:500]
            item.filled_at, item.filled_by = stamp.at, stamp.by
        elif not question.indicator and (said := last.get(question.code)):
            item.value = said.value
            item.note = f"{made.year - 1}: {said.note}"[:500] if said.note else ""
        found.append(item)
    return found
