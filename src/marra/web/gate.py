"""Who may open a page: everybody, those who signed in, staff, authors, or administrators.

Source: ours; the list of roles stands in marra.people.rules.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase

from marra.commission.rules.plans import AUTHORS, READERS
from marra.door import signed_in, stamp
from marra.people.rules import APPOINTED, Role, Stamp, rights
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


def for_readers_of_plans(view: View[P]) -> View[P]:
    """A page for those who make, decide or audit plans."""
    return _for(view, *READERS)


def for_deed(room: str, deed: str) -> Callable[[View[P]], View[P]]:
    """A page for those whom a room's table of rights lets do a deed, in whatever body or group."""

    def asks(view: View[P]) -> View[P]:
        @wraps(view)
        def asking(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            roles, who = rights(room)[deed], stamp(request)
            held = [(role, of) for role, of in who.roles if role in roles]
            who.require(*roles, of=held[0][1] if held else "")
            return view(request, *args, **kwargs)

        return signed_in(asking)

    return asks


def may(who: Stamp, room: str, deed: str, of: str | Sequence[str] = "") -> bool:
    """Whether the table of rights lets this person do a deed to a thing of that body or group."""
    scopes = (of,) if isinstance(of, str) else of
    return any(who.holds(role, each) for role in rights(room)[deed] for each in scopes)


def is_staff(who: Stamp) -> bool:
    """Whether somebody holds a role anywhere: only they read who signs in under which name."""
    return bool(who.scopes(*APPOINTED))


def for_staff(view: View[P]) -> View[P]:
    """A page for everybody who holds a role, wherever it is held."""

    @wraps(view)
    def asking(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        who = stamp(request)
        if not is_staff(who):
            who.require(*APPOINTED)
        return view(request, *args, **kwargs)

    return signed_in(asking)


def _for(view: View[P], *roles: Role) -> View[P]:
    @wraps(view)
    def asking(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        stamp(request).require(*roles)
        return view(request, *args, **kwargs)

    return signed_in(asking)
