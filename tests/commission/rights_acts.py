"""How the deeds of acts and obligations are done, for the test of their rights."""

from datetime import date

from marra.commission.actions import acts, obligations
from tests.commission.acts import file, without_acts
from tests.house.rights import Deed, Registry, World

PROOF = {"text": "The portal is open to all.", "day": date(2025, 1, 1), "link": "https://a.uz"}


def adopting(_world: World) -> Deed:
    without_acts()
    return Deed(acts.adopt_acts)


def imported(_world: World) -> Deed:
    return Deed(lambda stamp: acts.import_act(stamp, name="act.toml", content=file()))


def day_set(_world: World) -> Deed:
    day = {"due": date(2027, 1, 1), "reason": "Minutes 4."}
    return Deed(lambda stamp: obligations.set_day(stamp, "O-04a", **day))


def proved(_world: World) -> Deed:
    return Deed(lambda stamp: obligations.prove(stamp, "X-02", **PROOF))


def unproved(world: World) -> Deed:
    made = obligations.prove(world.root, "X-02", **PROOF)
    return Deed(lambda stamp: obligations.unprove(stamp, made.code))


RIGHTS: Registry = {
    "acts.adopted": adopting,
    "act.imported": imported,
    "obligation.day-set": day_set,
    "obligation.proved": proved,
    "obligation.unproved": unproved,
}
