"""Read results: those of a person or a body, those without their paper, and one by its number."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from marra.archive import queries as archive
from marra.journal.queries.keys import signing_key
from marra.kit import frozen
from marra.people.rules.rights import Role, Stamp
from marra.portal.models.results import Result
from marra.portal.rules import results as rules
from marra.portal.rules.results import Told, Validity
from marra.store import Named


@dataclass(frozen=True, slots=True)
class Shown:
    """A result as it stands on a day."""

    row: Result
    told: Told
    validity: Validity
    is_intact: bool  # says what it said when it was issued


def visible_to(stamp: Stamp) -> Named[Result]:
    """Those of this person, and of the services of the bodies they act for."""
    rows = Result.all().select_related("service", "service__body", "file")
    if stamp.reads_everything:
        return rows
    bodies = stamp.scopes(Role.EXECUTOR)
    return rows.filter(Q(account=stamp.by) | Q(service__body__code__in=bodies))


def of_case(stamp: Stamp, case_code: str) -> list[Result]:
    """What was issued in a case, as far as this person may know."""
    return list(visible_to(stamp).filter(case_code=case_code))


def without_paper(most: int, today: date) -> list[Shown]:
    """The oldest results whose paper was not made yet."""
    rows = Result.all().filter(file=None).select_related("service").order_by("id")[:most]
    return [shown(row, today) for row in rows]


def by_number(written: str) -> Result | None:
    """The result of a number that anybody may ask for: whoever holds the paper has it."""
    number = rules.number_in(written)
    rows = Result.all().select_related("service", "service__body", "file")
    return rows.filter(code=number).first() if number else None


def shown(row: Result, today: date) -> Shown:
    """What a result says and whether it stands."""
    told = frozen.read(Told, row.told)
    revoked = timezone.localtime(row.revoked_at).date() if row.revoked_at else None
    return Shown(
        row,
        told,
        rules.validity(row.until, revoked, today),
        is_intact=frozen.digest(row.told) == row.digest,
    )


def note_of(told: Told) -> str:
    """The signed note for the paper."""
    return rules.note(told, signing_key())


def content(row: Result) -> bytes | None:
    """The bytes of the paper; None while it is not made."""
    return archive.content(row.file) if row.file else None
