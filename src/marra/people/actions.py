"""Change accounts, roles and passwords; come in."""

from datetime import timedelta
from typing import Final

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction

from marra.journal.actions import record
from marra.people import queries
from marra.people.models import Account, Appointment, SignIn
from marra.people.rules.accounts import (
    AccountClosed,
    NameTaken,
    WeakPassword,
    WrongPassword,
    checked_name,
    checked_password,
)
from marra.people.rules.appointments import (
    AlreadyAppointed,
    LastAdministrator,
    NotAppointed,
    as_fact,
    checked_role,
    checked_scope,
)
from marra.people.rules.rights import Role, Stamp, rights
from marra.store import fresh_code

KEEP_SIGN_INS: Final = timedelta(days=180)


@transaction.atomic
def register(stamp: Stamp, *, name: str, password: str, full_name: str = "") -> Account:
    """Open an account without any role."""
    stamp.require(*rights("people")["account.registered"])
    if Account.objects.filter(name=checked_name(name)).exists():
        raise NameTaken(name=name)
    account = Account(
        code=fresh_code("account"), name=name, full_name=full_name.strip(), since=stamp.at
    )
    _set_password(account, password)
    account.save()
    record(stamp, "account.registered", account.code)
    return account


@transaction.atomic
def appoint(stamp: Stamp, code: str, *, role: str, body: str = "") -> Appointment:
    """Give an open account a role, everywhere or in one state body or working group."""
    account = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("people")["account.appointed"])
    if not account.is_active:
        raise AccountClosed(name=account.name)
    scope = checked_scope(checked_role(role), body)
    if queries.standing(account).filter(role=role, body=scope).exists():
        raise AlreadyAppointed(name=account.name, role=Role(role))
    appointment = Appointment.objects.create(
        account=account, role=role, body=scope, since=stamp.at
    )
    record(stamp, "account.appointed", code, role=as_fact(Role(role)), body=scope)
    return appointment


@transaction.atomic
def dismiss(stamp: Stamp, code: str, *, role: str, body: str = "") -> None:
    """Take a role from an account; the last administrator keeps it."""
    account = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("people")["account.dismissed"])
    held = queries.standing(account).filter(role=checked_role(role), body=body).first()
    if held is None:
        raise NotAppointed(name=account.name, role=Role(role))
    if (held.role, held.body) == (Role.ADMINISTRATOR, ""):
        _leave_an_administrator(account)
    held.until = stamp.at
    held.save(update_fields=["until"])
    record(stamp, "account.dismissed", code, role=as_fact(Role(role)), body=body)


@transaction.atomic
def close(stamp: Stamp, code: str) -> Account:
    """Close an account and end its roles; what it did stays in the journal."""
    account = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("people")["account.closed"])
    if not account.is_active:
        raise AccountClosed(name=account.name)
    _leave_an_administrator(account)
    queries.standing(account).update(until=stamp.at)
    account.closed_at = stamp.at
    account.set_unusable_password()
    account.save(update_fields=["closed_at", "password"])
    record(stamp, "account.closed", code)
    return account


@transaction.atomic
def change_password(stamp: Stamp, code: str, *, old: str, new: str) -> Account:
    """Change one's own password; every other session of the account ends by it."""
    account = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("people")["account.password-changed"], of=account.code)
    if not account.check_password(old):
        raise WrongPassword
    _set_password(account, new)
    account.save(update_fields=["password"])
    record(stamp, "account.password-changed", code)
    return account


@transaction.atomic
def reset_password(stamp: Stamp, code: str, *, new: str) -> Account:
    """Set a new password for somebody who has lost theirs."""
    account = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("people")["account.password-reset"])
    if not account.is_active:
        raise AccountClosed(name=account.name)
    _set_password(account, new)
    account.save(update_fields=["password"])
    record(stamp, "account.password-reset", code)
    return account


@transaction.atomic
def knock(stamp: Stamp, *, name: str, address: str | None) -> SignIn:
    """Keep a try to sign in, before the password is looked at; refuses after too many failures.

    It counts as a failure until `enter`: tries made at the same moment cannot slip past the limit.
    """
    stamp.require(*rights("people")["sign-in.tried"])
    name = name[:40]
    queries.stay_outside(name, address, stamp.at)
    SignIn.objects.filter(at__lt=stamp.at - KEEP_SIGN_INS).delete()
    account = Account.objects.filter(name=name).first()
    made = SignIn.objects.create(
        code=fresh_code("sign-in"), at=stamp.at, name=name, address=address, account=account
    )
    record(stamp, "sign-in.tried", made.code)
    return made


@transaction.atomic
def enter(stamp: Stamp, code: str) -> SignIn:
    """Note that the password of a try was right."""
    made = SignIn.all().select_for_update().named(code)
    stamp.require(*rights("people")["sign-in.succeeded"])
    made.succeeded = True
    made.save(update_fields=["succeeded"])
    record(stamp, "sign-in.succeeded", code, account=made.account.code if made.account else None)
    return made


@transaction.atomic
def sweep_sessions(stamp: Stamp) -> int:
    """Remove sessions that have ended; how many."""
    stamp.require(*rights("people")["sessions.swept"])
    count, _ = Session.objects.filter(expire_date__lt=stamp.at).delete()
    if count:
        record(stamp, "sessions.swept", "sessions", count=count)
    return count


def _set_password(account: Account, password: str) -> None:
    checked_password(password, name=account.name)
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        raise WeakPassword from None
    account.set_password(password)


def _leave_an_administrator(account: Account) -> None:
    others = queries.administrators().select_for_update().exclude(pk=account.pk)
    if queries.administrators().filter(pk=account.pk).exists() and not others.first():
        raise LastAdministrator(name=account.name)
