"""Read accounts, roles and sign-ins."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet

from marra.people.models import Account, Appointment, SignIn
from marra.people.rules.rights import Role, Stamp
from marra.people.rules.signing_in import TooManyTries, closed_until
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
