"""The catalogue as open data: CPSV-AP 3.2 as Turtle or JSON-LD, of one service or of all."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation

from marra.door import stamp
from marra.kit.text import Text
from marra.portal.queries import amounts
from marra.portal.queries.catalogue import published
from marra.portal.queries.open_data import told
from marra.portal.rules.cpsv import things
from marra.portal.rules.rdf import Thing, json_ld, turtle
from marra.web.index.chart import NoSuchFile

FORMS: Final[dict[str, tuple[str, Callable[[Iterable[Thing]], Iterator[str]]]]] = {
    "ttl": ("text/turtle; charset=utf-8", turtle),
    "jsonld": ("application/ld+json", json_ld),
}
TITLE: Final = Text(
    "Yagona portalning davlat xizmatlari katalogi",
    "Ягона порталнинг давлат хизматлари каталоги",
    "Каталог государственных услуг Единого портала",
    "Catalogue of public services of the Unified Portal",
)


def catalogue(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """Every public service."""
    return _sent(request, form, "services")


def service(request: HttpRequest, code: str, form: str) -> StreamingHttpResponse:
    """One public service, with all that it refers to."""
    published().named(code)
    return _sent(request, form, f"service-{code}", code)


def _sent(request: HttpRequest, form: str, name: str, code: str = "") -> StreamingHttpResponse:
    if form not in FORMS:
        raise NoSuchFile(kind=form[:20], kinds=", ".join(FORMS))
    media, written = FORMS[form]
    day = stamp(request).at.date()
    found = things(told(day, code), base=_base(), title=TITLE, day=day, amount=amounts.amount(day))
    sent = StreamingHttpResponse(written(found), content_type=media)
    sent["Content-Disposition"] = f'inline; filename="{name}.{form}"'
    sent["Access-Control-Allow-Origin"] = "*"
    return sent


def _base() -> str:
    """The address of the catalogue; every service has its page below it."""
    with translation.override(settings.LANGUAGE_CODE):  # one thing has one address
        return f"{settings.ADDRESS}{reverse('services')}"
