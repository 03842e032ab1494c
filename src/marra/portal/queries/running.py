"""Definitions ready to run, compiled once for each content."""

from collections import OrderedDict
from typing import Final

from marra.flow.forms import Form
from marra.portal.models.catalogue import Service
from marra.portal.models.definitions import Definition
from marra.portal.queries.definitions import standing
from marra.portal.rules.casework import NotOpen
from marra.portal.rules.keeper import first_form
from marra.portal.rules.running import Ready, ready

MOST: Final = 256
_READY: OrderedDict[str, Ready] = OrderedDict()
"""By digest, the last used at the end: the same digest is the same bundle."""


def ready_of(definition: Definition) -> Ready:
    """The parts of a definition, read and compiled; its bundle is fetched only when it has to."""
    digest = definition.digest
    if digest not in _READY:
        _READY[digest] = ready(definition.bundle)
        while len(_READY) > MOST:
            _READY.popitem(last=False)
    _READY.move_to_end(digest)
    return _READY[digest]


def form_of(service: Service, name: str = "") -> Form:
    """A form of the version that stands, by default the one an applicant meets first.

    Refuses with `NotOpen` where there is none.
    """
    found = standing(service)
    parts = ready_of(found) if found else None
    form = parts.forms.get(name or first_form(parts)) if parts else None
    if form is None:
        raise NotOpen(name=service.name)
    return form
