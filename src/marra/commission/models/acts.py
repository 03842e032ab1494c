"""Tables of acts: clauses, obligations, and deadlines that the Commission sets."""

from typing import ClassVar

from django.db import models

from marra.kit.text import Text
from marra.store import Coded


class Act(Coded):
    """A legal act, or another source of obligations that is kept apart from it."""

    kind = models.CharField(max_length=20)  # resolution, decree, source
    number = models.CharField(max_length=40)
    numbers = models.JSONField(default=dict)  # by language: ПП-308 in Russian
    titles = models.JSONField()  # by language
    signed_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    in_force_from = models.DateField(null=True)
    address = models.URLField(max_length=500, blank=True)
    language = models.CharField(max_length=10)  # of the original
    basis = models.CharField(max_length=10)  # proved, quoted, recalled, assumed
    note = models.TextField(blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    origin = models.CharField(max_length=10, default="imported")  # or packaged
    document = models.TextField()  # the whole act as it was taken in, canonical
    digest = models.CharField(max_length=64, unique=True)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=80)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces")

    class Meta:
        ordering: ClassVar = ["-signed_on", "id"]
        verbose_name = "act"

    @property
    def title(self) -> Text:
        """The title in four languages."""
        return Text(**self.titles)

    @property
    def named(self) -> Text:
        """The number as each language writes it."""
        return Text(**self.numbers)


class Clause(models.Model):
    """One clause in the language of the original, with translations."""

    act = models.ForeignKey(Act, models.PROTECT, related_name="clauses")
    number = models.CharField(max_length=20)  # P4-b
    parent = models.CharField(max_length=20, blank=True)
    order = models.PositiveIntegerField()
    original = models.TextField(blank=True)
    texts = models.JSONField()  # by language

    class Meta:
        ordering: ClassVar = ["act", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["act", "number"], name="one_clause_each")
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.number}"

    @property
    def text(self) -> Text:
        """The text in four languages."""
        return Text(**self.texts)


class Obligation(Coded):
    """One checkable thing that a clause asks for. Its code is that of the register: O-10."""

    act = models.ForeignKey(Act, models.PROTECT, related_name="obligations")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="obligations")
    order = models.PositiveIntegerField()
    what = models.JSONField()  # by language
    who = models.JSONField()  # by language, as the text names them
    who_basis = models.CharField(max_length=10)  # quoted, assumed
    aim = models.JSONField(default=dict)  # by language: what would show that it is met
    starts = models.DateField(null=True)  # from when it holds
    due = models.DateField(null=True)  # by when, if the text says so
    reading = models.CharField(max_length=40, blank=True)  # a question that decides some of it
    by_answer = models.JSONField(default=dict)  # by answer: due, measure, target
    measure = models.CharField(max_length=60, blank=True)  # indicator code
    relation = models.CharField(max_length=2, blank=True)  # ge, le
    target = models.FloatField(null=True)
    unit = models.CharField(max_length=40, blank=True)
    proof = models.CharField(max_length=12)  # measure, acceptance, fact
    note = models.JSONField(default=dict)  # by language: what is not sure about it

    class Meta:
        ordering: ClassVar = ["act", "order"]
        verbose_name = "obligation"


class ObligationDay(models.Model):
    """A deadline that the Commission set for an obligation without one; the latest stands."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="days")
    due = models.DateField()
    reason = models.CharField(max_length=1000)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["obligation", "-id"]

    def __str__(self) -> str:
        return f"{self.obligation} {self.due}"


class ObligationProof(Coded):
    """What somebody with that right accepted as proof that an obligation is met, or was not."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="proofs")
    met = models.BooleanField()
    day = models.DateField()  # since when it is met
    value = models.FloatField(null=True)
    text = models.TextField()
    link = models.URLField(max_length=500, blank=True)
    file = models.ForeignKey("archive.StoredFile", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name = "proof"
