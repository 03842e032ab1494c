"""A chart's rows as files: CSV, JSON and XLSX, each with source, versions and citation.

Numbers are plain, with a point, as computed. CSV has a head of lines that begin with "#", then one
line of column keys. A word that a spreadsheet would run as a formula gets an apostrophe before it.

Source: ours; RFC 4180 for CSV; OWASP's note on CSV injection.
"""

import csv
import io
import json
from typing import Final

import xlsxwriter

from marra.web.charts.chart import Cell, Chart

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def facts(chart: Chart) -> dict[str, str]:
    """What a file says about itself."""
    return {
        "chart": chart.name,
        "title": chart.title,
        "subtitle": chart.subtitle,
        "query": chart.query,
        "data_version": chart.data_version,
        "edition_version": chart.edition_version,
        "source": chart.source,
        "note": chart.note,
        "citation": chart.citation,
    }


def as_json(chart: Chart) -> bytes:
    """One object: facts, columns and rows."""
    columns = {column.key: column.head for column in chart.table.columns}
    body = {**facts(chart), "columns": columns, "rows": chart.table.records()}
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(chart: Chart) -> bytes:
    """Comma-separated, UTF-8 with a byte-order mark, so that Excel reads the letters rightly."""
    file = io.StringIO()
    for name, value in facts(chart).items():
        line = " ".join(value.split())
        file.write(f"# {name}: {line}\r\n")
    writer = csv.writer(file)
    writer.writerow(column.key for column in chart.table.columns)
    writer.writerows([_safe(cell) for cell in row] for row in chart.table.rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def _safe(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell


def as_xlsx(chart: Chart) -> bytes:
    """A workbook: the rows on the first sheet, where they come from on the second."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        strong = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        sheet = book.add_worksheet(chart.name[:31])
        for across, column in enumerate(chart.table.columns):
            sheet.write_string(0, across, column.head, strong)
            sheet.set_column(across, across, 28 if column.words else 14)
        for down, row in enumerate(chart.table.rows, start=1):
            for across, cell in enumerate(row):
                sheet.write(down, across, cell)
        sheet.freeze_panes(1, 0)
        about = book.add_worksheet("source")
        about.set_column(0, 0, 18)
        about.set_column(1, 1, 100)
        for down, (name, value) in enumerate(facts(chart).items()):
            about.write_string(down, 0, name)
            about.write_string(down, 1, value)
    return file.getvalue()


WRITERS: Final = {"csv": as_csv, "json": as_json, "xlsx": as_xlsx}
