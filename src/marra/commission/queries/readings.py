"""Read how open questions are read: open to all."""

from marra.commission.models.plans import Reading
from marra.commission.rules.readings import QUESTIONS, Answer, Basis, assumed, others_of
from marra.people.rules import Stamp
from marra.store import Named


def visible_to(_stamp: Stamp) -> Named[Reading]:
    """Every decision, newest first: how the task is read is open to all."""
    return Reading.all()


def reading(question: str) -> Answer:
    """How a question is read now: as decided last, or as assumed; refuses `NoSuchQuestion`."""
    standing = assumed(question)
    made = Reading.objects.filter(question=question).first()
    return _decided(made) if made else standing


def readings() -> tuple[Answer, ...]:
    """How each question is read now; one query for all of them."""
    made = {each.question: each for each in Reading.objects.order_by("id")}
    return tuple(_decided(made[code]) if code in made else assumed(code) for code in QUESTIONS)


def history(question: str) -> list[Answer]:
    """Every decision of a question, newest first."""
    return [_decided(each) for each in Reading.objects.filter(question=question)]


def _decided(made: Reading) -> Answer:
    return Answer(
        question=made.question,
        answer=made.answer,
        others=others_of(made.question, made.answer),
        basis=Basis.DECIDED,
        reason=made.reason,
        decided_at=made.decided_at,
        decided_by=made.decided_by,
    )
