"""A quarterly report as a document for PDF and DOCX, and as a workbook, in one language.

Source: ours, after the usual form of quarterly reports.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from marra.commission.rules.execution import Figures
from marra.commission.rules.reports import Report, following, told
from marra.kit.sheets import Cell, Sheet, xlsx
from marra.web import formats
from marra.web.charts.chart import Table
from marra.web.commission import report_tables as tables
from marra.web.paper import document as paper

MOST_ROWS: Final = 100
"""Rows of one table on paper; the workbook has all of them, and the paper says so."""

WIDTHS: Final = {"title": 60, "what": 60, "lead": 40, "body": 40, "cause": 60, "remedy": 60}


def document(
    report: Report, language: str, at: datetime, *, digest: str = "", published: bool = False
) -> paper.Document:
    """The report in the usual form; a draft until it is published."""
    with translation.override(language):
        source = _("Source: Marra, register of assignments under control, {moment}")
        foot = source.format(moment=formats.moment(at))
        return paper.Document(
            language,
            title=title(report),
            foot=f"{foot}; SHA-256 {digest}" if digest else foot,
            made_at=at,
            draft="" if published else _("DRAFT"),
            blocks=tuple(_blocks(report)),
        )


def title(report: Report) -> str:
    """What stands above a report."""
    told_ = _("REPORT on quarter {number} of {year}")
    return told_.format(number=report.quarter, year=report.year)


def heads() -> tuple[str, ...]:
    """The headings of the five parts."""
    return (
        _("1. Target indicators"),
        _("2. Execution of assignments"),
        _("3. Overdue assignments and their causes"),
        _("4. Problems that repeat, and proposals"),
        _("5. Tasks of the next quarter"),
    )


def _blocks(report: Report) -> Iterator[paper.Block]:
    one, two, three, four, five = heads()
    as_of = _("As of {day}.").format(day=formats.day(report.on))
    yield paper.Words(as_of, centred=True)
    yield paper.Heading(one)
    yield from _grid(tables.targets(report.targets), _("No obligation has a number to reach."))
    yield paper.Heading(two)
    yield from _done(report)
    yield paper.Heading(three)
    yield paper.Words(delays(report))
    if report.delayed:
        yield from _grid(tables.delayed(report.delayed), "")
    yield paper.Heading(four)
    yield from _problems(report)
    yield paper.Heading(five)
    yield from _next(report)
    signers = (paper.Signer(_("Chair"), ""), paper.Signer(_("Secretary"), ""))
    yield paper.Signatures(signers)


def _done(report: Report) -> Iterator[paper.Block]:
    yield paper.Facts(facts(report.execution.total))
    for lead, caption in ((True, _("As the body that leads")), (False, _("As a co-executor"))):
        table = tables.bodies(report.execution.bodies, lead=lead)
        if table.rows:
            yield paper.Grid(table, caption)


def facts(total: Figures) -> tuple[tuple[str, str], ...]:
    """The figures of the quarter, by name."""
    share = total.share_on_time
    percent = formats.NOTHING if share is None else formats.number(100 * share)
    return (
        (_("Share on time, per cent"), percent),
        (_("Under control"), formats.number(total.total)),
        (_("On time"), formats.number(total.on_time)),
        (_("Late"), formats.number(total.late)),
        (_("Overdue"), formats.number(total.overdue)),
        (_("Waits for a verdict"), formats.number(total.waiting)),
        (_("Not due yet"), formats.number(total.running)),
        (_("Removed from control"), formats.number(total.removed)),
        (_("Done by the first deadline"), formats.number(total.first_kept)),
        (_("Returned at least once"), formats.number(total.returned)),
        (_("Got more time at least once"), formats.number(total.extended)),
        (_("Overdue days"), formats.number(total.overdue_days)),
    )


def delays(report: Report) -> str:
    """How many are overdue or late, and of how many a cause is known, in a sentence or two."""
    if not report.delayed:
        return _("Nothing was overdue, and nothing was done late.")
    total, found = report.execution.total, told(report.delayed)
    counts = _("Overdue: {n}; done late: {m}; overdue days: {days}.").format(
        n=total.overdue, m=total.late, days=formats.number(total.overdue_days)
    )
    named = [f"{_(kind.value)}: {n}" for kind, n in found.items() if kind and n]
    silent = _("no cause was told: {n}").format(n=found[None])
    return f"{counts} {_('Causes:')} {'; '.join([*named, silent])}."


def _problems(report: Report) -> Iterator[paper.Block]:
    for turn, each in enumerate(report.problems, start=1):
        yield paper.Clause(f"{turn}.", tables.problem(each))
    if not report.problems:
        yield paper.Words(_("Nothing happened three times or more."))
    if report.own_problems:
        yield paper.Words(report.own_problems)
    if report.offered:
        yield from _grid(tables.offered(report.offered), "", _("Proposals of the quarter"))
    else:
        yield paper.Words(_("No proposal was put forward or decided in this quarter."))


def _next(report: Report) -> Iterator[paper.Block]:
    yield paper.Words(ahead(report))
    for each in report.duties:
        due = _("Deadline: {day}").format(day=formats.day(each.due))
        yield paper.Clause(each.code, tables.words(each.what), (due,))
    if report.own_tasks:
        yield paper.Words(report.own_tasks)
    if report.tasks:
        yield from _grid(tables.tasks(report.tasks), "")


def ahead(report: Report) -> str:
    """What the next quarter holds, in a sentence."""
    year, number = following(report.year, report.quarter)
    told_ = _(
        "In quarter {number} of {year} fall due: assignments {n}, interim days {m}, "
        "obligations {k}. Carried over as overdue: {late}."
    )
    return told_.format(
        number=number,
        year=year,
        n=formats.number(len(report.tasks)),
        m=formats.number(report.checkpoints),
        k=len(report.duties),
        late=formats.number(report.execution.total.overdue),
    )


def _grid(table: Table, empty: str, caption: str = "") -> Iterator[paper.Block]:
    """A table as far as paper goes, and what is left out."""
    if not table.rows:
        yield paper.Words(empty)
        return
    yield paper.Grid(Table(table.columns, table.rows[:MOST_ROWS]), caption)
    if len(table.rows) > MOST_ROWS:
        words = _("{n} of {m} rows stand here; the workbook of this report has all of them.")
        yield paper.Words(words.format(n=MOST_ROWS, m=formats.number(len(table.rows))), small=True)


# ── Workbook ─────────────────────────────────────────────────────────────────────────────────


def workbook(report: Report, language: str) -> bytes:
    """All rows of the report, each part on a sheet of its own."""
    with translation.override(language):
        one, two, three, four, five = heads()
        helped = tables.bodies(report.execution.bodies, lead=False)
        figures = [(title(report), formats.day(report.on)), *facts(report.execution.total)]
        repeats: list[tuple[Cell, ...]] = [(tables.problem(each),) for each in report.problems]
        own: list[tuple[Cell, ...]] = [(report.own_problems,)]
        return xlsx(
            (
                Sheet(_name(_("Figures")), (_("What"), _("How many")), figures, (44, 24)),
                _sheet(one, tables.targets(report.targets)),
                _sheet(two, tables.bodies(report.execution.bodies, lead=True)),
                _sheet(_("2a. As a co-executor"), helped),
                _sheet(three, tables.delayed(report.delayed)),
                Sheet(_name(four), (_("Problem"),), [*repeats, *own], (100,)),
                _sheet(_("4a. Proposals"), tables.offered(report.offered)),
                _sheet(five, tables.tasks(report.tasks)),
                _sheet(_("5a. Obligations"), tables.duties(report)),
            )
        )


def _sheet(name: str, table: Table) -> Sheet:
    widths = [WIDTHS.get(column.key, 18) for column in table.columns]
    return Sheet(_name(name), [column.head for column in table.columns], table.rows, widths)


def _name(words: str) -> str:
    """A name that a workbook takes: 31 letters at most, none of them a bracket or a stroke."""
    return "".join(each for each in words if each not in "[]:*?/\\")[:31].strip()
