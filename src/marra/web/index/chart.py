"""A chart by itself: its page, its pictures and its data.

Source: ours; RFC 9110 for ETag.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from marra.evidence.queries import releases as queries
from marra.kit.errors import Invalid, NotFound
from marra.kit.text import gettext_noop
from marra.web.charts.asked import Asked
from marra.web.charts.catalogue import chart, kind
from marra.web.charts.chart import NARROW, WIDE, Look
from marra.web.charts.downloads import WRITERS
from marra.web.charts.rendering import picture, tag
from marra.web.charts.themes import THEMES
from marra.web.index.address import asked

TYPES: Final = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class NoSuchFile(NotFound):
    """What is asked for cannot be had in that form."""

    sentence = gettext_noop(
        "There is no file of the kind “{kind}” here. Choose one of these: {kinds}."
    )


class NoSuchLook(Invalid):
    """A chart cannot look like that."""

    sentence = gettext_noop("{name} cannot be “{value}”. Choose one of these: {known}.")


def page(request: HttpRequest, name: str) -> HttpResponse:
    """A chart with its whole table, its files and its citation."""
    kind(name)
    shown = chart(name, asked(request.GET), _language())
    return render(request, "index/chart.html", {"chart": shown})


def file(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """A chart as a file: a picture, or its rows."""
    takes = kind(name).takes
    if form not in TYPES:
        raise NoSuchFile(kind=form[:20], kinds=", ".join(TYPES))
    wanted = asked(request.GET)
    look = Look() if form in WRITERS else look_of(request, form)
    key = tag(name, wanted.query(takes), look, form, _language(), queries.data_version())
    known = get_conditional_response(request, etag=f'"{key}"')
    if known:
        return known
    return _answer(_content(name, wanted, look, form, key), name, form, wanted, key)


def _content(name: str, wanted: Asked, look: Look, form: str, key: str) -> bytes:
    if form in WRITERS:
        return WRITERS[form](chart(name, wanted, _language()))
    return picture(lambda: chart(name, wanted, _language()), look, form, key)


def _answer(content: bytes, name: str, form: str, wanted: Asked, key: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPES[form])
    keeping = "attachment" if form in ("csv", "xlsx", "pdf") else "inline"
    file_name = f"marra-{name}-{wanted.place}-{wanted.edition}.{form}"
    answer["Content-Disposition"] = f'{keeping}; filename="{file_name}"'
    answer["ETag"] = f'"{key}"'
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def look_of(request: HttpRequest, form: str) -> Look:
    """How the picture is to look, as the address says."""
    whole = "0" if form == "svg" else "1"
    return Look(
        theme=_choice(request, "theme", ("light", *THEMES)),
        width=int(_choice(request, "width", (str(WIDE), str(NARROW)))),
        whole=_choice(request, "whole", (whole, "0", "1")) == "1",
    )


def _choice(request: HttpRequest, name: str, known: tuple[str, ...]) -> str:
    value = request.GET.get(name) or known[0]
    if value not in known:
        raise NoSuchLook(name=name, value=value[:20], known=", ".join(dict.fromkeys(known)))
    return value


def _language() -> str:
    return get_language() or "uz"
