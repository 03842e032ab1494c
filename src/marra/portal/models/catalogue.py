"""Tables of the catalogue: services, their channels, fees and events, and amounts of a day."""

from typing import ClassVar

from django.db import models

from marra.kit.text import Text
from marra.portal.rules.services import text
from marra.store import Coded


class Service(Coded):
    """A service as citizens see it: from a draft to what was withdrawn."""

    number = models.CharField(max_length=40, blank=True, db_index=True)  # of its passport
    names = models.JSONField(default=dict)  # by language: uz, uz_cyrl, ru, en
    about = models.JSONField(default=dict)  # what one gets, by language
    key = models.CharField(max_length=500, db_index=True)  # the folded Uzbek name
    body = models.ForeignKey("inventory.StateBody", models.PROTECT, null=True, related_name="+")
    body_named = models.CharField(max_length=200, blank=True)  # where no body of ours is meant
    row = models.ForeignKey("inventory.Service", models.PROTECT, null=True, related_name="+")
    audience = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=12, default="ordinary")
    parts = models.ManyToManyField("self", symmetrical=False, related_name="wholes")
    term = models.PositiveSmallIntegerField(null=True)  # working days; 0 is at once
    term_told = models.CharField(max_length=200, blank=True)  # as the passport says it
    fee_told = models.CharField(max_length=200, blank=True)
    documents = models.JSONField(null=True)  # names by language; [] is none, null not known
    legal = models.JSONField(default=list)  # title and address of each act
    steps = models.JSONField(default=list)  # as the passport tells them
    declared_automatic = models.BooleanField(null=True)
    uses = models.PositiveIntegerField(null=True)
    rating = models.FloatField(null=True)
    taken = models.CharField(max_length=64, blank=True)  # digest of its passport, until written
    lacks = models.JSONField(default=list)  # codes of what it lacks, as of its last change
    state = models.CharField(max_length=12, default="draft", db_index=True)
    state_why = models.CharField(max_length=1000, blank=True)
    state_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)  # for the first time
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=80)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["key", "id"]
        verbose_name = "service"

    @property
    def name(self) -> Text:
        """The name in four languages; the number of the passport where nobody wrote one."""
        return text(self.names, f"№ {self.number or self.code}")


class Opening(models.Model):
    """A channel through which a service is asked for, since a day."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="openings")
    channel = models.CharField(max_length=12)
    since = models.DateField(null=True)  # null: with the publication
    address = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "channel"], name="opening_once")
        ]

    def __str__(self) -> str:
        return self.channel


class Occasion(models.Model):
    """An event in a life or a business that brings people to a service."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="occasions")
    event = models.CharField(max_length=40, db_index=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "event"], name="occasion_once")
        ]

    def __str__(self) -> str:
        return self.event


class Fee(models.Model):
    """What a service costs, as multiples of the basic calculation amount."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="fees")
    least = models.DecimalField(max_digits=10, decimal_places=5)
    most = models.DecimalField(max_digits=10, decimal_places=5)
    since = models.DateField(null=True)
    what = models.CharField(max_length=200, blank=True)
    per = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["since", "id"]

    def __str__(self) -> str:
        return str(self.least)


class BaseAmount(Coded):
    """The basic calculation amount that a decree set, from a day on; the latest entry stands."""

    since = models.DateField(db_index=True)
    soum = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["since", "entered_at", "id"]
        verbose_name = "basic calculation amount"
