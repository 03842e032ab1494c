"""Approve the exact list of a body."""

from django.db import transaction

from marra.inventory.models.bodies import StateBody
from marra.inventory.models.functions import ListApproval
from marra.inventory.queries import approvals as queries
from marra.inventory.queries.work import problems_left
from marra.inventory.rules import approvals as rules
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def approve_list(stamp: Stamp, body: str, *, digest: str = "", note: str = "") -> ListApproval:
    """Approve the list of a body as it stands, if the four checks find nothing.

    `digest` is that of the list which was read; a list that was changed meanwhile is refused.
    """
    owner = StateBody.all().select_for_update().filter(closed_at=None).named(body)
    stamp.require(*rights("inventory")["list.approved"])
    document = queries.document(owner)
    stands = rules.digest(document)
    if digest and digest != stands:
        raise rules.ListMoved(name=owner.name)
    if not document["functions"]:
        raise rules.NothingToApprove(name=owner.name)
    if left := problems_left(body):
        raise rules.NotExact(name=owner.name, count=len(left), first=left[0].title)
    last = queries.newest(owner)
    if last and last.digest == stands:
        raise rules.ApprovedAlready(name=owner.name)
    made = ListApproval.objects.create(
        code=fresh_code("approval"),
        body=owner,
        digest=stands,
        functions=len(document["functions"]),
        processes=len(document["processes"]),
        services=len(document["services"]),
        document=document,
        note=note.strip()[:2000],
        approved_at=stamp.at,
        approved_by=stamp.by,
    )
    record(stamp, "list.approved", made.code, body=body, digest=stands)
    return made
