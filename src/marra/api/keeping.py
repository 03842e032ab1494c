"""How long an answer may be kept: as long as the figures behind it are the same."""

from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import condition

from marra.evidence.queries import releases as queries

UNTAGGED: Final = (
    "/api/v1/plan",
    "/api/v1/forecasts",
    "/api/v1/index/needed",
    "/api/v1/journal",
    "/api/v1/commission",
    "/api/v1/evidence",
    "/api/v1/inventory",
    "/api/v1/services",
    "/api/v1/applications",
    "/api/v1/payments",
)
"""Answers that change without any figure: they come later, or rest on records, or on how an open
question is read; so they have no tag."""

View = Callable[..., HttpResponse]


@cache
def program() -> str:
    """The version of the program, for answers change with it too."""
    try:
        return version("marra")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "unreleased"


def tag(request: HttpRequest, *_args: object, **_kwargs: object) -> str | None:
    """The answer's entity tag: the same address over the same figures is the same answer."""
    if request.method not in {"GET", "HEAD"} or request.path.startswith(UNTAGGED):
        return None
    told = f"{program()} {queries.data_version()} {get_language()} {request.get_full_path()}"
    return f'"{sha256(told.encode()).hexdigest()[:20]}"'


def kept(view: View) -> View:
    """Let browsers and proxies ask whether their copy still holds, and other sites read it."""
    conditional = condition(etag_func=tag)(view)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = conditional(request, *args, **kwargs)
        if request.method in {"GET", "HEAD"} and response.status_code < 400:
            if not response.has_header("Cache-Control"):
                patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
            if "private" not in response.headers["Cache-Control"]:
                response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return answer
