"""The table of the journal."""

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One deed. Written once: triggers in the database refuse to change or remove it."""

    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=80, db_index=True)
    deed = models.CharField(max_length=80, db_index=True)
    thing = models.CharField(max_length=80, db_index=True)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name = "journal entry"
        verbose_name_plural = "journal entries"

    def __str__(self) -> str:
        return f"{self.deed} {self.thing}"
