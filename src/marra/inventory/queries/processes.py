"""Read processes: those that stand, of the bodies whose lists a person may read."""

from django.db.models import Q

from marra.inventory.models.bodies import StateBody
from marra.inventory.models.functions import Process
from marra.inventory.queries.reading import readable, reads_all
from marra.kit.errors import NotFound
from marra.kit.text import gettext_noop
from marra.language.fold import fold
from marra.people.rules.rights import Stamp
from marra.store import Named


class NoSuchProcess(NotFound):
    """There is no process of that title, or several."""

    sentence = gettext_noop(
        "There is no single process “{title}”. Copy its title from the page of its body."
    )


def visible_to(stamp: Stamp) -> Named[Process]:
    """The processes this person may know of, body by body in the order of their titles."""
    rows = Process.all().filter(removed_at=None).select_related("body", "function")
    return rows if reads_all(stamp) else rows.filter(body__in=readable(stamp))


def locked(stamp: Stamp, code: str) -> Process:
    """The process of that code for a change, if this person may know of it."""
    return visible_to(stamp).select_for_update(of=("self",)).named(code)


def target(stamp: Stamp, told: str, body: StateBody) -> Process:
    """The process of that code or title, those of the body first; refuses with `NoSuchProcess`."""
    rows = visible_to(stamp).filter(Q(code=told.strip()) | Q(key=fold(told)[:500]))
    for found in (rows.filter(body=body)[:2], rows[:2]):
        if len(found) == 1:
            return found[0]
    raise NoSuchProcess(title=told.strip()[:80])
