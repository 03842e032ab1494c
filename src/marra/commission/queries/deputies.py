"""Read who acts for whom, and since when until when."""

from datetime import date

from marra.commission.models.assignments import Deputy
from marra.people.rules.rights import Role, Stamp
from marra.store import Named


def visible_to(_stamp: Stamp) -> Named[Deputy]:
    """Every deputyship: whoever works here may know who acts for whom."""
    return Deputy.all()


def acting(on: date) -> Named[Deputy]:
    """The deputyships that count on a day."""
    return Deputy.all().filter(since__lte=on, until__gte=on, ended_at=None)


def acts_for(stamp: Stamp, role: Role, scope: str) -> str:
    """The account for which this person acts in that role of a body or group; "" for nobody."""
    found = acting(stamp.at.date()).filter(role=role, body=scope, account=stamp.by).first()
    return found.for_account if found else ""
