"""Read signatures: those under a thing, for whoever may know of the thing."""

from marra.commission.models.sessions import Session, Signature
from marra.commission.rules.minutes import digest
from marra.store import Named


def under(thing: str) -> Named[Signature]:
    """The signatures under minutes or a report, in the order in which they were given."""
    return Signature.all().filter(thing=thing)


def still_holds(signature: Signature, row: Session) -> bool:
    """Whether the document is still the one that was signed."""
    return digest(row.document) == signature.digest
