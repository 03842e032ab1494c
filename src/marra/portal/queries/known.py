"""What is known of a service, for the rule that says what it lacks."""

from marra.portal.models.catalogue import Service
from marra.portal.queries.definitions import newest
from marra.portal.rules.lacks import Known
from marra.portal.rules.passports import bears_out
from marra.portal.rules.services import Kind


def known(row: Service) -> Known:
    """What stands in the row and beside it."""
    openings = list(row.openings.all())
    definition = newest(row)
    bundle = definition.bundle if definition else {}
    return Known(
        names=row.names,
        about=bool(row.about.get("uz")),
        body=row.body_id is not None,
        audience=bool(row.audience),
        events=row.occasions.exists(),
        term=row.term is not None,
        fees=row.fees.exists(),
        documents=row.documents is not None,
        legal=bool(row.legal),
        channels=bool(openings),
        elsewhere=any(each.address for each in openings),
        row=row.row_id is not None,
        is_composite=row.kind == Kind.COMPOSITE,
        parts=row.kind == Kind.COMPOSITE and row.parts.exists(),
        steps=bool(row.steps),
        forms=bool(bundle.get("forms")),
        process=bool(bundle.get("bpmn")),
        proof=bears_out(row.declared_automatic, row.steps),
        personas=bool(bundle.get("personas")),
        is_generated=bool(definition and definition.is_generated),
    )
