"""Pages kept for readers who have not signed in: drawn once for each address and state.

Such a page depends on nothing but its address, the figures, what was done last, the day and the
built style sheet, so its body is kept, compressed, in the memory of the process, and a browser
that has it is told so. Whoever carries a session gets every page freshly drawn.

Source: ours; RFC 9110, sections 8.8.3 (ETag) and 13.1.2 (If-None-Match).
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from threading import Lock
from typing import Concatenate, Final, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseNotModified
from django.utils.cache import get_conditional_response, patch_vary_headers

from marra.door import now
from marra.evidence.queries import releases as queries
from marra.journal.queries import entries
from marra.kit.text import LANGUAGES
from marra.web import assets

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

ROOM: Final = 24 * 1024 * 1024
"""Bytes of compressed pages that one process keeps; the longest unread go first."""

LONGEST_ADDRESS: Final = 400


@dataclass(frozen=True, slots=True)
class Sheet:
    """A kept page."""

    body: bytes  # gzip
    tag: str
    language: str


class Shelf:
    """Pages by address, the longest unread first; safe between threads."""

    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self.taken = 0
        self._sheets: OrderedDict[tuple[str, ...], Sheet] = OrderedDict()
        self._lock = Lock()

    def find(self, key: tuple[str, ...]) -> Sheet | None:
        """The page of that key, if it is here."""
        with self._lock:
            if found := self._sheets.get(key):
                self._sheets.move_to_end(key)
            return found

    def put(self, key: tuple[str, ...], sheet: Sheet) -> None:
        """Keep a page; others make room for it."""
        with self._lock:
            if before := self._sheets.pop(key, None):
                self.taken -= len(before.body)
            self._sheets[key] = sheet
            self.taken += len(sheet.body)
            while self.taken > self.room:
                _, dropped = self._sheets.popitem(last=False)
                self.taken -= len(dropped.body)


class Kept:
    """Middleware: answers from the shelf where it can; stands inside compression."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.shelf = Shelf()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page, from the shelf or drawn; one that only reads is drawn from one state."""
        if request.method != "GET":
            return self.get_response(request)
        with queries.held():
            return self._reading(request)

    def _reading(self, request: HttpRequest) -> HttpResponseBase:
        if not _may_be_kept(request):
            return self.get_response(request)
        key = (request.get_full_path(), *_state(), assets.digest())
        sheet = self.shelf.find(key)
        if sheet is None:
            drawn = self.get_response(request)
            if not _is_for_all(drawn):
                return drawn
            sheet = _sheet(drawn)
            self.shelf.put(key, sheet)
        return _answer(request, sheet)


def rests_on_records(view: View[P]) -> View[P]:
    """A page that changes without any figure: proofs, members, assignments. It is never kept."""

    @wraps(view)
    def drawing(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "no-cache")
        return answer

    return drawing


def _state() -> tuple[str, str, str]:
    """The figures, the newest deed that changes a page, and the day, for terms run out by it."""
    return queries.data_version(), entries.newest_change(), now().date().isoformat()


def _may_be_kept(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and not settings.DEBUG
        and request.path.split("/", 2)[1] in LANGUAGES
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def _is_for_all(drawn: HttpResponseBase) -> bool:
    return (
        isinstance(drawn, HttpResponse)
        and drawn.status_code == 200
        and drawn.headers.get("Content-Type", "").startswith("text/html")
        and not drawn.cookies
        and not drawn.headers.get("Cache-Control")
    )


def _sheet(drawn: HttpResponseBase) -> Sheet:
    content: bytes = drawn.content  # type: ignore[attr-defined]  # checked in _is_for_all
    body = gzip.compress(content, compresslevel=6, mtime=0)
    tag = f'W/"{sha256(content).hexdigest()[:24]}"'
    return Sheet(body, tag, drawn.headers.get("Content-Language", ""))


def _answer(request: HttpRequest, sheet: Sheet) -> HttpResponseBase:
    if get_conditional_response(request, etag=sheet.tag) is not None:
        return _marked(HttpResponseNotModified(), sheet)
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return _marked(HttpResponse(gzip.decompress(sheet.body)), sheet)
    answer = _marked(HttpResponse(sheet.body), sheet)
    answer.headers["Content-Encoding"] = "gzip"
    return answer


def _marked(answer: HttpResponse, sheet: Sheet) -> HttpResponse:
    answer.headers["ETag"] = sheet.tag
    answer.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    if sheet.language:
        answer.headers["Content-Language"] = sheet.language
    patch_vary_headers(answer, ("Cookie", "Accept-Encoding"))
    return answer
