"""A plan as a file: a workbook with all tables, and a paper for a session of the Commission."""

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from marra.commission.queries import answers
from marra.commission.rules.answers import Answer
from marra.door import now, stamp
from marra.web import layout
from marra.web.charts.chart import WIDE, Table
from marra.web.charts.money import money, said
from marra.web.charts.plan_bars import plan_load, plan_money
from marra.web.charts.plan_frontier import plan_frontier
from marra.web.charts.plan_timeline import pieces, plan_timeline
from marra.web.charts.planned import Planned, percent
from marra.web.formats import day
from marra.web.index.chart import TYPES, NoSuchFile
from marra.web.paper.paper import Paper
from marra.web.plan import tables, told
from marra.web.plan.asking import State, state
from marra.web.plan.looking import keep_private, planned

FORMS: Final = ("pdf", "xlsx")


def file(request: HttpRequest, form: str) -> HttpResponse:
    """The plan that the address asks for, as a file."""
    if form not in FORMS:
        raise NoSuchFile(kind=form[:20], kinds=", ".join(FORMS))
    asked = state(request.GET, stamp(request))
    known = planned(asked, layout.language())
    others = _others(asked)
    content = workbook(known, others) if form == "xlsx" else paper(known, others, day(now()))
    sent = HttpResponse(content, content_type=TYPES[form])
    name = f"marra-plan-{asked.question.place}-{asked.question.edition}.{form}"
    sent["Content-Disposition"] = f'attachment; filename="{name}"'
    sent["Cache-Control"] = keep_private(request, asked)
    return sent


def _others(asked: State) -> list[Answer]:
    """The answers for every edition that the goal can mean, as far as they are there."""
    found = [answers.find(question) for question in asked.questions()]
    return [each for each in found if isinstance(each, Answer)]


# ── Workbook ─────────────────────────────────────────────────────────────────────────────────


def workbook(known: Planned, others: Sequence[Answer]) -> bytes:
    """All tables of the plan, each on a sheet of its own."""
    sheets = {
        _("Answer"): tables.answers(others),
        _("Initiatives"): tables.initiatives(known),
        _("Timeline"): plan_timeline(known).table,
        _("Spending"): plan_money(known).table,
        _("Load"): plan_load(known).table,
        _("Frontier"): plan_frontier(known).table,
        _("Futures and versions"): tables.grounds(known),
    }
    file_ = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file_, options) as book:
        book.set_properties({"title": told.sentence(others), "comments": known.source})
        looks = {
            "head": book.add_format(
                {"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}
            ),
            "words": book.add_format({"text_wrap": True, "valign": "top"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
        }
        for turn, (name, table) in enumerate(sheets.items()):
            sheet = book.add_worksheet(name[:31])
            first = 0
            if turn == 0:
                sheet.write_string(0, 0, told.sentence(others), looks["title"])
                sheet.write_string(1, 0, known.note)
                first = 3
            _fill(book, sheet, table, first, looks)
    return file_.getvalue()


def _fill(book: Any, sheet: Any, table: Table, first: int, looks: Mapping[str, Any]) -> None:
    numbers = [
        book.add_format({"num_format": _format(column.digits), "valign": "top"})
        for column in table.columns
    ]
    for across, column in enumerate(table.columns):
        sheet.write_string(first, across, column.head, looks["head"])
        longest = max((len(str(row[across])) for row in table.rows), default=0)
        sheet.set_column(across, across, min(max(longest + 2, 12), 60) if column.words else 14)
    for down, row in enumerate(table.rows, start=first + 1):
        for across, cell in enumerate(row):
            look = looks["words"] if isinstance(cell, str) else numbers[across]
            sheet.write(down, across, cell, look)
    sheet.freeze_panes(first + 1, 1)


def _format(digits: int | None) -> str:
    return "0" if not digits else f"#,##0.{'0' * digits}"


# ── Paper ────────────────────────────────────────────────────────────────────────────────────


def paper(known: Planned, others: Sequence[Answer], today: str) -> bytes:
    """The plan on A4, for a session."""
    made = Paper(
        known.language,
        title=told.sentence(others),
        foot=_("Source: {source}").format(source=f"{known.source} {today}"),
        over=_("Plan for a session of the Commission, {day}").format(day=today),
    )
    made.lead(" ".join(filter(None, (told.without(others), told.reach(known.frontier)))))
    if known.is_example:
        made.text(
            _(
                "The initiatives are illustrative assumptions, not facts: nobody has decided on "
                "them. Each carries its reasoning."
            )
        )
    _answer(made, known)
    _timeline(made, known)
    made.heading(_("Initiatives")).table(tables.briefly(known))
    made.text(told.addition(known))
    made.heading(_("Money and load")).chart(plan_money(known), source=False)
    made.chart(plan_load(known), source=False)
    if known.frontier:
        made.heading(_("What odds cost")).chart(plan_frontier(known), source=False)
    _reasons(made, known)
    rows = [(str(name), str(value)) for name, value in tables.grounds(known).rows]
    made.heading(_("What it stands on")).facts(rows)
    return made.pdf()


def _timeline(made: Paper, known: Planned) -> None:
    chart = plan_timeline(known)
    made.heading(_("Timeline")).text(chart.title).small(chart.subtitle)
    for piece in pieces(known, WIDE):
        made.drawing(piece)


def _answer(made: Paper, known: Planned) -> None:
    answer = known.answer
    made.facts(
        [
            (_("Cost"), money(answer.cost)),
            (_("Odds"), percent(answer.odds)),
            (_("Odds on fresh futures"), percent(answer.odds_check)),
            (_("Doing nothing"), percent(answer.nothing)),
            (_("At best"), percent(answer.best)),
        ]
    )
    if not answer.feasible:
        made.heading(_("What to relax"))
        for each in told.relaxations(known):
            made.text(each)


def _reasons(made: Paper, known: Planned) -> None:
    """Of every chosen initiative, what it moves and why anybody thinks so."""
    made.heading(_("Why these effects and costs"))
    for line in told.lines(known):
        one = known.portfolio.named(line.code)
        basis = _(one.basis.value)
        moved = "; ".join(map(tables.effect, line.effects))
        made.text(f"{line.title}. {moved}" if moved else line.title)
        made.small(f"{basis}: {said(one.reasoning, known.language)}")
