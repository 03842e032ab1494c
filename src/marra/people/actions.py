"""Change accounts, roles and passwords; come in."""

from collections.abc import Mapping
from datetime import timedelta
from secrets import token_bytes
from typing import Final

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction

from marra.journal.actions import record
from marra.people import queries
from marra.people.models import (
    Account,
    Appointment,
    ContactWay,
    Factor,
    SignIn,
    SpareCode,
    Wishes,
)
from marra.people.rules import passkeys
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
from marra.people.rules.ciphers import enciphered
from marra.people.rules.contacts import Way, checked_language, checked_way
from marra.people.rules.one_time import (
    APPLICATION,
    SECRET_BYTES,
    SPARE,
    SPARE_BYTES,
    FactorMissing,
    WrongCode,
    called,
    digest_of,
    spare_code,
    used_step,
)
from marra.people.rules.passkeys import Passkey, Site
from marra.people.rules.rights import Role, Stamp, rights
from marra.people.rules.signing_in import WrongNameOrPassword
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
    """Close an account, end its roles, forget its addresses; the journal keeps what it did."""
    account = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("people")["account.closed"])
    if not account.is_active:
        raise AccountClosed(name=account.name)
    _leave_an_administrator(account)
    queries.standing(account).update(until=stamp.at)
    ContactWay.objects.filter(account=account).delete()
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
def begin_application(stamp: Stamp, code: str, *, name: str) -> Factor:
    """Make the secret of an application with one-time codes; counts once it is confirmed."""
    account = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("people")["factor.begun"], of=account.code)
    Factor.objects.filter(account=account, confirmed_at=None).delete()
    made = Factor.objects.create(
        code=fresh_code("factor"),
        account=account,
        kind=APPLICATION,
        name=_called(account, name),
        secret=enciphered(token_bytes(SECRET_BYTES), settings.SECRET_KEY, APPLICATION),
        begun_at=stamp.at,
    )
    record(stamp, "factor.begun", made.code, account=code)
    return made


@transaction.atomic
def confirm_application(stamp: Stamp, code: str, *, number: str) -> Factor:
    """Take an application as second step, once it has shown that it knows the secret."""
    account = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("people")["factor.confirmed"], of=account.code)
    factor = queries.begun(account)
    if factor is None:
        raise FactorMissing
    step = used_step(queries.secret_of(factor), number, stamp.at, last=0)
    if step is None:
        raise WrongCode
    factor.count, factor.confirmed_at = step, stamp.at
    factor.save(update_fields=["count", "confirmed_at"])
    record(stamp, "factor.confirmed", factor.code, account=code)
    return factor


@transaction.atomic
def add_passkey(
    stamp: Stamp, code: str, *, name: str, answer: str, site: Site, challenge: bytes
) -> Factor:
    """Take a passkey as second step."""
    account = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("people")["passkey.added"], of=account.code)
    key = passkeys.made(answer, site, challenge)
    if Factor.objects.filter(credential=key.credential).exists():
        raise passkeys.PasskeyKnown
    made = Factor.objects.create(
        code=fresh_code("factor"),
        account=account,
        kind=passkeys.PASSKEY,
        name=_called(account, name),
        secret=key.public_key,
        credential=key.credential,
        count=key.count,
        begun_at=stamp.at,
        confirmed_at=stamp.at,
    )
    record(stamp, "passkey.added", made.code, account=code)
    return made


@transaction.atomic
def make_spare_codes(stamp: Stamp, code: str) -> list[str]:
    """New spare codes, told this once; those before are worth nothing any more."""
    account = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("people")["spare-codes.made"], of=account.code)
    SpareCode.objects.filter(account=account).delete()
    codes = [spare_code(token_bytes(SPARE_BYTES)) for _ in range(SPARE)]
    SpareCode.objects.bulk_create(
        SpareCode(account=account, digest=digest_of(each), made_at=stamp.at) for each in codes
    )
    record(stamp, "spare-codes.made", code, count=len(codes))
    return codes


@transaction.atomic
def remove_factor(stamp: Stamp, code: str, *, password: str) -> Factor:
    """Take a second step away, having asked for the password once more."""
    factor = queries.known_to(stamp).select_for_update(of=("self",)).named(code)
    stamp.require(*rights("people")["factor.removed"], of=factor.account.code)
    if not factor.account.check_password(password):
        raise WrongPassword
    factor.ended_at, factor.credential = stamp.at, None
    factor.save(update_fields=["ended_at", "credential"])
    if not queries.factors(factor.account).exists():
        SpareCode.objects.filter(account=factor.account).delete()
    record(stamp, "factor.removed", code, account=factor.account.code)
    return factor


