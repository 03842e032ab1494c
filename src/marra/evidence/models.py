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
