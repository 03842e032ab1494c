"""The table of definitions: the versions of a service's executable bundle."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class Definition(Coded):
    """One version of what runs behind a service; frozen when it was published."""

    service = models.ForeignKey("portal.Service", models.PROTECT, related_name="definitions")
    number = models.PositiveIntegerField()
    bundle = models.JSONField()
    digest = models.CharField(max_length=64)
    is_generated = models.BooleanField(default=False)  # drafted from a passport, untouched since
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["service", "-number"]
        verbose_name = "definition"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "number"], name="definition_number_once")
        ]
