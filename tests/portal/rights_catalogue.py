"""How the deeds of the catalogue are done, for the test of their rights."""

from collections.abc import Callable
from datetime import date

from marra.portal.actions import amounts, definitions, importing, publishing, services
from marra.portal.queries import catalogue
from tests.house.rights import Deed, Registry, World
from tests.portal import make


def seen(code: str) -> Callable[..., bool]:
    return lambda stamp: catalogue.visible_to(stamp).filter(code=code).exists()


def entered(world: World) -> Deed:
    return Deed(lambda stamp: services.enter(stamp, world.body, names=make.NAMES))


def described(world: World) -> Deed:
    made = make.draft(world.root, world.body)
    return Deed(
        lambda stamp: services.describe(stamp, made.code, version=1, term=3), seen(made.code)
    )


def definition_kept(world: World) -> Deed:
    made = make.draft(world.root, world.body)
    return Deed(
        lambda stamp: definitions.keep_definition(stamp, made.code, bundle=make.BUNDLE),
        seen(made.code),
    )


def published(world: World) -> Deed:
    made = make.complete(world.root, world.body)
    return Deed(lambda stamp: publishing.publish(stamp, made.code, since=None), seen(made.code))


def paused(world: World) -> Deed:
    made = make.published(world.root, world.body)
    return Deed(lambda stamp: publishing.pause(stamp, made.code, why="Taʼmirda."))


def resumed(world: World) -> Deed:
    made = make.published(world.root, world.body)
    publishing.pause(world.root, made.code, why="Taʼmirda.")
    return Deed(lambda stamp: publishing.resume(stamp, made.code))


def withdrawn(world: World) -> Deed:
    made = make.published(world.root, world.body)
    return Deed(lambda stamp: publishing.withdraw(stamp, made.code, why="Bekor qilindi."))


def imported(_world: World) -> Deed:
    content = b'{"id": 415, "title": "Nikoh"}'
    return Deed(lambda stamp: importing.import_passports(stamp, "p.jsonl", content=content))


def adopted(_world: World) -> Deed:
    return Deed(importing.adopt_passports)


def amount_entered(_world: World) -> Deed:
    return Deed(
        lambda stamp: amounts.enter_amount(
            stamp, since=date(2027, 1, 1), soum=450_000, source="Farmon"
        )
    )


RIGHTS: Registry = {
    "catalogue.entered": entered,
    "catalogue.described": described,
    "catalogue.published": published,
    "catalogue.paused": paused,
    "catalogue.resumed": resumed,
    "catalogue.withdrawn": withdrawn,
    "catalogue.imported": imported,
    "catalogue.adopted": adopted,
    "definition.kept": definition_kept,
    "base-amount.entered": amount_entered,
}
