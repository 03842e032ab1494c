"""How the deeds of the standard and of looks at pages are done, for the test of rights."""

from dataclasses import replace

from marra.inventory.actions import judging, looks, standards
from marra.inventory.queries import services
from marra.inventory.rules.looks import again
from tests.house.rights import Deed, Registry, World
from tests.inventory import make
from tests.inventory.rights_list import seen

PAGE = "https://xizmat.example/"


def adopted(world: World) -> Deed:
    return Deed(standards.adopt_standard)


def assessed(world: World) -> Deed:
    made = _service(world)
    return Deed(
        lambda stamp: judging.assess_service(
            stamp, made, requirement="keyboard", verdict="met", evidence=PAGE
        ),
        seen(services, made),
    )


def reviewed(world: World) -> Deed:
    made = _service(world)
    return Deed(
        lambda stamp: judging.review_service(
            stamp, made, requirement="keyboard", verdict="partly", note="Tugma topilmaydi."
        ),
        seen(services, made),
    )


def tried(world: World) -> Deed:
    made = _service(world)
    return Deed(
        lambda stamp: judging.enter_trial(
            stamp, made, requirement="users-trial", users=5, finished=4
        ),
        seen(services, made),
    )


def asked(world: World) -> Deed:
    made = _service(world)
    return Deed(lambda stamp: looks.ask_check(stamp, made, address=PAGE), seen(services, made))


def asked_again(world: World) -> Deed:
    earlier = replace(world.root, at=world.root.at - again().after)
    standards.adopt_standard(earlier, group=world.group)
    made = looks.ask_check(earlier, make.service(earlier, owner=world.body).code, address=PAGE)
    looks.begin_check(earlier)
    looks.finish_check(earlier, made.code)
    return Deed(looks.ask_due_checks)


def begun(world: World) -> Deed:
    looks.ask_check(world.root, _service(world), address=PAGE)
    return Deed(looks.begin_check)


def finished(world: World) -> Deed:
    made = looks.ask_check(world.root, _service(world), address=PAGE)
    looks.begin_check(world.root)
    return Deed(lambda stamp: looks.finish_check(stamp, made.code, refused="links.no-answer"))


def _service(world: World) -> str:
    standards.adopt_standard(world.root, group=world.group)
    return make.service(world.root, owner=world.body).code


RIGHTS: Registry = {
    "standard.adopted": adopted,
    "service.assessed": assessed,
    "service.reviewed": reviewed,
    "service.tried": tried,
    "check.asked": asked,
    "checks.asked": asked_again,
    "check.begun": begun,
    "check.finished": finished,
}
