"""Tables of assignments: who owes what by when, with what proof, and who accepted it."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class Assignment(Coded):
    """Something that a body owes by a day. The first deadline is never overwritten."""

    number = models.CharField(max_length=40, unique=True)  # 2026/17
    title = models.CharField(max_length=500)
    key = models.CharField(max_length=500, db_index=True)  # the folded title
    text = models.TextField(blank=True)
    group = models.ForeignKey("commission.Group", models.PROTECT, null=True, related_name="+")
    clause = models.ForeignKey(
        "commission.Clause", models.PROTECT, null=True, related_name="assignments"
    )
    obligation = models.ForeignKey(
        "commission.Obligation", models.PROTECT, null=True, related_name="assignments"
    )
    decision = models.ForeignKey(
        "commission.Decision", models.PROTECT, null=True, related_name="assignments"
    )
    proposal = models.ForeignKey(
        "commission.Proposal", models.PROTECT, null=True, related_name="assignments"
    )
    plan = models.ForeignKey(
        "commission.PlanVersion", models.PROTECT, null=True, related_name="assignments"
    )
    initiative = models.CharField(max_length=80, blank=True)
    indicator = models.CharField(max_length=60, blank=True, db_index=True)
    lead = models.ForeignKey("inventory.StateBody", models.PROTECT, related_name="led")
    head_name = models.CharField(max_length=120)  # the first head, by name
    basis = models.CharField(
        max_length=300, blank=True
    )  # the document, where it is no clause here
    co_executors = models.ManyToManyField("inventory.StateBody", related_name="helped")
    ijro_number = models.CharField(max_length=60, blank=True, db_index=True)
    given_on = models.DateField()
    first_deadline = models.DateField()
    deadline = models.DateField(db_index=True)
    extensions = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=16, db_index=True)
    percent = models.PositiveSmallIntegerField(default=0)
    delegated_to = models.CharField(max_length=80, blank=True)  # account inside the lead body
    submitted_at = models.DateTimeField(null=True)
    returns = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)  # when the last step accepted it
    delivered_on = models.DateField(null=True)  # the day of the submission that was accepted
    removed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["deadline", "id"]
        verbose_name = "assignment"
        indexes: ClassVar = [
            models.Index(fields=["state", "deadline"], name="assignments_due"),
            models.Index(fields=["lead", "state", "deadline"], name="assignments_of_a_body"),
        ]


class Checkpoint(Coded):
    """An interim day of an assignment that runs longer than three months."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="checkpoints")
    due = models.DateField(db_index=True)
    title = models.CharField(max_length=300, blank=True)
    reported_at = models.DateTimeField(null=True)
    reported_by = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    percent = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["assignment", "due", "id"]
        verbose_name = "checkpoint"


class Progress(Coded):
    """How far it was, told between giving and submitting."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="progress")
    percent = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    on_behalf_of = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["assignment", "-id"]
        verbose_name = "report of progress"


class Submission(Coded):
    """What was done, told with proof."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="submissions")
    text = models.TextField()
    links = models.JSONField(default=list)
    files = models.ManyToManyField("archive.StoredFile", related_name="+")
    observations = models.JSONField(default=list)  # codes of observations it rests on
    on_behalf_of = models.CharField(max_length=80, blank=True)  # the account it deputises for
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["assignment", "-id"]
        verbose_name = "submission"


class Verdict(Coded):
    """One step of acceptance: the group's secretary first, then the Commission's."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="verdicts")
    step = models.CharField(max_length=10)  # group, commission
    accepted = models.BooleanField()
    reason = models.CharField(max_length=2000, blank=True)  # of a return
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["submission", "id"]
        verbose_name = "verdict"


class Extension(Coded):
    """More time asked for, and the answer."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="asked")
    before = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=2000)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    granted = models.BooleanField(null=True)
    answer = models.CharField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["assignment", "-id"]
        verbose_name = "extension"


class Removal(Coded):
    """Taken from control, with grounds."""

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="removal")
    ground = models.CharField(max_length=20)  # duplicate, not-needed, done-otherwise, act-repealed
    text = models.TextField()
    document = models.CharField(max_length=300)
    instead = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name = "removal"


class Deputy(Coded):
    """Somebody who acts for a head or an executor of a body, from a day until a day."""

    body = models.CharField(max_length=80, db_index=True)  # a state body or a group
    role = models.CharField(max_length=20)
    account = models.CharField(max_length=80, db_index=True)  # who acts
    for_account = models.CharField(max_length=80)  # for whom
    document = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    gave_role = models.BooleanField(default=False)  # it goes again with the deputyship
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-since", "-id"]
        verbose_name = "deputy"
