"""How the deeds of notices are done, for the test of their rights."""

from marra.commission.actions import notices, posting
from marra.commission.models.assignments import Assignment
from marra.commission.models.notices import Delivery, Notice
from marra.commission.queries import assignments as queries
from marra.commission.rules.posting import Outcome
from marra.journal.actions import seal
from marra.people import actions as people
from marra.people.rules.contacts import Way
from marra.people.rules.rights import Role
from tests.commission import assignments as make
from tests.house.rights import Deed, Registry, World


def told(world: World, account: str = "") -> Notice:
    """A notice of somebody."""
    owner = account or world.account
    return Notice.objects.create(
        code=f"notice-{owner}",
        account=owner,
        kind="given",
        thing="assignment-1",
        key=owner,
        made_at=world.at,
    )


def owed(world: World) -> Assignment:
    """An assignment due today, owed by somebody who can be told."""
    people.appoint(world.root, world.account, role=Role.EXECUTOR, body=world.body)
    return make.assignment(
        world.root, lead=world.body, group=world.group, deadline=world.at.date()
    )


def reminded(world: World) -> Deed:
    owed(world)
    return Deed(notices.remind)


def listed(world: World) -> Deed:
    owed(world)
    return Deed(notices.send_round)


def heard(world: World) -> Deed:
    owed(world)
    seal(world.at)
    return Deed(notices.hear)


def read(world: World) -> Deed:
    made = told(world)
    return Deed(
        lambda stamp: notices.read(stamp, made.code), lambda stamp: stamp.by == made.account
    )


def by_hand(world: World) -> Deed:
    made = owed(world)
    return Deed(
        lambda stamp: notices.remind_now(stamp, made.code),
        lambda stamp: queries.visible_to(stamp).filter(code=made.code).exists(),
    )


def waiting(world: World, state: str) -> Delivery:
    """A notice on its way by mail."""
    row = told(world)
    return Delivery.objects.create(
        notice=row, way=Way.MAIL, state=state, parcel="parcel-1", next_at=world.at
    )


def claimed(world: World) -> Deed:
    waiting(world, "waiting")
    return Deed(lambda stamp: posting.claim(stamp, way=Way.MAIL))


def tried(world: World) -> Deed:
    waiting(world, "sending")
    return Deed(lambda stamp: posting.settle(stamp, "parcel-1", outcome=Outcome.AWAY))


def retried(world: World) -> Deed:
    waiting(world, "failed")
    return Deed(posting.retry)


RIGHTS: Registry = {
    "notices.made": reminded,
    "notices.heard": heard,
    "notices.listed": listed,
    "notice.read": read,
    "notices.read": lambda _world: Deed(notices.read_all),
    "assignment.reminded": by_hand,
    "deliveries.claimed": claimed,
    "delivery.tried": tried,
    "deliveries.retried": retried,
}
