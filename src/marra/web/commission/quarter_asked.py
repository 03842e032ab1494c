"""The quarter that a page of execution is asked for, and what became of it.

Source: ours.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marra.commission.queries import reports
from marra.commission.queries.assignments import reads_all
from marra.commission.queries.execution import execution
from marra.commission.rules.execution import Execution, closed_quarters, quarter_named
from marra.commission.rules.reports import Report
from marra.door import stamp
from marra.kit.days import quarter, quarter_of
from marra.people.rules.rights import Stamp
from marra.web.forms import PageForm

if TYPE_CHECKING:
    from marra.commission.models.notices import QuarterReport

QUARTERS: Final = 8
"""How many quarters can be chosen; what is not over yet has no figures for everybody."""


class Chosen(PageForm):
    """Which quarter; the choice stands in the address."""

    quarter = forms.ChoiceField(label=gettext_lazy("Quarter"), required=False)

    def __init__(self, data: object, quarters: list[str]) -> None:
        super().__init__(data)
        field = self.fields["quarter"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each, said(each)) for each in quarters]


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter, and what became of it: as it was reported, or by its last day."""

    written: str
    found: Execution
    row: "QuarterReport | None"
    report: Report | None


def quarters(who: Stamp) -> list[str]:
    """Those this person can choose, the latest that is over first where they cannot see more.

    The quarter that runs is for those who read every assignment; its figures still change.
    """
    today = who.at.date()
    closed = [f"{year}Q{number}" for year, number in closed_quarters(today, QUARTERS)]
    running = "{}Q{}".format(*quarter_of(today))
    return [running, *closed] if reads_all(who) else closed


def latest(who: Stamp) -> str:
    """The quarter that was over last."""
    return "{}Q{}".format(*closed_quarters(who.at.date(), 1)[0])


def of(request: HttpRequest, written: str) -> Quarter:
    """What became of a quarter; as it was reported, if it was."""
    start, end = quarter(*quarter_named(written))
    row = reports.published(*quarter_named(written))
    report = reports.read(row) if row else None
    today = stamp(request).at.date()
    found = report.execution if report else execution(start, end, on=min(end, today))
    return Quarter(written, found, row, report)


def said(written: str) -> str:
    """A quarter in the reader's words."""
    year, number = quarter_named(written)
    return _("quarter %(number)s of %(year)s") % {"number": number, "year": year}
