"""Tables of the international data desk: returns, and cases of figures that differ."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class Return(Coded):
    """What is sent to one international collection in one year; the calendar is packaged data."""

    collection = models.CharField(max_length=40, db_index=True)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10)  # open, filled, approved, sent
    body = models.ForeignKey("inventory.StateBody", models.PROTECT, null=True, related_name="+")
    opens = models.DateField()
    due = models.DateField()
    opened_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_as = models.CharField(max_length=300, blank=True)  # letter, number, channel
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-due", "-id"]
        verbose_name = "return"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collection", "year"], name="one_return_a_year")
        ]


class ReturnItem(models.Model):
    """One question of a return, filled from an observation or by hand with a reason."""

    sent_in = models.ForeignKey(Return, models.CASCADE, related_name="items")
    question = models.CharField(max_length=60)
    value = models.CharField(max_length=1000, blank=True)
    observation = models.ForeignKey(
        "evidence.Observation", models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)
    filled_at = models.DateTimeField(null=True)
    filled_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["sent_in", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sent_in", "question"], name="one_answer_each")
        ]

    def __str__(self) -> str:
        return f"{self.sent_in} {self.question}"


class Discrepancy(Coded):
    """A national figure and a published one that differ, followed until one of them gives way."""

    indicator = models.CharField(max_length=60, db_index=True)
    place = models.CharField(max_length=10)
    edition = models.PositiveSmallIntegerField()  # of the survey that used the published one
    national = models.FloatField()
    national_day = models.DateField()
    national_source = models.CharField(max_length=500)
    observation = models.ForeignKey(
        "evidence.Observation", models.PROTECT, null=True, related_name="+"
    )
    published = models.FloatField()
    published_year = models.PositiveSmallIntegerField(null=True)
    published_source = models.CharField(max_length=500)
    organisation = models.CharField(max_length=40)
    body = models.ForeignKey("inventory.StateBody", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-opened_at", "-id"]
        verbose_name = "discrepancy"


class DiscrepancyStep(models.Model):
    """What happened in a case: evidence found, letter sent, answer come, closed."""

    case = models.ForeignKey(Discrepancy, models.PROTECT, related_name="steps")
    move = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    file = models.ForeignKey("archive.StoredFile", models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["case", "id"]

    def __str__(self) -> str:
        return f"{self.case} {self.move}"
