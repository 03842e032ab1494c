"""Tables of the features that the survey looks for, and how far they are there."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class FeatureState(Coded):
    """Where one feature of the survey's list stands; the list itself is packaged data."""

    feature = models.CharField(max_length=20)  # its code in the packaged list
    list = models.CharField(max_length=4)  # osi or losi
    portal = models.CharField(max_length=80, blank=True)  # region of a local portal
    state = models.CharField(max_length=10, default="unknown")  # yes, partly, no, unknown
    address = models.URLField(max_length=500, blank=True)
    body = models.ForeignKey("inventory.StateBody", models.PROTECT, null=True, related_name="+")
    group = models.CharField(max_length=80, blank=True)  # code of the group that assesses it
    round = models.PositiveIntegerField(default=1)  # of assessment: the one begun last
    note = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=80, blank=True)
    effort = models.FloatField(null=True)  # person-days to have it
    every_days = models.PositiveSmallIntegerField(null=True)  # looked at by machine
    looked_at = models.DateTimeField(null=True)  # by machine, at the address that stands here
    opens = models.BooleanField(null=True)  # whether the address opened then
    kept = models.BooleanField(null=True)  # whether what a machine can try of it was kept
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["list", "portal", "feature"]
        verbose_name = "feature"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list", "portal", "feature"], name="one_state_each")
        ]


class FeatureVerdict(models.Model):
    """What an assessor or the reviewer says of a feature. The last of each in a round counts."""

    feature = models.ForeignKey(FeatureState, models.PROTECT, related_name="verdicts")
    round = models.PositiveIntegerField(default=1)
    part = models.CharField(max_length=10)  # first, second, reviewer
    verdict = models.CharField(max_length=10)
    note = models.TextField(blank=True)
    address = models.URLField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.feature} {self.part} {self.verdict}"
