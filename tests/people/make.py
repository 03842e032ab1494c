"""Make accounts, through actions."""

from datetime import timedelta

from marra.people import actions
from marra.people.models import Account
from marra.people.rules import Stamp

PASSWORD = "olma anor behi"


def account(stamp: Stamp, name: str = "a.karimov", *roles: str) -> Account:
    made = actions.register(stamp, name=name, password=PASSWORD)
    for role in roles:
        actions.appoint(stamp, made.code, role=role)
    return made


def later(stamp: Stamp, minutes: float) -> Stamp:
    return Stamp(stamp.by, stamp.at + timedelta(minutes=minutes), stamp.roles)
