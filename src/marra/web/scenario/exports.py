"""A scenario as a file: a paper for a session, or a workbook."""

from typing import Final

from django.http import HttpRequest, HttpResponse

from marra.door import stamp
from marra.web import layout
from marra.web.index.chart import TYPES, NoSuchFile
from marra.web.scenario.session import paper
from marra.web.scenario.sides import address_of, sides
from marra.web.scenario.workbook import workbook

FORMS: Final = ("pdf", "xlsx")


def file(request: HttpRequest, form: str) -> HttpResponse:
    """The scenario of the address as a file; the paper bears the day on which it was asked for."""
    if form not in FORMS:
        raise NoSuchFile(kind=form[:20], kinds=", ".join(FORMS))
    seen, language = sides(request)[0], layout.language()
    address = request.build_absolute_uri(address_of(seen))
    if form == "pdf":
        content = paper(seen, language, stamp(request).at, address).pdf()
    else:
        content = workbook(seen, language, address)
    answer = HttpResponse(content, content_type=TYPES[form])
    name = f"marra-scenario-{seen.found.place}-{seen.found.by}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
