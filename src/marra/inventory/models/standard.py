"""Tables of the service standard and of how services meet it."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class Standard(Coded):
    """One version of the requirements, as its file says."""

    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=200)
    document = models.TextField()  # the file of the requirements, as it was adopted
    digest = models.CharField(max_length=64)
    in_force_from = models.DateField()
    group = models.CharField(max_length=80, blank=True)  # code of the group that reviews by it
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-number"]
        verbose_name = "service standard"


class Assessment(Coded):
    """One verdict on one requirement for one service: by body, reviewer, users or machine."""

    service = models.ForeignKey("inventory.Service", models.PROTECT, related_name="assessments")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="assessments")
    requirement = models.CharField(max_length=40)
    by_kind = models.CharField(max_length=10)  # body, review, users, machine
    verdict = models.CharField(max_length=20)  # met, partly, not-met, not-applicable
    note = models.TextField(blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=dict)  # of a trial: users, finished, protected, minutes
    is_current = models.BooleanField(default=True)  # nobody of the same kind has spoken since
    run = models.ForeignKey("inventory.CheckRun", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name = "assessment"
        indexes: ClassVar = [
            models.Index(
                fields=["service", "requirement"],
                condition=models.Q(is_current=True),
                name="current_assessments",
            )
        ]
