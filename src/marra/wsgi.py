"""The application, as servers see it."""

import os
from collections.abc import Callable
from wsgiref.util import setup_testing_defaults

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marra.settings")

application = get_wsgi_application()


def warm(path: str = "/uz/") -> None:
    """Ask for the first page once, so that no reader waits for what a new worker has to load."""
    environ: dict[str, object] = {"PATH_INFO": path}
    setup_testing_defaults(environ)
    application(environ, _unheard).close()


def _unheard(
    _status: str, _headers: list[tuple[str, str]], _fault: object = None, /
) -> Callable[[bytes], object]:
    return len


warm()
