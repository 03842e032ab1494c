"""Tables of what an adopted plan promised, and of what each new figure says of it."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class Promise(Coded):
    """What one initiative of an adopted plan is to do to one indicator; frozen on approval."""

    plan = models.ForeignKey("commission.PlanVersion", models.PROTECT, related_name="promises")
    initiative = models.CharField(max_length=80)
    title = models.JSONField()  # by language, or one text
    indicator = models.CharField(max_length=60, db_index=True)
    unit = models.CharField(max_length=40)
    start = models.PositiveSmallIntegerField()
    seen_from = models.PositiveSmallIntegerField()  # first edition that can see it
    base = models.FloatField(null=True)  # the indicator's value when it was promised
    low = models.FloatField()
    likely = models.FloatField()
    high = models.FloatField()
    path = models.JSONField()  # by year: the likely value promised
    frozen_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["plan", "initiative", "indicator"]
        verbose_name = "promise"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "initiative", "indicator"], name="one_promise_each"
            )
        ]


class Review(Coded):
    """How a plan does after a new edition or observation: the change of rank, parted."""

    plan = models.ForeignKey("commission.PlanVersion", models.PROTECT, related_name="reviews")
    cause = models.CharField(max_length=80)  # code of a release or an observation
    before = models.CharField(max_length=40)  # edition or day compared with
    after = models.CharField(max_length=40)
    parts = models.JSONField()  # own, competitors, method; by initiative promised and delivered
    missed = models.BooleanField()
    reopened = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name = "review of a plan"
