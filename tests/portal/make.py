"""Make services of the portal, through actions."""

from decimal import Decimal

from marra.people.rules.rights import Stamp
from marra.portal.actions import definitions, publishing, services
from marra.portal.models.catalogue import Service
from marra.portal.rules.money import Fee
from marra.portal.rules.processes import process
from marra.portal.rules.questions import form
from marra.portal.rules.steps import step
from marra.portal.rules.told import Opened
from tests.conftest import NOON
from tests.inventory import make as inventory

NAMES = {
    "uz": "Nikohni qayd etish",
    "ru": "Регистрация брака",
    "en": "Registration of marriage",
}
TODAY = NOON.date()
FREE = Fee(Decimal(0), Decimal(0))
BUNDLE = {
    "forms": {"apply": form("individual", [])},
    "bpmn": process([step("Ariza yuboriladi")], name="Nikoh", has_discount=False),
    "dmn": {},
    "personas": [{"name": "Nodira"}],
}


def draft(stamp: Stamp, body: str = "justice", **told: object) -> Service:
    """A draft of which hardly anything is known."""
    return services.enter(stamp, body, **{"names": NAMES, **told})


def complete(stamp: Stamp, body: str = "justice", **told: object) -> Service:
    """A draft that lacks nothing; it runs here unless a channel says otherwise."""
    title = str(told.get("names", NAMES)["uz"])
    row = inventory.service(stamp, owner=body, title=title)
    made = draft(
        stamp,
        body,
        **{
            "about": {"uz": "Nikoh guvohnomasi beriladi."},
            "row": row.code,
            "audience": "individual",
            "term": 3,
            "fees": [FREE],
            "documents": [],
            "legal": [{"title": "Oila kodeksi, 13-modda"}],
            "steps": ["Ariza yuboriladi"],
            "events": ["marriage"],
            "openings": [Opened("mobile"), Opened("web")],
            **told,
        },
    )
    definitions.keep_definition(stamp, made.code, bundle=BUNDLE)
    made.refresh_from_db()
    return made


def published(stamp: Stamp, body: str = "justice", **told: object) -> Service:
    """A service that everybody sees."""
    return publishing.publish(stamp, complete(stamp, body, **told).code, since=None)
