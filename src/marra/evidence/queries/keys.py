"""Read reporting keys: an administrator all, an executor those of the own bodies."""

from marra.evidence.models.observations import Delivery, ReportingKey
from marra.evidence.rules.keys import digest_of
from marra.people.rules import Role, Stamp
from marra.store import Named


def visible_to(stamp: Stamp) -> Named[ReportingKey]:
    """The keys this person may know of."""
    keys = ReportingKey.all().select_related("body")
    if stamp.is_administrator:
        return keys
    return keys.filter(body__code__in=stamp.scopes(Role.EXECUTOR))


def keyed(secret: str) -> ReportingKey | None:
    """The key of a secret, ended ones too; None where no key has it."""
    found = ReportingKey.all().select_related("body").filter(digest=digest_of(secret))
    return found.first()


def deliveries(key: ReportingKey) -> list[Delivery]:
    """The last deliveries of a key, newest first."""
    return list(Delivery.objects.filter(key=key)[:20])
