"""Keep signatures under closed minutes. Whether they are valid was asked outside, beforehand."""

from django.db import transaction

from marra.commission.models.sessions import Signature
from marra.commission.queries import sessions as queries
from marra.commission.queries import signatures
from marra.commission.rules.sessions import State
from marra.commission.rules.signing import Checked, MinutesStillOpen, Position, fit
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def sign_minutes(
    stamp: Stamp, code: str, *, checked: Checked, position: str = Position.MEMBER
) -> Signature:
    """Keep a signature under closed minutes, with what its check came to."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("commission")["session.signed"], of=queries.scope(row))
    if row.state != State.CLOSED:
        raise MinutesStillOpen
    before = {each.certificate for each in signatures.under(code)}
    fit(checked, digest=row.digest, before=before)
    made = Signature.objects.create(
        code=fresh_code("signature"),
        thing=code,
        digest=row.digest,
        signer=checked.signer[:120],
        position=Position(position),
        adapter=checked.adapter,
        certificate=checked.certificate[:80],
        content=checked.content,
        is_valid=checked.is_valid,
        signed_at=checked.signed_at or stamp.at,
        signed_by=stamp.by,
    )
    record(
        stamp,
        "session.signed",
        code,
        signature=made.code,
        adapter=made.adapter,
        digest=row.digest,
    )
    return made
