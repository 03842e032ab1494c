"""Tables of automatic checks of real addresses."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class CheckRun(Coded):
    """One look of the machine at one address, asked for by somebody or by the schedule."""

    address = models.URLField(max_length=500)
    host = models.CharField(max_length=255, blank=True, default="", db_index=True)
    subject = models.CharField(max_length=80, db_index=True)  # code of a service or a feature
    state = models.CharField(max_length=10, db_index=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    tries = models.PositiveSmallIntegerField(default=0)
    lost_at = models.DateTimeField(null=True)  # from then on whoever looks is taken to be gone
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    refused = models.CharField(max_length=200, blank=True)  # code of the refusal, if any
    facts = models.JSONField(default=dict)  # bytes, requests, seconds, final address, languages

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        verbose_name = "check of an address"


class CheckFinding(models.Model):
    """What one rule found in one place of a page."""

    run = models.ForeignKey(CheckRun, models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=60)
    requirement = models.CharField(max_length=40, blank=True)
    passed = models.BooleanField(null=True)  # None: could not be looked at
    place = models.CharField(max_length=500, blank=True)  # selector, header, line
    sentence = models.CharField(max_length=500)  # msgid
    facts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["run", "rule", "id"]

    def __str__(self) -> str:
        return f"{self.run} {self.rule}"
