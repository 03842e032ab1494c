"""Tables of published figures."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class Release(Coded):
    """One edition's figures, or its raw inputs, taken in from one file."""

    class Kind(models.TextChoices):
        """What the file holds."""

        FIGURES = "figures"
        INPUTS = "inputs"

    class Origin(models.TextChoices):
        """How it came here."""

        PACKAGED = "packaged"
        IMPORTED = "imported"

    edition = models.PositiveSmallIntegerField(db_index=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    version = models.CharField(max_length=80)
    name = models.CharField(max_length=255)
    source = models.CharField(max_length=1000, blank=True)
    digest = models.CharField(max_length=64)
    places = models.PositiveSmallIntegerField()
    provisional = models.BooleanField(default=False)
    warnings = models.JSONField(default=list)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["-taken_at", "-id"]
        verbose_name = "release"


class Figure(models.Model):
    """One value of one place: a published figure, or a raw input with its own unit and source."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="figures")
    place = models.CharField(max_length=3)
    indicator = models.CharField(max_length=40)
    value = models.FloatField(null=True)
    flag = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=80, blank=True)
    data_year = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["release", "place", "indicator"], name="one_figure_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.release} {self.place} {self.indicator}"


class Forecast(Coded):
    """A forecast sealed before its edition appeared. Triggers refuse to change or remove it."""

    title = models.CharField(max_length=120)
    edition = models.PositiveSmallIntegerField(db_index=True)
    origin = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=3)
    k = models.PositiveSmallIntegerField()
    futures = models.PositiveIntegerField()
    seed = models.PositiveBigIntegerField()
    nowcast = models.BooleanField()
    method_version = models.CharField(max_length=200)
    data_version = models.CharField(max_length=1000)
    edition_version = models.CharField(max_length=1000)
    document = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()
    sealed_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-sealed_at", "-id"]
        verbose_name = "forecast"


class Score(models.Model):
    """How good a sealed forecast, or persistence beside it, was by one release. Stays too."""

    class Subject(models.TextChoices):
        """What was scored."""

        PROJECTION = "projection"
        PERSISTENCE = "persistence"

    forecast = models.ForeignKey(Forecast, models.PROTECT, related_name="scores")
    release = models.ForeignKey(Release, models.PROTECT, related_name="scores")
    subject = models.CharField(max_length=12, choices=Subject.choices)
    countries = models.PositiveSmallIntegerField()
    rank_mae = models.FloatField()
    rank_crps = models.FloatField()
    coverage_80 = models.FloatField()
    width_80 = models.FloatField()
    brier = models.FloatField()
    rank = models.PositiveSmallIntegerField(null=True)
    log_score = models.FloatField(null=True)
    scored_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["forecast", "release", "-subject"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["forecast", "release", "subject"], name="one_score_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.forecast} {self.release} {self.subject}"
