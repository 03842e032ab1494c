"""The table of state bodies."""

from typing import ClassVar

from django.db import models

from marra.kit.text import Text
from marra.store import Coded


class StateBody(Coded):
    """A state body or organisation, with its place in the tree."""

    names = models.JSONField()  # by language: uz, uz_cyrl, ru, en
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    stir = models.CharField(max_length=9, blank=True)  # the nine digits of a taxpayer
    region = models.CharField(max_length=4, blank=True)  # SOATO of a region
    address = models.URLField(max_length=300, blank=True)
    head_name = models.CharField(max_length=120, blank=True)
    head_position = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=10, default="entered")
    source = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=300, db_index=True)  # the folded Uzbek name
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["key"]
        verbose_name = "state body"

    @property
    def name(self) -> Text:
        """The name in four languages."""
        return Text(**self.names)
