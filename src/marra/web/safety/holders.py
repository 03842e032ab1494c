"""Who holds which role, in what, since when.

Source: ours.
"""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marra.door import signed_in, stamp
from marra.people import queries
from marra.people.rules.rights import APPOINTED, Role
from marra.web.safety import scopes


@signed_in
def show(request: HttpRequest) -> HttpResponse:
    """Every standing appointment by role, for administrators and auditors."""
    who = stamp(request)
    who.require(Role.ADMINISTRATOR, Role.AUDITOR)
    held = list(queries.holders(who))
    order = {role.value: place for place, role in enumerate(APPOINTED)}
    held.sort(key=lambda each: (order[each.role], each.body, each.account.name))
    roles = [(role, list(rows)) for role, rows in groupby(held, key=lambda each: each.role)]
    empty = [role.value for role in APPOINTED if role.value not in {name for name, _ in roles}]
    told = {"roles": roles, "empty": empty, "scopes": scopes.names(each.body for each in held)}
    return render(request, "people/holders.html", told)
