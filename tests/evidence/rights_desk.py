"""How the deeds of the data desk are done, for the test of rights."""

from datetime import date

from marra.evidence.actions import desk, discrepancies, observations
from marra.evidence.models.desk import Discrepancy, Return
from marra.evidence.queries import desk as known
from marra.inventory.models.bodies import StateBody
from tests.house.rights import Deed, Registry, World

YEARS = {
    "indicator": "hci.expected_years",
    "place": "UZB",
    "value": 13.3,
    "day": date(2024, 12, 31),
    "basis": "uis-method",
    "source": "SIAT",
}


def made(world: World) -> Return:
    """A return that the body of the world answers."""
    row = desk.open_return(world.root, "undp-hdr", year=2026, place="UZB")
    Return.objects.update(body=StateBody.objects.get(code=world.body))
    return row


def approved(world: World) -> Return:
    """The same, answered and approved."""
    row = made(world)
    answers = {each.question: ("", "not measured") for each in known.items(row)}
    desk.fill(world.root, row.code, version=1, answers=answers)
    return desk.approve(world.root, row.code)


def returns(code: str):
    return lambda stamp: known.returns_for(stamp).filter(code=code).exists()


def opened(_world: World) -> Deed:
    return Deed(lambda stamp: desk.open_return(stamp, "itu-short", year=2026, place="UZB"))


def filled(world: World) -> Deed:
    row = made(world)

    def do(stamp):
        return desk.fill(stamp, row.code, version=1, answers={"EYS": ("13.3", "")})

    return Deed(do, returns(row.code))


def judged(world: World) -> Deed:
    row = made(world)
    answers = {each.question: ("", "not measured") for each in known.items(row)}
    desk.fill(world.root, row.code, version=1, answers=answers)
    return Deed(lambda stamp: desk.approve(stamp, row.code), returns(row.code))


def sent(world: World) -> Deed:
    row = approved(world)
    return Deed(lambda stamp: desk.mark_sent(stamp, row.code, sent_as="No. 12"), returns(row.code))


def seen_years(world: World):
    return observations.enter(world.root, **YEARS, reporter=world.body)


def case_opened(world: World) -> Deed:
    row = seen_years(world)
    return Deed(lambda stamp: discrepancies.open_case(stamp, row.code))


def case_moved(world: World) -> Deed:
    case = discrepancies.open_case(world.root, seen_years(world).code, body=world.body)
    day = world.at.date()

    def do(stamp):
        return discrepancies.move(
            stamp, case.code, step="evidence", text="as found", day=day, version=1
        )

    def seen(stamp):
        return known.cases_for(stamp).filter(code=case.code).exists()

    assert Discrepancy.objects.get().body.code == world.body
    return Deed(do, seen)


RIGHTS: Registry = {
    "return.opened": opened,
    "return.filled": filled,
    "return.approved": judged,
    "return.sent": sent,
    "discrepancy.opened": case_opened,
    "discrepancy.moved": case_moved,
}