@transaction.atomic
def reset_factors(stamp: Stamp, code: str) -> Account:
    """Take every second step from somebody who has lost theirs."""
    account = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("people")["factors.reset"])
    standing = Factor.objects.filter(account=account, ended_at=None)
    count = standing.update(ended_at=stamp.at, credential=None)
    SpareCode.objects.filter(account=account).delete()
    record(stamp, "factors.reset", code, count=count)
    return account


@transaction.atomic
def take_code(stamp: Stamp, code: str, *, first: str, number: str) -> Account:
    """Finish a sign-in by a one-time or a spare code; `first` is the try of the password."""
    made = SignIn.all().select_for_update().named(code)
    stamp.require(*rights("people")["code.taken"])
    account = _waiting(first, stamp)
    used = _by_application(account, number, stamp) or _by_spare_code(account, number, stamp)
    if used is None:
        raise WrongCode
    SignIn.objects.filter(code__in=[made.code, first]).update(succeeded=True)
    record(stamp, "code.taken", code, account=account.code, factor=used)
    return account


@transaction.atomic
def take_passkey(
    stamp: Stamp, code: str, *, first: str, answer: str, site: Site, challenge: bytes
) -> Account:
    """Finish a sign-in by a passkey; `first` is the try of the password."""
    made = SignIn.all().select_for_update().named(code)
    stamp.require(*rights("people")["passkey.used"])
    account = _waiting(first, stamp)
    credential = passkeys.credential_of(answer)
    factor = queries.factors(account).select_for_update().filter(credential=credential).first()
    if factor is None:
        raise passkeys.PasskeyRefused
    known = Passkey(credential, bytes(factor.secret), factor.count)
    factor.count = passkeys.proved(answer, site, challenge, known)
    factor.used_at = stamp.at
    factor.save(update_fields=["count", "used_at"])
    SignIn.objects.filter(code__in=[made.code, first]).update(succeeded=True)
    record(stamp, "passkey.used", code, account=account.code, factor=factor.code)
    return account


@transaction.atomic
def set_contacts(
    stamp: Stamp,
    code: str,
    *,
    language: str,
    is_quiet: bool,
    ways: Mapping[Way, tuple[str, bool]],
) -> None:
    """Set in which language and by which ways somebody is told outside: address, and on or off.

    A way without an address is forgotten.
    """
    account = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("people")["contacts.set"], of=account.code)
    told = {way: (checked_way(way, *given), given[1]) for way, given in ways.items()}
    wishes = {"language": checked_language(language), "is_quiet": is_quiet, "set_at": stamp.at}
    Wishes.objects.update_or_create(account=account, defaults=wishes)
    for way, (address, is_on) in told.items():
        mine = ContactWay.objects.filter(account=account, way=way)
        if not address:
            mine.delete()
        elif not mine.filter(address=address, is_on=is_on).exists():
            given = {"address": address, "is_on": is_on, "set_at": stamp.at}
            ContactWay.objects.update_or_create(account=account, way=way, defaults=given)
    on = ",".join(way for way, (address, is_on) in told.items() if address and is_on)
    record(stamp, "contacts.set", code, language=language, quiet=is_quiet, ways=on)


@transaction.atomic
def sweep_sessions(stamp: Stamp) -> int:
    """Remove sessions that have ended; how many."""
    stamp.require(*rights("people")["sessions.swept"])
    count, _ = Session.objects.filter(expire_date__lt=stamp.at).delete()
    if count:
        record(stamp, "sessions.swept", "sessions", count=count)
    return count


def _called(account: Account, name: str) -> str:
    return called(name, list(queries.factors(account).values_list("name", flat=True)))


def _waiting(first: str, stamp: Stamp) -> Account:
    """Whose second step is awaited, with nobody else taking it at the same moment."""
    found = queries.unfinished(first, stamp.at)
    if found is None or found.account is None:
        raise WrongNameOrPassword
    return Account.all().select_for_update().named(found.account.code)


def _by_application(account: Account, number: str, stamp: Stamp) -> str | None:
    """The application whose code this is; that code and those before are used up by it."""
    for factor in queries.factors(account).filter(kind=APPLICATION):
        step = used_step(queries.secret_of(factor), number, stamp.at, last=factor.count)
        if step is not None:
            factor.count, factor.used_at = step, stamp.at
            factor.save(update_fields=["count", "used_at"])
            return factor.code
    return None


def _by_spare_code(account: Account, number: str, stamp: Stamp) -> str | None:
    unused = SpareCode.objects.filter(account=account, digest=digest_of(number), used_at=None)
    return "spare-code" if unused.update(used_at=stamp.at) else None


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
