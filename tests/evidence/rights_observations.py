"""How the deeds of observations, targets and reporting keys are done, for the test of rights."""

from datetime import date

from marra.evidence.actions import collecting, observations, steering, taking
from marra.evidence.models.observations import Observation
from marra.evidence.queries import keys as known_keys
from marra.evidence.queries import observations as known
from tests.house.rights import Deed, Registry, World

VALUE = {
    "indicator": "portal.services",
    "place": "UZB",
    "value": 761.0,
    "day": date(2025, 7, 1),
    "basis": "announced",
    "source": "my.gov.uz",
}
FILE = b"""indicator,place,value,day,basis,source,note
portal.services,UZB,761,01.07.2025,announced,my.gov.uz,
"""
TARGET = {"place": "UZB", "value": 700.0, "day": date(2030, 1, 1), "source": "PQ-308"}


def kept(world: World) -> Observation:
    """A value that the body reported and that is not public."""
    return observations.enter(world.root, **VALUE, reporter=world.body, is_public=False)


def seen(code: str):
    return lambda stamp: known.visible_to(stamp).filter(code=code).exists()


def entered(world: World) -> Deed:
    return Deed(lambda stamp: observations.enter(stamp, **VALUE, reporter=world.body))


def imported(world: World) -> Deed:
    return Deed(
        lambda stamp: taking.import_file(
            stamp, name="a.csv", content=FILE, place="UZB", reporter=world.body
        )
    )


def reported(world: World) -> Deed:
    key, _ = steering.make_key(world.root, world.body, title="Portal")
    return Deed(
        lambda stamp: taking.deliver(stamp, key.code, once="1", values=[VALUE]), knows(key.code)
    )


def corrected(world: World) -> Deed:
    code = kept(world).code
    right = {name: VALUE[name] for name in ("day", "basis", "source")}
    return Deed(
        lambda stamp: observations.correct(stamp, code, value=762.0, reason="A slip.", **right),
        seen(code),
    )


def withdrawn(world: World) -> Deed:
    code = kept(world).code
    return Deed(lambda stamp: observations.withdraw(stamp, code, reason="A slip."), seen(code))


def measured(_world: World) -> Deed:
    def adopt(stamp):
        Observation.objects.all().delete()
        return collecting.adopt(stamp)

    return Deed(adopt)


def target_set(_world: World) -> Deed:
    return Deed(lambda stamp: steering.set_target(stamp, "portal.services", **TARGET))


def target_withdrawn(world: World) -> Deed:
    made = steering.set_target(world.root, "portal.services", **TARGET)
    return Deed(lambda stamp: steering.withdraw_target(stamp, made.code))


def responsible(world: World) -> Deed:
    return Deed(lambda stamp: steering.set_responsible(stamp, "portal.services", body=world.body))


def key_made(world: World) -> Deed:
    return Deed(lambda stamp: steering.make_key(stamp, world.body, title="Portal"))


def key_ended(world: World) -> Deed:
    key, _ = steering.make_key(world.root, world.body, title="Portal")
    return Deed(lambda stamp: steering.end_key(stamp, key.code), knows(key.code))


def knows(code: str):
    return lambda stamp: known_keys.visible_to(stamp).filter(code=code).exists()


RIGHTS: Registry = {
    "observation.entered": entered,
    "observation.imported": imported,
    "observation.reported": reported,
    "observation.corrected": corrected,
    "observation.withdrawn": withdrawn,
    "measures.taken": measured,
    "target.set": target_set,
    "target.withdrawn": target_withdrawn,
    "responsible.set": responsible,
    "key.made": key_made,
    "key.ended": key_ended,
}
