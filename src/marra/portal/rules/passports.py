"""Passports: what a ministry has told of a service, and the draft that becomes of it.

A passport is a row of the register of services: number, title, declared term, fee, audience, body,
steps. From it come the columns of the catalogue and a first definition: pages, documents, fee,
term, steps. Nothing is added that the passport does not say; what cannot be read is left open and
told as missing, and a passport that was published empty becomes a draft that lacks everything.

Source: passports of my.gov.uz as read in November 2026; the rules are ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from marra.portal.rules.discounts import TABLE
from marra.portal.rules.fees import fees
from marra.portal.rules.money import Fee
from marra.portal.rules.processes import process
from marra.portal.rules.questions import form
from marra.portal.rules.steps import Step, decided_by_system, step
from marra.portal.rules.terms import working_days

ATTACHMENT: Final = {
    "uz": "Ilova qilinadigan hujjat (pasportda nomi koʻrsatilmagan)",
    "ru": "Прилагаемый документ (в паспорте не назван)",
    "en": "Attached document (the passport does not name it)",
}
TOLD: Final = (
    "title", "declared_term", "declared_automatic", "fee", "documents_required", "audience",
    "organisation", "applications", "avg_rating", "form_minutes", "steps", "passport_empty",
)  # fmt: skip
"""The columns of a passport beside its number."""


@dataclass(frozen=True, slots=True)
class Passport:
    """A passport as a file tells it; None is what it does not say."""

    number: str
    title: str = ""
    term: str = ""
    fee: str = ""
    audience: str = ""
    organisation: str = ""
    declared_automatic: bool | None = None
    documents_required: bool | None = None
    uses: int | None = None
    rating: float | None = None
    steps: tuple[str, ...] = field(default=())
    says_empty: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing but its number and perhaps its title."""
        return not (self.term or self.fee or self.audience or self.organisation or self.steps)


@dataclass(frozen=True, slots=True)
class Draft:
    """What becomes of a passport: columns of the catalogue, and a first definition."""

    passport: Passport
    told: Mapping[str, Any]
    bundle: Mapping[str, Any] | None  # None where nothing is known to draft from


def draft(passport: Passport) -> Draft:
    """The draft of a service; an empty passport gives columns without a definition.

    >>> made = draft(Passport("415", "Oynalarni qoraytirish", term="Ikki soat", fee="7.2 BHM"))
    >>> made.told["term"], str(made.told["fees"][0].least), sorted(made.bundle["dmn"])
    (0, '7.2', ['discount'])
    >>> draft(Passport("416")).bundle is None
    True
    """
    read = fees(passport.fee) if passport.fee else ()
    told: dict[str, Any] = {
        "names": {"uz": passport.title},
        "body_named": passport.organisation[:200],
        "audience": passport.audience,
        "term": working_days(passport.term) if passport.term else None,
        "term_told": passport.term[:200],
        "fees": list(read),
        "fee_told": passport.fee[:200],
        "documents": [] if passport.documents_required is False else None,
        "steps": list(passport.steps),
        "declared_automatic": passport.declared_automatic,
        "uses": passport.uses,
        "rating": passport.rating,
    }
    return Draft(passport, told, None if passport.is_empty else bundle(passport, read))


def bundle(passport: Passport, read: Sequence[Fee]) -> dict[str, Any]:
    """The definition that a passport gives: a form, a process with lanes, perhaps a discount.

    >>> made = bundle(Passport("1", "Nikoh", steps=("Ariza yuboriladi",)), ())
    >>> sorted(made), list(made["forms"]), made["dmn"]
    (['bpmn', 'dmn', 'forms', 'personas'], ['apply'], {})
    """
    steps = _steps(passport)
    has_discount = passport.audience != "legal" and any(not each.is_free for each in read)
    documents = [ATTACHMENT] if passport.documents_required else []
    return {
        "forms": {"apply": form(passport.audience, documents)},
        "bpmn": process(steps, name=passport.title[:120], has_discount=has_discount),
        "dmn": {"discount": TABLE} if has_discount else {},
        "personas": [],
    }


def bears_out(declared: bool | None, steps: Sequence[str]) -> bool:  # noqa: FBT001  what is told
    """Whether the steps bear out what is declared: that no official has a hand in it.

    >>> bears_out(True, ["anketa toʻldiriladi va vazirlikka yuboriladi"])
    False
    """
    return not declared or decided_by_system(tuple(map(step, steps)))


def _steps(passport: Passport) -> tuple[Step, ...]:
    return tuple(step(each) for each in passport.steps)
