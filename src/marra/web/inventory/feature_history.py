"""What happened to one feature; and asking a machine to look at its address now."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from marra.commission.queries import groups
from marra.door import stamp
from marra.inventory.actions import feature_looks as actions
from marra.inventory.queries import features as queries
from marra.inventory.queries.bodies import bodies
from marra.inventory.queries.feature_history import Event, Kind, history
from marra.inventory.rules.features import STATES, State
from marra.inventory.rules.looks import State as LookState
from marra.people import queries as people
from marra.people.rules.rights import Stamp
from marra.web import layout
from marra.web.forms import Refused, refusals_into
from marra.web.gate import for_deed, post_only
from marra.web.inventory.feature import page
from marra.web.inventory.features import line
from marra.web.inventory.forms import must
from marra.web.kept import rests_on_records

FIELDS: Final = {
    "address": gettext_noop("address"),
    "note": gettext_noop("note"),
    "effort": gettext_noop("effort, person-days"),
    "every_days": gettext_noop("how often a machine looks"),
}


@rests_on_records
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that happened to a feature, the newest first, as the reader may know it."""
    who = stamp(request)
    entry = queries.one(who, code)
    events = history(who, entry.row) if entry.row else ()
    say = _Words(who)
    context = {
        "entry": entry,
        "line": line(entry),
        "events": [(each, say.of(each)) for each in events],
        "names": people.names({each.by for each in events if each.by}),
    }
    return render(request, "inventory/feature_history.html", context)


@for_deed("inventory", "feature.look-asked")
@post_only
def look(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask a machine to look at the address now; the page of the feature tells what it saw."""
    who = stamp(request)
    row = queries.one(who, code).row
    body = row.body.code if row and row.body else ""
    must(who, "feature.look-asked", (body, row.group if row else ""))
    refused = Refused()
    with refusals_into(refused):
        actions.ask_look(who, code)
        return redirect(f"{reverse('feature', args=[code])}?done=asked")
    return page(request, code, refused)


class _Words:
    """Events in the reader's language."""

    def __init__(self, who: Stamp) -> None:
        language = layout.language()
        self.bodies = {each.code: each.name.into(language) for each in bodies()}
        self.groups = {each.code: each.name.into(language) for each in groups.standing(who)}

    def of(self, event: Event) -> str:
        """What happened, in words."""
        told = {
            Kind.SETTLED: self._settled,
            Kind.CHANGED: self._changed,
            Kind.SHARED: self._shared,
            Kind.LOOKED: _looked,
        }
        return told[event.kind](event.facts)

    def _settled(self, facts: Mapping[str, Any]) -> str:
        state = gettext(STATES[State(facts["state"])])
        return gettext("Round %(round)s was settled: %(state)s.") % {**facts, "state": state}

    def _changed(self, facts: Mapping[str, Any]) -> str:
        if "digest" in facts:
            return gettext("Changed by a file.")
        names = str(facts.get("fields", "")).split(",")
        fields = ", ".join(gettext(FIELDS[name]) for name in names if name in FIELDS)
        return gettext("Changed: %(fields)s.") % {"fields": fields or "–"}

    def _shared(self, facts: Mapping[str, Any]) -> str:
        told = []
        if (body := facts.get("body")) is not None:
            name = self.bodies.get(body, body) or gettext("nobody")
            told.append(gettext("The body that answers: %(name)s.") % {"name": name})
        if (group := facts.get("group")) is not None:
            name = self.groups.get(group, group) or gettext("nobody")
            told.append(gettext("The group that assesses: %(name)s.") % {"name": name})
        return " ".join(told)


def _looked(facts: Mapping[str, Any]) -> str:
    if facts["state"] == LookState.LOST:
        return gettext("The machine could not finish looking.")
    if sentence := facts.get("sentence"):
        return gettext(sentence).format(**facts)
    status = facts.get("status")
    opens = facts.get("opens", status is not None and status < 400)
    if opens:
        return gettext("The machine looked: the address opens.")
    if status:
        return gettext("The machine looked: the server answers %(status)s.") % {"status": status}
    return gettext("The machine looked: the address does not open.")
