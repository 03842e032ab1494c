"""In what a role is held: the working groups and state bodies to choose from, and their names.

Accounts know codes alone, since the rooms that keep groups and bodies stand above them; so the
door offers the choice, and checks it.

Source: ours.
"""

from collections.abc import Iterable
from typing import Final

from django import forms
from django.utils.translation import gettext, gettext_noop

from marra.commission.queries import groups
from marra.door import terminal_stamp
from marra.inventory.queries import bodies
from marra.people.rules.rights import HELD_IN, Role
from marra.web import layout

Choice = tuple[str, str]

WANTED: Final = {
    "": gettext_noop("This role is held for everything. Leave “Held in” empty."),
    "group": gettext_noop("Choose a working group: this role is held in one."),
    "body": gettext_noop("Choose a state body: this role is held in one."),
}


def choices() -> list[Choice | tuple[str, list[Choice]]]:
    """Everywhere, the open working groups, the open state bodies."""
    return [
        ("", gettext("the whole house")),
        (gettext("Working groups"), list(_groups().items())),
        (gettext("State bodies"), list(_bodies().items())),
    ]


def names(codes: Iterable[str]) -> dict[str, str]:
    """The names of groups and bodies by their codes, closed ones too, in the page's language."""
    wanted, language = set(filter(None, codes)), layout.language()
    ours = groups.visible_to(terminal_stamp()).filter(code__in=wanted)
    found = {each.code: each.name.into(language) for each in ours}
    return found | {each.code: each.name.into(language) for each in bodies.known(wanted)}


def check(role: Role, scope: str) -> None:
    """Refuse, as a form does, a role in what it cannot be held in."""
    kind = "group" if scope in _groups() else "body" if scope in _bodies() else ""
    if kind not in HELD_IN[role]:
        wanted = HELD_IN[role][-1] if HELD_IN[role] != ("",) else ""
        raise forms.ValidationError({"body": gettext(WANTED[wanted])})


def _groups() -> dict[str, str]:
    found = groups.standing(terminal_stamp())
    return {each.code: each.name.into(layout.language()) for each in found}


def _bodies() -> dict[str, str]:
    return {each.code: each.name.into(layout.language()) for each in bodies.bodies()}
