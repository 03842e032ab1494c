"""Make services of the portal, through actions."""

from datetime import datetime, timedelta
from decimal import Decimal

from marra.door import terminal_stamp
from marra.people import actions as people
from marra.people.rules.rights import APPOINTED, Role, Stamp
from marra.portal.actions import applying, definitions, publishing, services, settling
from marra.portal.models.cases import Case
from marra.portal.models.catalogue import Service
from marra.portal.queries import cases
from marra.portal.rules.money import Fee
from marra.portal.rules.processes import process
from marra.portal.rules.questions import form
from marra.portal.rules.steps import step
from marra.portal.rules.told import Opened
from tests.conftest import NOON
from tests.inventory import make as inventory
from tests.portal import bundle as bundles

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


def running(
    stamp: Stamp, *steps: str, body: str = "justice", bundle: object = None, **told: object
) -> Service:
    """A published service with a process of these steps."""
    made = complete(stamp, body, **told)
    definitions.keep_definition(stamp, made.code, bundle=bundle or bundles.bundle(*steps))
    return publishing.publish(stamp, made.code, since=None)


def citizen(name: str = "a.karimova") -> Stamp:
    """Somebody with an account and no role."""
    account = people.register(terminal_stamp(), name=name, password="olma anor behi")
    return holder(account.code)


def holder(code: str, at: datetime = NOON) -> Stamp:
    """The stamp of an account without any role."""
    return Stamp(code, at, frozenset({(Role.HOLDER, code), (Role.VISITOR, "")}))


def official(body: str = "justice", code: str = "account-0ff1c1a1") -> Stamp:
    """Somebody who acts for a body."""
    held = {(Role.EXECUTOR, body), (Role.HOLDER, code), (Role.VISITOR, "")}
    return Stamp(code, NOON, frozenset(held))


def later(stamp: Stamp, days: int) -> Stamp:
    """The same person, days later."""
    return Stamp(stamp.by, stamp.at + timedelta(days=days), stamp.roles)


def sent(stamp: Stamp, service: str, answers: object = None) -> Case:
    """An application that was sent."""
    made = applying.begin(stamp, service)
    for each in list(cases.calls(made)):
        outputs = {"citizens": {"full_name": "Anora Karimova"}}
        settling.settle(terminal_stamp(), made.code, number=each.number, outputs=outputs)
    told = dict(answers or bundles.ANSWERS)
    for page in ("who", "copies", "abroad", "country"):
        applying.save_page(stamp, made.code, step=page, answers=told)
    return applying.submit(stamp, made.code)


def everybody() -> Stamp:
    """Every role, everywhere: for making things outside of tests."""
    return Stamp("account-40070000", NOON, frozenset((role, "") for role in APPOINTED))
