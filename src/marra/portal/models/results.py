"""The table of results: what services issued, and what became of it."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class Result(Coded):
    """A document that a service issued; its code is the number on it."""

    case_code = models.CharField(max_length=80, db_index=True)
    account = models.CharField(max_length=80)  # whose it is
    service = models.ForeignKey("portal.Service", models.PROTECT, related_name="results")
    language = models.CharField(max_length=8)
    told = models.TextField()  # frozen: all it says
    digest = models.CharField(max_length=64)  # of what it says, as it stood that day
    until = models.DateField(null=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)
    file = models.ForeignKey("archive.StoredFile", models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=80, blank=True)
    revoked_why = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering: ClassVar = ["-issued_at", "-id"]
        verbose_name = "result"
