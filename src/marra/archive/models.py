"""The table of kept files."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class StoredFile(Coded):
    """A file as it was uploaded. The bytes lie on disk under their digest."""

    name = models.CharField(max_length=255)
    type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=80, db_index=True)

    class Meta:
        ordering: ClassVar = ["-kept_at", "-id"]
        verbose_name = "file"
