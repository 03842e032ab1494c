"""The table of proposals: a problem found, and a remedy for it."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class Proposal(Coded):
    """A problem with its proof in figures, a remedy, and what became of it."""

    group = models.ForeignKey(
        "commission.Group", models.PROTECT, null=True, related_name="proposals"
    )
    title = models.CharField(max_length=200)
    problem = models.TextField()
    remedy = models.TextField(blank=True)
    place = models.CharField(max_length=3)
    indicator = models.CharField(max_length=60, blank=True)
    edition = models.PositiveSmallIntegerField(null=True)
    value = models.FloatField(null=True)
    goal_value = models.FloatField(null=True)
    gap = models.FloatField(null=True)  # contribution to the gap, index points
    function = models.CharField(max_length=80, blank=True)  # codes of other rooms
    service = models.CharField(max_length=80, blank=True)
    feature = models.CharField(max_length=80, blank=True)
    obligation = models.ForeignKey(
        "commission.Obligation", models.PROTECT, null=True, related_name="proposals"
    )
    body = models.ForeignKey("inventory.StateBody", models.PROTECT, null=True, related_name="+")
    plan = models.ForeignKey(
        "commission.PlanVersion", models.PROTECT, null=True, related_name="proposals"
    )
    initiative = models.CharField(max_length=80, blank=True)  # its code in that plan's portfolio
    state = models.CharField(max_length=12)  # draft, put-forward, on-agenda, accepted, ...
    decision = models.ForeignKey(
        "commission.Decision", models.PROTECT, null=True, related_name="proposals"
    )
    reason = models.CharField(max_length=1000, blank=True)  # of the decision
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80, db_index=True)
    moved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name = "proposal"
