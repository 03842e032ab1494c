"""Enter, change and remove services, and except one from the rule that the app comes first."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_noop

from marra.door import stamp
from marra.inventory.actions import services as actions
from marra.inventory.queries import processes
from marra.inventory.queries import services as queries
from marra.inventory.queries.bodies import named
from marra.inventory.rules.things import OF_SERVICE
from marra.people.rules.rights import Stamp
from marra.web import layout
from marra.web.gate import for_deed
from marra.web.inventory.app_first import since
from marra.web.inventory.editing import SAVE
from marra.web.inventory.fields import Excepting, ServiceForm, Sure
from marra.web.inventory.forms import edit, given, must, written

if TYPE_CHECKING:
    from marra.inventory.models.bodies import StateBody
    from marra.inventory.models.functions import Service


@for_deed("inventory", "service.entered")
def service_new(request: HttpRequest, code: str) -> HttpResponseBase:
    """Enter a service of a body; the address may name its process."""
    who, body = stamp(request), named(code)
    must(who, "service.entered", code)

    def act(told: dict[str, object]) -> object:
        told.pop("version")
        return actions.enter_service(who, code, **told)  # type: ignore[arg-type]

    initial = {"processes": [each] if (each := request.GET.get("process")) else []}
    form = ServiceForm(given(request), initial=initial, processes=_offered(who, body))
    heading = gettext_noop("Enter a service")
    return edit(request, form, act, body=body, heading=heading, button=SAVE)


@for_deed("inventory", "service.changed")
def service_change(request: HttpRequest, code: str) -> HttpResponseBase:
    """Change what is said of a service."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    must(who, "service.changed", row.owner.code)
    names = [each.name.lower() for each in OF_SERVICE if each.name != "PROCESSES"]
    initial = written({name: getattr(row, name) for name in (*names, "version")})
    initial["processes"] = [each.code for each in row.processes.all()]
    form = ServiceForm(given(request), initial=initial, processes=_offered(who, row.owner, row))
    return edit(
        request,
        form,
        lambda told: actions.change_service(who, code, **told),
        body=row.owner,
        heading=gettext_noop("Change a service"),
        button=SAVE,
        row=row,
        fields=OF_SERVICE,
        back=f"{reverse('service', args=[code])}?done=saved",
    )


@for_deed("inventory", "service.removed")
def service_remove(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask, then take a service off the list."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    must(who, "service.removed", row.owner.code)
    return edit(
        request,
        Sure(given(request)),
        lambda _told: actions.remove_service(who, code),
        body=row.owner,
        heading=gettext_noop("Take this service off the list?"),
        button=gettext_noop("Take it off the list"),
        row=row,
    )


@for_deed("inventory", "service.excepted")
def service_except(request: HttpRequest, code: str) -> HttpResponseBase:
    """Allow that a service was not first in the app, with a reason that everybody reads."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    must(who, "service.excepted")
    day = since(who)
    return edit(
        request,
        Excepting(given(request), initial={"reason": row.exception_reason}),
        lambda told: actions.except_service(who, code, since=day, **told),
        body=row.owner,
        heading=gettext_noop("Allow an exception from the rule that the app comes first"),
        button=gettext_noop("Allow it"),
        row=row,
        back=f"{reverse('service', args=[code])}?done=excepted",
    )


def _offered(who: Stamp, body: "StateBody", row: "Service | None" = None) -> list[tuple[str, str]]:
    """The processes a service may carry out: the body's own, and those it carries out already."""
    rows = processes.visible_to(who)
    own = [(each.code, each.title) for each in rows.filter(body=body)]
    others = row.processes.exclude(body=body).select_related("body") if row else ()
    return own + [
        (each.code, f"{each.title} ({each.body.name.into(layout.language())})") for each in others
    ]
