"""Tables of what people are told, by which way, and of reports that were published."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class Notice(Coded):
    """One thing that one account is told once."""

    account = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=30)
    thing = models.CharField(max_length=80, db_index=True)
    key = models.CharField(max_length=160, unique=True)  # so that nobody is told twice
    sentence = models.CharField(max_length=500)  # msgid
    facts = models.JSONField(default=dict)
    rung = models.PositiveSmallIntegerField(default=0)  # of the ladder
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name = "notice"


class Delivery(models.Model):
    """A notice on its way by mail, Telegram or SMS."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    way = models.CharField(max_length=10)  # mail, telegram, sms
    state = models.CharField(max_length=10, db_index=True)  # waiting, sent, failed, given-up
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "way"], name="one_delivery_each")
        ]

    def __str__(self) -> str:
        return f"{self.notice} {self.way}"


class ContactWay(Coded):
    """Where an account wants to be told: mail address, Telegram chat, phone number."""

    account = models.CharField(max_length=80, db_index=True)
    way = models.CharField(max_length=10)
    address = models.CharField(max_length=120)
    language = models.CharField(max_length=10)
    is_on = models.BooleanField(default=True)
    set_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["account", "way"]
        verbose_name = "way to be told"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "way"], name="one_way_each")
        ]


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
