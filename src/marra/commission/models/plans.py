"""Tables of portfolios, plans, scenarios and readings."""

from typing import ClassVar

from django.db import models

from marra.commission.rules.plans import State
from marra.index.plan.portfolio import Words
from marra.kit.text import Text
from marra.store import Coded


class Portfolio(Coded):
    """Initiatives to choose from, kept as versions of one file."""

    title = models.CharField(max_length=120)
    titles = models.JSONField(default=dict)  # by language, where its file has them
    place = models.CharField(max_length=3, db_index=True)
    owner = models.CharField(max_length=80)
    opened_at = models.DateTimeField()
    is_public = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-opened_at", "-id"]
        verbose_name = "portfolio"

    @property
    def called(self) -> Words:
        """The title: in four languages where its file has them."""
        return Text(**self.titles) if self.titles else self.title


class PortfolioVersion(Coded):
    """One file as it was uploaded, and what was read in it. Withdrawn, never changed."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=255)
    format = models.CharField(max_length=10)
    content = models.BinaryField()
    document = models.TextField()
    digest = models.CharField(max_length=64)
    initiatives = models.PositiveIntegerField()
    note = models.TextField(blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        verbose_name = "version of a portfolio"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["portfolio", "number"], name="one_version_each"),
            models.UniqueConstraint(
                fields=["portfolio", "digest"],
                condition=models.Q(withdrawn_at=None),
                name="one_version_of_the_same",
            ),
        ]


class PlanVersion(Coded):
    """A choice from one version of a portfolio, with its price and its odds."""

    version = models.ForeignKey(PortfolioVersion, models.PROTECT, related_name="plans")
    title = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in State])
    place = models.CharField(max_length=3, db_index=True)
    k = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField()
    odds_asked = models.FloatField(null=True)
    budget_asked = models.FloatField(null=True)
    chosen = models.JSONField()
    spending = models.JSONField()
    cost = models.FloatField()
    odds = models.FloatField()
    odds_check = models.FloatField()
    seed = models.PositiveBigIntegerField()
    seed_check = models.PositiveBigIntegerField(null=True)
    futures = models.PositiveIntegerField()
    data_version = models.CharField(max_length=1000)
    edition_version = models.CharField(max_length=1000)
    method_version = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)
    moved_at = models.DateTimeField()
    moved_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        verbose_name = "plan"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place"],
                condition=models.Q(state=State.ADOPTED.value),
                name="one_plan_in_force",
            )
        ]


class Scenario(Coded):
    """A what-if that somebody keeps, and may share by its address."""

    title = models.CharField(max_length=120)
    place = models.CharField(max_length=3)
    by = models.PositiveSmallIntegerField()
    k = models.PositiveSmallIntegerField()
    changes = models.JSONField()
    result = models.JSONField()
    owner = models.CharField(max_length=80, db_index=True)
    kept_at = models.DateTimeField()
    is_public = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-kept_at", "-id"]
        verbose_name = "scenario"


class Reading(Coded):
    """One decision how an open question is read; the latest stands, all are kept."""

    question = models.CharField(max_length=40, db_index=True)
    answer = models.CharField(max_length=40)
    reason = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = "reading"
