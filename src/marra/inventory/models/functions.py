"""Tables of functions, processes, and the services that become digital."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class Function(Coded):
    """Something a body is charged with by law."""

    body = models.ForeignKey("inventory.StateBody", models.PROTECT, related_name="functions")
    title = models.CharField(max_length=500)
    key = models.CharField(max_length=500, db_index=True)  # the folded title
    cofog = models.CharField(max_length=8, blank=True)
    legal_basis = models.CharField(max_length=500, blank=True)
    no_process = models.CharField(max_length=1000, blank=True)  # why there is no process
    shared_with = models.ManyToManyField("inventory.StateBody", related_name="shared_functions")
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=80)
    changed_at = models.DateTimeField(null=True)  # what the list says of it, not how far it is
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["body", "key", "id"]
        verbose_name = "function"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "key"], condition=models.Q(removed_at=None), name="function_once"
            )
        ]


class Process(Coded):
    """How a function is carried out, and what was decided about it."""

    body = models.ForeignKey("inventory.StateBody", models.PROTECT, related_name="processes")
    function = models.ForeignKey(Function, models.PROTECT, null=True, related_name="processes")
    title = models.CharField(max_length=500)
    key = models.CharField(max_length=500, db_index=True)
    decision = models.CharField(max_length=12, default="undecided")
    reason = models.CharField(max_length=1000, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    volume = models.PositiveIntegerField(null=True)  # cases a year
    minutes = models.FloatField(null=True)  # of a user and of officials, for one case, today
    steps = models.PositiveSmallIntegerField(null=True)
    documents = models.PositiveSmallIntegerField(null=True)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=80)
    changed_at = models.DateTimeField(null=True)  # what the list says of it, not how far it is
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["body", "key", "id"]
        verbose_name = "process"


class Service(Coded):
    """A service on the list of what becomes digital, or digital already."""

    owner = models.ForeignKey("inventory.StateBody", models.PROTECT, related_name="services")
    processes = models.ManyToManyField(Process, related_name="services")
    title = models.CharField(max_length=500)
    key = models.CharField(max_length=500, db_index=True)
    category = models.CharField(max_length=40, blank=True)
    deadline = models.DateField(null=True)
    volume = models.PositiveIntegerField(null=True)  # cases a year
    minutes = models.FloatField(null=True)  # for one case today
    minutes_after = models.FloatField(null=True)  # for one case when it is digital
    protected_share = models.FloatField(null=True)  # of users who need social protection, 0 to 1
    channel = models.CharField(max_length=20, blank=True)  # how it is asked for today
    effort = models.FloatField(null=True)  # person-days to digitise
    address = models.URLField(max_length=500, blank=True)
    on_portal_since = models.DateField(null=True)
    in_app_since = models.DateField(null=True)
    is_automated = models.BooleanField(null=True)  # in full: no official takes part
    automation = models.FloatField(null=True)  # share of its steps without an official, 0 to 1
    exception_reason = models.CharField(max_length=1000, blank=True)  # why not first in the app
    exception_by = models.CharField(max_length=80, blank=True)
    exception_at = models.DateTimeField(null=True)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=80)
    changed_at = models.DateTimeField(null=True)  # what the list says of it, not how far it is
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["owner", "key", "id"]
        verbose_name = "service"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "key"], condition=models.Q(removed_at=None), name="service_once"
            )
        ]


class ListApproval(Coded):
    """The list of one body, approved as it stood: its four checks found nothing."""

    body = models.ForeignKey("inventory.StateBody", models.PROTECT, related_name="approvals")
    digest = models.CharField(max_length=64)
    functions = models.PositiveIntegerField()
    processes = models.PositiveIntegerField()
    services = models.PositiveIntegerField()
    document = models.JSONField(default=dict)  # the list as it was approved
    note = models.TextField(blank=True)
    approved_at = models.DateTimeField()
    approved_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-approved_at", "-id"]
        verbose_name = "approval of a list"
