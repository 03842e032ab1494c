"""Tables of cases: applications, work on them, what happened, and what was written about them."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class Case(Coded):
    """One application for a service, from its draft to its end."""

    service = models.ForeignKey("portal.Service", models.PROTECT, related_name="cases")
    definition = models.ForeignKey("portal.Definition", models.PROTECT, related_name="cases")
    applicant = models.CharField(max_length=80)  # code of the account
    key = models.CharField(max_length=80)  # the name that the applicant's request gave it
    digest = models.CharField(max_length=64, blank=True)  # of a request that came in one piece
    origin = models.CharField(max_length=12, default="web")
    stage = models.CharField(max_length=12, default="draft")
    outcome = models.CharField(max_length=12, blank=True)
    ground = models.CharField(max_length=2000, blank=True)  # why it was refused, by which law
    answers = models.JSONField(default=dict)  # by form, those of a draft too
    state = models.BinaryField()  # of its process, as the engine keeps it
    result = models.JSONField(null=True)  # what was issued
    term = models.PositiveSmallIntegerField(null=True)  # working days, as of the day it was sent
    due_on = models.DateField(null=True)
    waits_since = models.DateField(null=True)  # the term stands still
    wakes_at = models.DateTimeField(null=True, db_index=True)  # the next timer of its process
    started_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    rating = models.PositiveSmallIntegerField(null=True)
    rating_words = models.CharField(max_length=2000, blank=True)
    appeal = models.CharField(max_length=2000, blank=True)
    appealed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-started_at", "-id"]
        verbose_name = "application"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["applicant", "key"], name="case_key_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["applicant", "-started_at"], name="case_of_applicant"),
            models.Index(fields=["service", "stage"], name="case_of_service"),
        ]


class CaseTask(models.Model):
    """A piece of work that a case waits for; its number is that of the engine's command."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    number = models.PositiveIntegerField()
    element = models.CharField(max_length=200)
    kind = models.CharField(max_length=8)  # form, pay, task, call
    lane = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=500, blank=True)
    does = models.CharField(max_length=200, blank=True)  # the form, or the topic of a call
    inputs = models.JSONField(default=dict)
    outputs = models.JSONField(default=dict)
    body = models.ForeignKey("inventory.StateBody", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, default="open")
    since = models.DateTimeField()
    taken_by = models.CharField(max_length=80, blank=True)
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=80, blank=True)
    why = models.CharField(max_length=2000, blank=True)  # it was returned

    class Meta:
        ordering: ClassVar = ["id"]
        verbose_name = "work on an application"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="case_task_number_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "kind", "body"], name="case_task_open"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.element}"


class CaseEvent(models.Model):
    """What happened to a case, as the applicant or only the officials read it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="events")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    what = models.CharField(max_length=12)
    is_public = models.BooleanField()
    text = models.CharField(max_length=2000, blank=True)  # a reason, or the name of a step

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.what


class CaseMessage(models.Model):
    """What the applicant and the body wrote to each other."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="messages")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    is_own = models.BooleanField()  # of the applicant
    text = models.CharField(max_length=2000)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.text[:40]
