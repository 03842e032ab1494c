"""The ranking of bodies in a quarter, for everybody: sorted by any figure, and as a file.

Source: ours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marra.commission.rules.ranking import By, Placed, Side, ranked
from marra.door import stamp
from marra.kit.sheets import Sheet, csv_table, xlsx
from marra.people.rules.rights import Stamp
from marra.web import formats, layout
from marra.web.charts.chart import Column, Table
from marra.web.commission.execution import lit, percent
from marra.web.commission.quarter_asked import Chosen, Quarter, latest, of, quarters, said
from marra.web.commission.session_papers import TYPES as PAPERS
from marra.web.commission.session_papers import WRITERS
from marra.web.index.chart import TYPES, NoSuchFile
from marra.web.kept import rests_on_records
from marra.web.paper.document import Document, Grid, Words

ORDERS: Final = (("best", gettext_lazy("best first")), ("worst", gettext_lazy("worst first")))
FORMS: Final = ("pdf", "docx", "xlsx", "csv")
ARIA: Final = {True: "descending", False: "ascending"}
WIDTHS: Final = (8, 60, 24, 14, 12, 12, 12, 12, 14, 14)


class Asked(Chosen):
    """Which quarter, which side, and by what; the choice stands in the address."""

    side = forms.ChoiceField(
        label=gettext_lazy("Answers for"),
        choices=[(each.name.lower(), gettext_lazy(each.value)) for each in Side],
        required=False,
    )
    by = forms.ChoiceField(
        label=gettext_lazy("Ranked by"),
        choices=[(each.name.lower(), gettext_lazy(each.value)) for each in By],
        required=False,
    )
    order = forms.ChoiceField(label=gettext_lazy("Order"), choices=ORDERS, required=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for, whole."""

    quarter: Quarter
    side: Side
    by: By
    worst_first: bool

    @property
    def rows(self) -> tuple[Placed, ...]:
        """The bodies in their places."""
        bodies = self.quarter.found.bodies
        return ranked(bodies, self.by, side=self.side, worst_first=self.worst_first)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a figure: what a click on it asks for, and how it is sorted now."""

    says: str
    by: str
    order: str  # that a click asks for
    sorted: str  # as aria-sort says it; empty where it is not


@rests_on_records
def show(request: HttpRequest) -> HttpResponse:
    """The bodies of a quarter in their places, by the last day or as reported."""
    form, choice = _chosen(request, stamp(request))
    context = {
        "form": form,
        "quarter": said(choice.quarter.written),
        "written": choice.quarter.written,
        "found": choice.quarter.found,
        "row": choice.quarter.row,
        "side": _(choice.side.value),
        "heads": [_head(each, choice) for each in By],
        "lines": [(each, *lit(each.figures), percent(each.figures)) for each in choice.rows],
        "first": _first(choice.rows),
        "forms": FORMS,
        "how": how(),
        "query": request.GET.urlencode() if form.is_valid() else "",
    }
    status = 200 if form.is_valid() else 422
    return render(request, "commission/ranking.html", context, status=status)


def file(request: HttpRequest, form: str) -> HttpResponse:
    """The same as a file, in the language of the page."""
    if form not in FORMS:
        raise NoSuchFile(kind=form[:20], kinds=", ".join(FORMS))
    who = stamp(request)
    _form, choice = _chosen(request, who)
    answer = HttpResponse(_written(form, choice, who), content_type=(TYPES | PAPERS)[form])
    name = f"marra-ranking-{choice.quarter.written}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _chosen(request: HttpRequest, who: Stamp) -> tuple[Asked, Choice]:
    """The form, and what it asks for; what it cannot read takes its first answer."""
    first = {"quarter": latest(who), "side": "led", "by": "share", "order": "best"}
    given = {name: request.GET.get(name) or usual for name, usual in first.items()}
    form = Asked(given, quarters(who))
    told = first | (form.cleaned_data if form.is_valid() else {})
    choice = Choice(
        of(request, told["quarter"]),
        Side[told["side"].upper()],
        By[told["by"].upper()],
        told["order"] == "worst",
    )
    return form, choice


def _head(by: By, choice: Choice) -> Head:
    is_by = by is choice.by
    other = "best" if choice.worst_first else "worst"
    grows = by in {By.SHARE, By.ON_TIME}
    return Head(
        says=_(by.value),
        by=by.name.lower(),
        order=other if is_by else "best",
        sorted=ARIA[grows is not choice.worst_first] if is_by else "",
    )


def _first(rows: Iterable[Placed]) -> tuple[str, int]:
    """The body in the first place, and how many share it."""
    top = [each.name.into(layout.language()) for each in rows if each.place == 1]
    return (top[0] if top else "", len(top))


# ── Files ────────────────────────────────────────────────────────────────────────────────────


def _written(form: str, choice: Choice, who: Stamp) -> bytes:
    if form in WRITERS:
        return WRITERS[form](_paper(choice, who))
    table = _table(choice)
    heads = [*(column.head for column in table.columns), _("As of"), _("Source")]
    tail = (formats.day(choice.quarter.found.on), _source())
    rows = [(*row, *tail) for row in table.rows]
    if form == "csv":
        return csv_table(heads, rows)
    return xlsx([Sheet(choice.quarter.written, heads, rows, (*WIDTHS, 40))])


def _paper(choice: Choice, who: Stamp) -> Document:
    told = _("{side}. Ranked by: {by}. As of {day}.")
    line = told.format(
        side=_(choice.side.value),
        by=_(choice.by.value),
        day=formats.day(choice.quarter.found.on),
    )
    foot = _("Source: Marra, register of assignments under control, {moment}")
    table = _table(choice)
    return Document(
        layout.language(),
        title=_("Ranking of bodies: {quarter}").format(quarter=said(choice.quarter.written)),
        foot=foot.format(moment=formats.moment(who.at)),
        made_at=who.at,
        blocks=(
            Words(line, centred=True),
            Grid(table) if table.rows else Words(_("No body had anything to answer for.")),
            Words(how(), small=True),
        ),
    )


def how() -> str:
    """What the places and the colours mean."""
    return _(
        "Place 1 is the best; equal figures share a place. Only the share compares bodies of "
        "different load: counts and days are larger where more was given. Red: something is "
        "overdue on that day; amber: nothing is overdue, something was done late; green: all "
        "that has an answer was done on time."
    )


def _source() -> str:
    return _("register of assignments under control")


def _table(choice: Choice) -> Table:
    columns = (
        Column("place", _("Place"), words=True),
        Column("body", _("Body"), words=True),
        Column("state", _("State"), words=True),
        Column("share", _(By.SHARE.value), 0),
        *(Column(each.name.lower(), _(each.value)) for each in By if each is not By.SHARE),
    )
    return Table(columns, tuple(_cells(each) for each in choice.rows))


def _cells(found: Placed) -> tuple[str | int | float | None, ...]:
    told = found.figures
    _sign, word, number = lit(told)
    return (
        str(found.place or formats.NOTHING),
        found.name.into(layout.language()),
        f"{word}: {number}" if number else word,
        None if told.share_on_time is None else round(100 * told.share_on_time, 1),
        told.on_time,
        told.late,
        told.overdue,
        told.returned,
        told.overdue_days,
    )
