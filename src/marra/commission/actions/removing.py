"""Take assignments from control, with a ground, a reason and a document."""

from django.db import transaction

from marra.commission.models.assignments import Removal
from marra.commission.queries import assignments as queries
from marra.commission.rules import assignments as rules
from marra.commission.rules.assignments import State
from marra.commission.rules.removals import checked_ground, checked_removal
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def remove(
    stamp: Stamp, code: str, *, ground: str, text: str, document: str = "", instead: str = ""
) -> Removal:
    """Take it from control; `instead` is the assignment that stays, and a duplicate names one."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("commission")["assignment.removed"])
    why, rests_on = checked_ground(ground), " ".join(document.split())[:300]
    checked_removal(
        why, document=rests_on, instead=instead, own=code, is_draft=row.state == State.DRAFT
    )
    row.state = rules.step(State(row.state), "remove", number=row.number)
    row.removed_at = stamp.at
    row.save(update_fields=["state", "removed_at"])
    made = Removal.objects.create(
        code=fresh_code("removal"),
        assignment=row,
        ground=why,
        text=rules.checked_reason(text),
        document=rests_on,
        instead=queries.visible_to(stamp).named(instead) if instead else None,
        made_at=stamp.at,
        made_by=stamp.by,
    )
    record(stamp, "assignment.removed", code, removal=made.code, ground=why, instead=instead)
    return made
