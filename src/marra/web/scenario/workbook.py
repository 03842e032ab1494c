"""The workbook of a scenario: what was changed, what follows, which part carries what, sources.

Words are never run as formulas, and numbers are plain, as computed.

Source: ours.
"""

import io
from typing import Final

import xlsxwriter
from django.utils.translation import gettext as _

from marra.index.projection.scenario import Scenario
from marra.web.charts.chart import Cell, Column, Table
from marra.web.charts.scenario_fan import Seen, finding, note
from marra.web.charts.words import country, measure_in_full, source
from marra.web.scenario.told import grounds, method

OUTLOOK: Final = (
    "p_top", "rank_median", "rank_p10", "rank_p25", "rank_p75", "rank_p90",
    "egdi_median", "egdi_p10", "egdi_p90", "goal_median",
)  # fmt: skip


def workbook(seen: Seen, language: str, address: str) -> bytes:
    """The workbook in one language, with the address that it is from."""
    found = seen.found
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(file, options) as book:
        strong = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        fine = book.add_format({"num_format": "0.0000"})
        sheets = (
            (_("Changes"), _changes(found)),
            (_("Editions"), _editions(found)),
            (_("Parts"), _parts(found)),
            (_("Sources"), _sources(seen, language, address)),
        )
        for name, table in sheets:
            sheet = book.add_worksheet(name[:31])
            for across, column in enumerate(table.columns):
                sheet.write_string(0, across, column.head, strong)
                sheet.set_column(across, across, 34 if column.words else 16)
            for down, row in enumerate(table.rows, start=1):
                for across, cell in enumerate(row):
                    sheet.write(down, across, cell, fine if isinstance(cell, float) else None)
            sheet.freeze_panes(1, 0)
    return file.getvalue()


def _changes(found: Scenario) -> Table:
    columns = (
        Column("name", _("Figure"), words=True),
        Column("code", _("Code"), words=True),
        Column("today", _("Now")),
        Column("nothing", _("By itself")),
        Column("value", _("Scenario")),
        Column("counted", _("Counted")),
        Column("points", _("Moves its part")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            measure_in_full(each.name),
            each.name,
            each.today,
            each.nothing,
            each.value,
            each.counted,
            each.points,
        )
        for each in found.given
    ]
    return Table(columns, tuple(rows))


def _editions(found: Scenario) -> Table:
    columns = (
        Column("edition", _("Edition")),
        Column("case", _("Case"), words=True),
        Column("share", _("Share of the change that is there")),
        *map(Column, OUTLOOK, _outlook(found.k)),
    )
    rows: list[tuple[Cell, ...]] = [
        (at.edition, says, at.share, *(_finite(getattr(outlook, name)) for name in OUTLOOK))
        for at in found.editions
        for says, outlook in ((_("nothing changes"), at.before), (_("the scenario"), at.after))
    ]
    return Table(columns, tuple(rows))


def _outlook(k: int) -> list[str]:
    """What each of `OUTLOOK` is, in words."""
    place, index = _("Place: {share} % of futures are not worse"), _("EGDI, quantile {share} %")
    return [
        _("Odds of place {rank}, 0 to 1").format(rank=k),
        _("Median place"),
        *(place.format(share=share) for share in (10, 25, 75, 90)),
        *(index.format(share=share) for share in (50, 10, 90)),
        _("EGDI that place {rank} takes, median").format(rank=k),
    ]


def _parts(found: Scenario) -> Table:
    columns = (
        Column("edition", _("Edition")),
        Column("part", _("Part"), words=True),
        Column("before", _("By itself")),
        Column("after", _("Scenario")),
        Column("points", _("EGDI")),
        Column("odds", _("Odds, 0 to 1")),
        Column("at_most", _("Share of futures that end at 1")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            at.edition,
            measure_in_full(part.part),
            part.before,
            part.after,
            part.points,
            part.odds,
            part.at_most,
        )
        for at in found.editions
        for part in at.parts
    ]
    return Table(columns, tuple(rows))


def _sources(seen: Seen, language: str, address: str) -> Table:
    found = seen.found
    columns = (Column("name", _("Name"), words=True), Column("value", _("Value"), words=True))
    told = [
        (_("Scenario"), seen.title or finding(found, language)),
        (_("Answer"), finding(found, language)),
        (_("Country"), country(found.place, language)),
        (_("Goal: place"), str(found.k)),
        *grounds(found),
        (_("Edition files"), found.edition_version),
        (_("Source"), source([found.origin])),
        (_("Address"), address),
        (_("Note"), note(found)),
        *((_("Method"), sentence) for sentence in method()),
    ]
    return Table(columns, tuple(told))


def _finite(value: float) -> Cell:
    return None if value in (float("inf"), float("-inf")) else value
