"""How the deeds of working groups are done, for the test of their rights."""

from marra.commission.actions import groups, members
from marra.commission.models.groups import Group
from tests.house.rights import Deed, Registry, World

NAMES = {"uz": "Sinov", "ru": "Испытание", "en": "Trial"}


def adopting(_world: World) -> Deed:
    Group.objects.filter(code="WG-1").delete()
    return Deed(groups.adopt_groups)


def opened(_world: World) -> Deed:
    return Deed(lambda stamp: groups.open_group(stamp, number=77, **NAMES))


def changed(world: World) -> Deed:
    code = world.group
    return Deed(lambda stamp: groups.change_group(stamp, code, version=1, **NAMES))


def closed(world: World) -> Deed:
    code = world.group
    return Deed(lambda stamp: groups.close_group(stamp, code))


def added(world: World) -> Deed:
    code, since = world.group, world.at.date()
    told = {"full_name": "Nodira Karimova", "seat": "member", "since": since}
    return Deed(lambda stamp: members.add_member(stamp, code, **told))


def ended(world: World) -> Deed:
    since = world.at.date()
    made = members.add_member(
        world.root, world.group, full_name="Nodira Karimova", seat="member", since=since
    )
    return Deed(lambda stamp: members.end_member(stamp, made.code, until=since))


RIGHTS: Registry = {
    "groups.adopted": adopting,
    "group.opened": opened,
    "group.changed": changed,
    "group.closed": closed,
    "member.added": added,
    "member.ended": ended,
}
