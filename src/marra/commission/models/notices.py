"""Tables of what people are told, by which way, and of reports that were published."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class Notice(Coded):
    """One thing that one account is told once."""

    account = models.CharField(max_length=80)
    kind = models.CharField(max_length=30)  # which sentence says it
    thing = models.CharField(max_length=80, db_index=True)
    key = models.CharField(max_length=240, unique=True)  # so that nobody is told twice
    facts = models.JSONField(default=dict)
    rung = models.PositiveSmallIntegerField(default=0)  # of the ladder
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = "notice"
        indexes: ClassVar = [
            models.Index(fields=["account", "-id"], name="notices_of_an_account"),
            models.Index(
                fields=["account"], condition=models.Q(read_at=None), name="notices_unread"
            ),
        ]


class Delivery(models.Model):
    """A notice on its way by mail, Telegram or SMS; those of one parcel go as one message."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    way = models.CharField(max_length=10)  # mail, telegram, sms
    state = models.CharField(max_length=10)  # waiting, sending, sent, failed
    parcel = models.CharField(max_length=80, blank=True, db_index=True)  # once it was tried
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=20, blank=True)  # away, refused, no-address
    parts = models.PositiveSmallIntegerField(default=0)  # of an SMS
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["state", "way", "next_at"], name="deliveries_due"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "way"], name="one_delivery_each")
        ]

    def __str__(self) -> str:
        return f"{self.notice} {self.way}"


class Heard(models.Model):
    """Up to which sealed entry of the journal people were told what happened; one row."""

    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.position)


class QuarterReport(Coded):
    """A quarterly report as it was approved; the public page shows these figures."""

    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    document = models.TextField()  # its figures and texts, canonical JSON
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["-year", "-quarter", "-id"]
        verbose_name = "quarterly report"
