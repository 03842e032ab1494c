"""How an application is told: where it stands, its term, what happened, what was answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marra.flow.screens import shown
from marra.portal.queries import cases
from marra.portal.rules.casework import STANDINGS, Stage, Standing
from marra.portal.rules.happenings import TOLD, Happening

if TYPE_CHECKING:
    from collections.abc import Iterable

    from marra.portal.models.cases import Case, CaseEvent

NAMED = {Happening.FINISHED, Happening.LOOKED_UP, Happening.CALLED, Happening.DECIDED,
         Happening.FAILED, Happening.RETURNED, Happening.REFUSED, Happening.GRANTED}  # fmt: skip
"""What is told with the name of its step, or with the reason."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that happened."""

    at: datetime
    sentence: str
    text: str
    is_public: bool


def standing(told: Standing) -> str:
    """Where an application stands, in a sentence."""
    return _(STANDINGS[told])


def clock(row: "Case", days: int | None) -> str:
    """How much of the term is left, in words; nothing where no term runs."""
    if row.stage != Stage.RUNNING or days is None:
        return ""
    if row.waits_since:
        return _("the term stands still while it waits for the applicant")
    if days < 0:
        late = -days
        told = ngettext("overdue by %(n)s working day", "overdue by %(n)s working days", late)
        return told % {"n": late}
    if days == 0:
        return _("due today")
    return ngettext("%(n)s working day left", "%(n)s working days left", days) % {"n": days}


def events(rows: "Iterable[CaseEvent]") -> list[Line]:
    """What happened, in sentences, oldest first."""
    return [
        Line(
            each.at,
            _(TOLD[Happening(each.what)]),
            each.text if each.what in NAMED else "",
            each.is_public,
        )
        for each in rows
    ]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer; a file has the code under which it is fetched."""

    label: str
    value: str
    file: str = ""


def answers(row: "Case", language: str) -> list[Answered]:
    """What was answered, question by question, form by form."""
    told: list[Answered] = []
    for form, given in cases.answered(row):
        kept = cases.files_in(form, given)
        names = cases.file_names(kept.values())
        for name in (each for page in form.pages for each in page.fields if each in given):
            field, file = form.fields[name], kept.get(name, "")
            value = names.get(file, "") if file else shown(field, given[name], language)
            told.append(Answered(field.label.into(language), value, file))
    return told
