"""Who may open a page: everybody, those who signed in, authors of plans, or administrators.

Source: ours; the list of roles stands in marra.people.rules.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase

from marra.commission.rules.plans import AUTHORS
from marra.door import signed_in, stamp
from marra.people.rules import Role
from marra.web.problems import wrong_method

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def post_only(view: View[P]) -> View[P]:
    """An address that takes forms; whoever opens it as a page is told so."""

    @wraps(view)
    def taking(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method != "POST":
            return wrong_method(request, "POST")
        return view(request, *args, **kwargs)

    return taking


def for_administrators(view: View[P]) -> View[P]:
    """A page for administrators; others who signed in are told so, strangers sign in first."""
    return _for(view, Role.ADMINISTRATOR)


def for_authors(view: View[P]) -> View[P]:
    """A page for those who make portfolios and plans: analysts and administrators."""
    return _for(view, *AUTHORS)


def _for(view: View[P], *roles: Role) -> View[P]:
    @wraps(view)
    def asking(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        stamp(request).require(*roles)
        return view(request, *args, **kwargs)

    return signed_in(asking)
