"""Who reads the inventory: staff everything, a body its own, everybody what has been approved.

How far each body is, in numbers, is open to all; what stands on a list that nobody has approved
yet is not.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from marra.inventory.models.bodies import StateBody
from marra.inventory.models.functions import ListApproval
from marra.people.rules.rights import Role, Stamp

READERS = (Role.ADMINISTRATOR, Role.ANALYST, Role.CHAIR, Role.AUDITOR)
"""Who reads every list, holding one of these."""

OF_A_GROUP = (Role.SECRETARY, Role.GROUP_HEAD, Role.GROUP_MEMBER)
"""Who reads every list, holding one of these in whatever group: taking stock is a group's task."""


def reads_all(stamp: Stamp) -> bool:
    """Whether this person reads the lists of all bodies."""
    everywhere = any(stamp.holds(role) for role in (*READERS, Role.EXECUTOR))
    return everywhere or bool(stamp.scopes(*OF_A_GROUP))


def readable(stamp: Stamp) -> QuerySet[StateBody]:
    """The bodies whose lists this person reads, closed ones too."""
    if reads_all(stamp):
        return StateBody.objects.all()
    approved = Exists(ListApproval.objects.filter(body=OuterRef("pk")))
    return StateBody.objects.filter(Q(code__in=stamp.scopes(Role.EXECUTOR)) | Q(approved))


def reads(stamp: Stamp, body: StateBody) -> bool:
    """Whether this person reads the list of a body."""
    return readable(stamp).filter(pk=body.pk).exists()
