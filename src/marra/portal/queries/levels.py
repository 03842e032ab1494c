"""How far services run by themselves: what their definitions prove, and real cases bear out."""

from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from typing import Final

from marra.flow.automation import DAYS, UNPROVEN, Level, Verdict, composite, live
from marra.portal.models.cases import Case
from marra.portal.models.catalogue import Service
from marra.portal.models.definitions import Definition
from marra.portal.queries.definitions import newest, standing
from marra.portal.rules.casework import Outcome, WorkState
from marra.portal.rules.keeper import Kind as Work
from marra.portal.rules.levels import told
from marra.portal.rules.services import PUBLIC, Kind

BEGINNING: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""When personas begin, by their own clock: a level does not depend on the day."""

MOST: Final = 2_000
_KNOWN: OrderedDict[str, Verdict] = OrderedDict()
"""By digest, the last used at the end: the same digest is the same bundle."""


def level_of(service: Service, at: datetime) -> Verdict:
    """The level of a service: of the version that runs, or of its draft before it is published."""
    is_public = service.state in PUBLIC
    if service.kind == Kind.COMPOSITE:
        parts = service.parts.filter(state__in=PUBLIC) if is_public else service.parts.all()
        return composite([level_of(each, at) for each in parts if each.kind != Kind.COMPOSITE])
    definition = standing(service) if is_public else newest(service)
    if definition is None:
        return Verdict(None, (UNPROVEN,))
    found = of_definition(definition)
    if found.level is None or found.level < Level.STRAIGHT or not is_public:
        return found
    return live(found, *_counted(service, at))


def of_definition(definition: Definition) -> Verdict:
    """The level that the personas of a version prove."""
    digest = definition.digest
    if digest not in _KNOWN:
        found = told(definition.bundle, at=BEGINNING).verdict
        why = found.why if found.level is not None else (UNPROVEN,)
        _KNOWN[digest] = Verdict(found.level, why)
        while len(_KNOWN) > MOST:
            _KNOWN.popitem(last=False)
    _KNOWN.move_to_end(digest)
    return _KNOWN[digest]


def _counted(service: Service, at: datetime) -> tuple[int, int]:
    """Cases that were granted of late, and those of them nobody of the body worked on."""
    rows = Case.objects.filter(
        service=service, outcome=Outcome.GRANTED, ended_at__gt=at - timedelta(days=DAYS)
    )
    by_hand = rows.filter(tasks__kind=Work.TASK, tasks__state=WorkState.DONE).distinct()
    granted = rows.count()
    return granted, granted - by_hand.count()
