"""Tables of the service standard and of how services meet it."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class Standard(Coded):
    """One version of the requirements, as its file says."""

    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=200)
    document = models.TextField()  # the requirements, canonical JSON
    digest = models.CharField(max_length=64)
    in_force_from = models.DateField()
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
    verdict = models.CharField(max_length=10)  # met, partly, not-met, not-applicable
    note = models.TextField(blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    run = models.ForeignKey("inventory.CheckRun", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name = "assessment"
