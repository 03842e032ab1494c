"""Tables of people."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from marra.people.rules.rights import APPOINTED
from marra.store import Coded


class Account(AbstractBaseUser, Coded):
    """Somebody who can sign in. The journal knows them by their code only."""

    name = models.CharField(max_length=40, unique=True)
    full_name = models.CharField(max_length=120, blank=True)
    since = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    last_login = None  # sign-ins are kept whole, in a table of their own
    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = "account"

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether the account is open; Django asks by this name."""
        return self.closed_at is None


class Appointment(models.Model):
    """A role held by an account, everywhere or in one state body, from a day until a day."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="appointments")
    role = models.CharField(
        max_length=20, choices=[(role.value, role.value) for role in APPOINTED]
    )
    body = models.CharField(max_length=80, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "role", "body"],
                condition=models.Q(until=None),
                name="one_standing_appointment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.role} {self.body}".strip()


class SignIn(Coded):
    """One try to sign in. Counts as failed until the password has been proved."""

    at = models.DateTimeField(db_index=True)
    name = models.CharField(max_length=40, db_index=True)
    address = models.GenericIPAddressField(null=True, db_index=True)
    succeeded = models.BooleanField(default=False)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="sign_ins")

    class Meta:
        ordering: ClassVar = ["-at"]
        verbose_name = "sign-in"


class Factor(Coded):
    """A second step at sign-in: an application with one-time codes, or a passkey."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="factors")
    kind = models.CharField(max_length=20)  # application, passkey
    name = models.CharField(max_length=40)
    secret = models.BinaryField()  # of an application, enciphered; of a passkey its public key
    credential = models.BinaryField(null=True, unique=True)  # of a passkey
    count = models.BigIntegerField(default=0)  # the last half minute used, or signatures so far
    begun_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["account", "id"]
        verbose_name = "second step"


class SpareCode(models.Model):
    """A code for a lost telephone, kept as its digest; works once."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="spare_codes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "digest"], name="one_spare_code")
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.pk}"


class ContactWay(models.Model):
    """Where an account is told something outside: a mail address, a Telegram chat, a phone."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="ways")
    way = models.CharField(max_length=10)
    address = models.CharField(max_length=120)
    is_on = models.BooleanField(default=True)
    set_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["account", "way"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "way"], name="one_address_each")
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.way}"


class Wishes(models.Model):
    """In which language an account is told something outside, and whether not at night."""

    account = models.OneToOneField(Account, models.PROTECT, related_name="wishes")
    language = models.CharField(max_length=10)
    is_quiet = models.BooleanField(default=True)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account} {self.language}"
