"""Read charges: by their code or by an attempt of a payment system, as rules know them."""

from collections.abc import Iterable

from marra.people.rules.rights import Stamp
from marra.portal.models.cases import Case
from marra.portal.models.payments import Attempt, ChargeRow
from marra.portal.rules.charges import Charge, Payment, Stage, System
from marra.store import Named


def charge_of(row: ChargeRow) -> Charge:
    """A charge with its attempts, the oldest first."""
    attempts = tuple(_payment(each) for each in row.attempts.order_by("id"))
    return Charge(row.code, row.amount, attempts, row.is_closed)


def code_for(system: System, number: str, charge: str) -> str:
    """The code of the charge a call is about: the one it names, or that of its attempt.

    Empty where there is none, or where the attempt is one at another charge.
    """
    known = Attempt.objects.filter(system=system, number=number).select_related("charge").first()
    if known is not None:
        return known.charge.code if charge in ("", known.charge.code) else ""
    return charge if ChargeRow.objects.filter(code=charge).exists() else ""


def statement(system: System, start: int, end: int) -> list[Charge]:
    """Every charge with an attempt that a system asked for in a time."""
    asked = {"attempts__system": system, "attempts__asked__range": (start, end)}
    rows = ChargeRow.objects.filter(**asked).distinct().prefetch_related("attempts")
    return [charge_of(each) for each in rows]


def to_pay(case: Case) -> ChargeRow | None:
    """What is to be paid in a case now."""
    open_now = case.tasks.filter(kind="pay", state="open").values_list("number", flat=True)
    return ChargeRow.all().filter(case=case, number__in=list(open_now)).first()


def visible_to(stamp: Stamp) -> Named[ChargeRow]:
    """Charges of the applications of this person; all for those who look after the house."""
    rows = ChargeRow.all().select_related("case", "case__service")
    return rows if stamp.is_administrator else rows.filter(case__applicant=stamp.by)


def paid_in(cases: Iterable[Case]) -> dict[int, int]:
    """Tiyin paid by case."""
    performed = Attempt.objects.filter(stage=Stage.PERFORMED, charge__case__in=list(cases))
    return dict(performed.values_list("charge__case_id", "amount"))


def _payment(row: Attempt) -> Payment:
    return Payment(
        system=System(row.system),
        number=row.number,
        own=row.own,
        amount=row.amount,
        stage=Stage(row.stage),
        created=row.created,
        asked=row.asked,
        performed=row.performed,
        ended=row.ended,
        reason=row.reason,
    )
