"""Tables of sessions: agenda, minutes, decisions, signatures."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class Session(Coded):
    """A session of the Commission, or a meeting of a group."""

    group = models.ForeignKey(
        "commission.Group", models.PROTECT, null=True, related_name="sessions"
    )
    title = models.CharField(max_length=200)
    number = models.PositiveIntegerField(null=True)  # given when the minutes are closed
    year = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    venue = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10)  # planned, open, closed, cancelled
    chaired_by = models.CharField(max_length=120, blank=True)
    kept_by = models.CharField(max_length=120, blank=True)  # who keeps the minutes
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    document = models.TextField(blank=True)  # the minutes as closed, canonical JSON
    digest = models.CharField(max_length=64, blank=True)
    called_by = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-starts_at", "-id"]
        verbose_name = "session"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "year", "number"],
                condition=models.Q(number__isnull=False),
                nulls_distinct=False,
                name="one_number_each",
            )
        ]


class Attendance(models.Model):
    """Who was asked to come, and came."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    member = models.ForeignKey("commission.Member", models.PROTECT, null=True, related_name="+")
    full_name = models.CharField(max_length=120)
    position = models.CharField(max_length=200, blank=True)
    present = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["session", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "full_name"], name="one_place_each")
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.full_name}"


class AgendaItem(Coded):
    """One item of an agenda, with what the minutes say of it."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=500)
    speaker = models.CharField(max_length=200, blank=True)
    proposal = models.ForeignKey(
        "commission.Proposal", models.PROTECT, null=True, related_name="agenda_items"
    )
    plan = models.ForeignKey("commission.PlanVersion", models.PROTECT, null=True, related_name="+")
    minutes = models.TextField(blank=True)  # written only while the session is open
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["session", "number", "id"]
        verbose_name = "item of an agenda"


class Decision(Coded):
    """One numbered clause of the minutes."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    outcome = models.CharField(max_length=12)  # noted, accepted, rejected, assigned
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)  # struck out before the minutes were closed

    class Meta:
        ordering: ClassVar = ["session", "number", "id"]
        verbose_name = "decision"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "number"],
                condition=models.Q(removed_at=None),
                name="one_clause_of_minutes",
            )
        ]


class Signature(Coded):
    """A signature under closed minutes, or under a report, with what was signed."""

    thing = models.CharField(max_length=80, db_index=True)  # code of a session or a report
    digest = models.CharField(max_length=64)  # of the document that was signed
    signer = models.CharField(max_length=120)
    position = models.CharField(max_length=200, blank=True)
    adapter = models.CharField(max_length=20)
    certificate = models.CharField(max_length=80, blank=True)  # serial number
    content = models.TextField()  # PKCS#7, base64
    is_valid = models.BooleanField()
    signed_at = models.DateTimeField()
    signed_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["signed_at", "id"]
        verbose_name = "signature"
