"""Tables of payments: what an applicant owes, and every attempt to pay it."""

from typing import ClassVar

from django.db import models

from marra.store import Coded


class ChargeRow(Coded):
    """What is owed in a case at one step of its process."""

    case = models.ForeignKey("portal.Case", models.CASCADE, related_name="charges")
    number = models.PositiveIntegerField()  # of the step's work
    multiple = models.DecimalField(max_digits=12, decimal_places=4)
    discount = models.DecimalField(max_digits=5, decimal_places=4, default=0)
    base = models.PositiveIntegerField()  # soʻm, of the day it was made
    amount = models.BigIntegerField()  # tiyin
    is_closed = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = "charge"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="charge_once")
        ]


class Attempt(models.Model):
    """One attempt of a payment system; times in milliseconds since 1970, as they tell them."""

    charge = models.ForeignKey(ChargeRow, models.CASCADE, related_name="attempts")
    system = models.CharField(max_length=8)
    number = models.CharField(max_length=64)
    own = models.BigIntegerField(unique=True)
    amount = models.BigIntegerField()
    stage = models.CharField(max_length=12)
    created = models.BigIntegerField()
    asked = models.BigIntegerField(default=0)
    performed = models.BigIntegerField(default=0)
    ended = models.BigIntegerField(default=0)
    reason = models.IntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["system", "number"], name="attempt_once")
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.number}"
