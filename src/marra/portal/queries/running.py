"""Definitions ready to run, compiled once for each content."""

from collections import OrderedDict
from typing import Final

from marra.portal.models.definitions import Definition
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
