"""How the deeds of state bodies are done, for the test of their rights."""

from marra.inventory.actions import bodies
from marra.inventory.models.bodies import StateBody
from marra.inventory.rules.bodies import named
from tests.house.rights import Deed, Registry, World

NAME = named("Sinov qoʻmitasi", "Испытательный комитет", "Committee of Trials")


def adopted(_world: World) -> Deed:
    def do(stamp):
        StateBody.objects.filter(code="tax").delete()
        return bodies.adopt(stamp)

    return Deed(do)


def opened(_world: World) -> Deed:
    return Deed(lambda stamp: bodies.open_body(stamp, name=NAME, kind="committee"))


def changed(world: World) -> Deed:
    made = bodies.open_body(world.root, name=NAME, kind="committee")
    return Deed(
        lambda stamp: bodies.change_body(stamp, made.code, version=1, name=NAME, kind="agency")
    )


def closed(world: World) -> Deed:
    made = bodies.open_body(world.root, name=NAME, kind="committee")
    return Deed(lambda stamp: bodies.close_body(stamp, made.code))


RIGHTS: Registry = {
    "bodies.adopted": adopted,
    "body.opened": opened,
    "body.changed": changed,
    "body.closed": closed,
}
