"""Read accounts, roles and sign-ins."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet

from marra.people.models import (
    Account,
    Appointment,
    ContactWay,
    Factor,
    SignIn,
    SpareCode,
    Wishes,
)
from marra.people.rules.ciphers import deciphered
from marra.people.rules.contacts import Reach, Way
from marra.people.rules.one_time import APPLICATION
from marra.people.rules.passkeys import PASSKEY
from marra.people.rules.rights import Role, Stamp
from marra.people.rules.signing_in import PAUSE, TooManyTries, closed_until
from marra.store import Named, NothingNamed


def visible_to(stamp: Stamp) -> Named[Account]:
    """The accounts this person may know of: all for administrators and auditors, else the own."""
    if stamp.reads_everything:
        return Account.all()
    return Account.all().filter(code=stamp.by)


def by_name(stamp: Stamp, name: str) -> Account:
    """The account of that name, if this person may know of it; refuses with `NothingNamed`."""
    found = visible_to(stamp).filter(name=name).first()
    if found is None:
        raise NothingNamed(kind="account", code=name)
    return found


def names(codes: set[str]) -> dict[str, str]:
    """The names behind account codes, for pages that show the journal to administrators."""
    return dict(Account.objects.filter(code__in=codes).values_list("code", "name"))


def standing(account: Account) -> QuerySet[Appointment]:
    """The appointments that an account holds now."""
    return Appointment.objects.filter(account=account, until=None).order_by("role", "body")


def holders(stamp: Stamp) -> QuerySet[Appointment]:
    """Every standing appointment of the accounts this person may know of."""
    standing = Appointment.objects.filter(until=None, account__in=visible_to(stamp))
    return standing.select_related("account")


def holding(role: Role, scope: str) -> QuerySet[Account]:
    """Open accounts that hold a role in that very body or group, by name."""
    return Account.objects.filter(
        closed_at=None,
        appointments__role=role,
        appointments__body=scope,
        appointments__until=None,
    ).order_by("name")


def everybody_holding(*roles: Role) -> dict[tuple[Role, str], list[str]]:
    """The codes of open accounts that hold each of the roles, by role and scope."""
    rows = Appointment.objects.filter(role__in=roles, until=None, account__closed_at=None)
    found: dict[tuple[Role, str], list[str]] = defaultdict(list)
    for role, body, code in rows.order_by("account").values_list("role", "body", "account__code"):
        found[Role(role), body].append(code)
    return found


def reach(codes: Collection[str]) -> dict[str, Reach]:
    """How these accounts are reached outside; one that is closed is not reached at all."""
    rows = Account.objects.filter(code__in=codes, closed_at=None).select_related("wishes")
    return {row.code: _reach(row) for row in rows.prefetch_related("ways")}


def _reach(row: Account) -> Reach:
    ways = {Way(each.way): each.address for each in row.ways.all() if each.is_on}
    wishes = getattr(row, "wishes", None)
    return Reach(wishes.language, wishes.is_quiet, ways) if wishes else Reach(ways=ways)


def wishes_of(stamp: Stamp) -> Wishes | None:
    """The language and the hours that this person chose; None if they never did."""
    return Wishes.objects.filter(account__code=stamp.by).first()


def ways_of(stamp: Stamp) -> dict[Way, ContactWay]:
    """The addresses that this person gave, those that are switched off too."""
    rows = ContactWay.objects.filter(account__code=stamp.by)
    return {Way(row.way): row for row in rows}


def roles_of(account: Account) -> frozenset[tuple[Role, str]]:
    """Every role an account holds, with those nobody needs to be appointed to."""
    appointed = {
        (Role(role), body) for role, body in standing(account).values_list("role", "body")
    }
    return frozenset(appointed | {(Role.HOLDER, account.code), (Role.VISITOR, "")})


def administrators() -> QuerySet[Account]:
    """Open accounts that hold the role of administrator everywhere."""
    return Account.objects.filter(
        closed_at=None,
        appointments__role=Role.ADMINISTRATOR,
        appointments__body="",
        appointments__until=None,
    )


def proved(name: str, password: str) -> Account | None:
    """The open account of that name, if the password is its own.

    Takes as long for a name that does not exist, so that time tells a stranger nothing. Slow on
    purpose: call it outside a transaction.
    """
    account = Account.objects.filter(name=name, closed_at=None).first()
    if account is None:
        make_password(password)
        return None
    return account if account.check_password(password) else None


def factors(account: Account) -> QuerySet[Factor]:
    """The second steps of an account that stand."""
    return Factor.objects.filter(account=account, ended_at=None).exclude(confirmed_at=None)


def begun(account: Account) -> Factor | None:
    """The application that waits for its first code."""
    waiting = Factor.objects.filter(account=account, kind=APPLICATION, confirmed_at=None)
    return waiting.filter(ended_at=None).last()


def known_to(stamp: Stamp) -> Named[Factor]:
    """The second steps this person may know of: those of the accounts they may know of."""
    return Factor.all().filter(account__in=visible_to(stamp))


def spare_codes_left(account: Account) -> int:
    """How many spare codes were not used yet."""
    return SpareCode.objects.filter(account=account, used_at=None).count()


def secret_of(factor: Factor) -> bytes:
    """The secret of an application; refuses with `SecretUnreadable`."""
    return deciphered(bytes(factor.secret), settings.SECRET_KEY, APPLICATION)


def credentials(account: Account) -> list[bytes]:
    """What a browser is asked for: the account's passkeys."""
    keys = factors(account).filter(kind=PASSKEY).values_list("credential", flat=True)
    return [bytes(each) for each in keys if each]


def unfinished(code: str, at: datetime) -> SignIn | None:
    """A try whose password was right not long ago, and that waits for its second step."""
    tries = SignIn.objects.select_related("account").filter(code=code, succeeded=False)
    return tries.filter(at__gt=at - PAUSE, account__closed_at=None).first()


def sign_ins(stamp: Stamp) -> QuerySet[SignIn]:
    """Tries to sign in that this person may see: all for an administrator, else the own ones."""
    tries = SignIn.objects.all().select_related("account")
    return tries if stamp.is_administrator else tries.filter(account__code=stamp.by)


def stay_outside(name: str, address: str | None, at: datetime) -> None:
    """Refuse with `TooManyTries` while an account or an address has failed too often."""
    failed = SignIn.objects.filter(succeeded=False)
    for same in (failed.filter(name=name), failed.filter(address=address)):
        until = closed_until(list(same.order_by("-at").values_list("at", flat=True)[:5]), at)
        if until is not None:
            raise TooManyTries(until=until)
