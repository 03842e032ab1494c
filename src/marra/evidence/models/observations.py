"""Tables of observations: what was measured, on which basis, by whom, known since when."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class Observation(Coded):
    """One value of one indicator. Corrected by a later one or withdrawn, never changed."""

    indicator = models.CharField(max_length=60, db_index=True)
    place = models.CharField(max_length=10)  # a country by ISO 3166-1, a region by SOATO
    value = models.FloatField()
    day = models.DateField()  # the day, or the last day of the period, that the value is of
    basis = models.CharField(max_length=60)
    unit = models.CharField(max_length=40)
    source = models.CharField(max_length=500)
    link = models.URLField(max_length=500, blank=True)
    file = models.ForeignKey("archive.StoredFile", models.PROTECT, null=True, related_name="+")
    vintage = models.DateField()  # when this value was known
    origin = models.CharField(max_length=10)  # manual, file, api, room, packaged
    is_public = models.BooleanField(default=True)  # else for those who hold a role
    reporter = models.CharField(max_length=80, blank=True)  # code of the state body
    note = models.CharField(max_length=500, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=80)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)
    withdrawn_why = models.CharField(max_length=500, blank=True)
    stands = models.BooleanField(default=True)  # neither corrected nor withdrawn

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
        verbose_name = "observation"
        indexes: ClassVar = [models.Index(fields=["indicator", "place", "day"], name="series")]


class Target(Coded):
    """What an indicator is to reach by a day, and who set it."""

    indicator = models.CharField(max_length=60, db_index=True)
    place = models.CharField(max_length=10)
    value = models.FloatField()
    day = models.DateField()
    source = models.CharField(max_length=500)
    thing = models.CharField(max_length=80, blank=True)  # an obligation, a decision, a plan
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["indicator", "day", "-id"]
        verbose_name = "target"


class Responsible(Coded):
    """Which body answers for an indicator, from a moment on; the latest stands."""

    indicator = models.CharField(max_length=60, db_index=True)
    body = models.ForeignKey("inventory.StateBody", models.PROTECT, related_name="+")
    since = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-since", "-id"]
        verbose_name = "responsible body"


class ReportingKey(Coded):
    """A key by which a ministry's own system reports; kept as a digest, shown once."""

    body = models.ForeignKey("inventory.StateBody", models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    indicators = models.JSONField(default=list)  # those it may report; none: all of its body
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name = "reporting key"


class Delivery(models.Model):
    """What a key delivered at once; the same delivery again is answered the same way."""

    key = models.ForeignKey(ReportingKey, models.PROTECT, related_name="deliveries")
    once = models.CharField(max_length=80)  # the idempotency key that the sender chose
    digest = models.CharField(max_length=64)  # of what was sent
    codes = models.JSONField(default=list)  # of the observations made
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "once"], name="a_delivery_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.once}"
