"""The table of all countries in one edition: sorted, filtered and shared by its address."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_noop

from marra.evidence.queries import releases as queries
from marra.kit.errors import NotFound
from marra.web import layout
from marra.web.charts import words
from marra.web.charts.asked import NoSuchEdition
from marra.web.charts.canvas import Canvas
from marra.web.charts.chart import Chart, Column, Table
from marra.web.charts.downloads import WRITERS
from marra.web.index.rows import INCOMES, LEVELS, REGIONS, RISING, Choice, Row, all_rows, chosen
from marra.web.index.rows import select as select_rows


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one column: what a click on it asks for, and what it says now."""

    name: str
    says: str
    order: str  # the order that a click asks for
    sorted: str  # as aria-sort says it
    hint: str


def known_year(year: int) -> int:
    """The year, if the survey appeared in it; else refuses with `NoSuchEdition`."""
    years = queries.years()
    if year not in years:
        raise NoSuchEdition(edition=str(year), years=", ".join(map(str, sorted(years))))
    return year


@lru_cache(maxsize=64)
def _rows(year: int, language: str, _data_version: str) -> list[Row]:
    return all_rows(queries.surveys(), year, language)


def rows_of(year: int) -> list[Row]:
    """The rows of an edition in the language of this page."""
    return _rows(known_year(year), layout.language(), queries.data_version())


def latest(_request: HttpRequest) -> HttpResponse:
    """The table of the latest edition."""
    return redirect("edition", queries.latest())


def show(request: HttpRequest, year: int) -> HttpResponse:
    """All countries of an edition."""
    rows = rows_of(year)
    focus = layout.focus().iso3
    choice = chosen(request.GET)
    shown = select_rows(rows, choice)
    before = max((other for other in queries.years() if other < year), default=None)
    told = {
        "year": year,
        "years": sorted(queries.years(), reverse=True),
        "before": before,
        "members": len(rows),
        "leader": rows[0],
        "own": next((row for row in rows if row.place == focus), None),
        "lines": [_line(row, year, layout.language(), own=row.place == focus) for row in shown],
        "choice": choice,
        "heads": [_head(name, choice, before) for name in ("rank", "name", "egdi", "change")],
        "parts": [_head(name, choice, before) for name in ("osi", "tii", "hci", "epi")],
        "filters": _filters(choice),
        "provisional": queries.survey(year).edition.provisional,
        "query": request.GET.urlencode(),
        "formats": tuple(WRITERS),
    }
    return render(request, "index/edition.html", told)


@lru_cache(maxsize=8192)
def _line(row: Row, year: int, language: str, *, own: bool) -> str:
    """A row drawn once: the table of 193 costs as much as its frame."""
    told = {"row": row, "year": year, "language": language, "own": own}
    told["bar"] = f"{100 * (row.egdi or 0):.1f}"
    return render_to_string("index/edition_row.html", told)


def _head(name: str, choice: Choice, before: int | None) -> Head:
    words_of = _words(before)
    current = choice.sort == name
    usual = "asc" if name in RISING else "desc"
    other = {"asc": "desc", "desc": "asc"}
    return Head(
        name=name,
        says=words_of[name][0],
        hint=words_of[name][1],
        order=other[choice.order] if current else usual,
        sorted={"asc": "ascending", "desc": "descending"}[choice.order] if current else "none",
    )


def _since(before: int | None) -> str:
    return gettext("Since {year}").format(year=before) if before else gettext("Change")


def _words(before: int | None) -> dict[str, tuple[str, str]]:
    return {
        "rank": (gettext("Place"), ""),
        "name": (gettext("Country"), ""),
        "egdi": ("EGDI", gettext("E-Government Development Index, 0 to 1")),
        "change": (_since(before), gettext("Places gained since the edition before")),
        "osi": ("OSI", gettext("Online services, 0 to 1")),
        "tii": ("TII", gettext("Telecommunication infrastructure, 0 to 1")),
        "hci": ("HCI", gettext("Human capital, 0 to 1")),
        "epi": ("EPI", gettext("E-participation, 0 to 1; not a part of the EGDI")),
    }


def _filters(choice: Choice) -> list[dict[str, object]]:
    kinds = (
        ("region", gettext("Region"), REGIONS, choice.region),
        ("income", gettext("Income"), INCOMES, choice.income),
        ("level", gettext("Level of EGDI"), LEVELS, choice.level),
    )
    return [
        {
            "name": name,
            "label": label,
            "options": [(key, gettext(says), key == current) for key, says in known.items()],
        }
        for name, label, known, current in kinds
    ]


# ── The same rows as files ───────────────────────────────────────────────────────────────────

TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
COLUMNS: Final = ("rank", "place", "name", "egdi", "osi", "tii", "hci", "epi", "change")


class NoSuchFile(NotFound):
    """The table cannot be had in that form."""

    sentence = gettext_noop("The table is not made as “{form}”. Choose one of these: {forms}.")


def file(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """The table as a file, with the filters and the order of its address."""
    if form not in WRITERS:
        raise NoSuchFile(form=form[:20], forms=", ".join(WRITERS))
    shown = select_rows(rows_of(year), chosen(request.GET))
    answer = HttpResponse(WRITERS[form](_sheet(year, shown, request)), content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="marra-countries-{year}.{form}"'
    return answer


def _sheet(year: int, rows: list[Row], request: HttpRequest) -> Chart:
    """The rows with what a file says about itself."""
    surveys = queries.surveys()
    title = gettext("All countries, {year}").format(year=year)
    wordy = ("place", "name")
    columns = tuple(Column(name, name, words=name in wordy) for name in COLUMNS)
    return Chart(
        name="countries",
        language=layout.language(),
        title=title,
        subtitle=gettext("Published ranks and values; change in places since the edition before"),
        alternative="",
        table=Table(columns, tuple(tuple(getattr(row, n) for n in COLUMNS) for row in rows)),
        source=words.source([year]),
        note="",
        citation=words.citation(title, surveys, [year]),
        query=request.GET.urlencode(),
        data_version=queries.data_version(),
        edition_version=surveys[year].edition.version,
        draw=lambda width: Canvas(width, 0),
    )
