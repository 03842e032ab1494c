"""Tables of working groups: who sits in them, and what they answer for."""

from typing import ClassVar

from django.db import models

from marra.kit.text import Text
from marra.store import Coded


class Group(Coded):
    """A working group. Its code is also the scope in which its roles are held."""

    number = models.PositiveSmallIntegerField()
    names = models.JSONField()  # by language
    clauses = models.ManyToManyField("commission.Clause", related_name="groups")
    obligations = models.ManyToManyField("commission.Obligation", related_name="groups")
    indicators = models.JSONField(default=list)  # codes
    basis = models.CharField(max_length=10, default="entered")  # assumed: ours, until changed
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["number", "id"]
        verbose_name = "working group"

    @property
    def name(self) -> Text:
        """The name in four languages."""
        return Text(**self.names)


class Member(Coded):
    """Somebody in a group, or in the Commission itself, from a day until a day."""

    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="members")
    full_name = models.CharField(max_length=120)
    position = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=12)  # chair, head, secretary, member
    body = models.ForeignKey("inventory.StateBody", models.PROTECT, null=True, related_name="+")
    account = models.CharField(max_length=80, blank=True, db_index=True)
    document = models.CharField(max_length=300, blank=True)  # what the membership rests on
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["group", "role", "full_name"]
        verbose_name = "member"
