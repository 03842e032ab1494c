"""How the deeds of casework are done, for the test of their rights."""

from collections.abc import Callable

from marra.portal.actions import (
    applying,
    corresponding,
    deciding,
    definitions,
    publishing,
    settling,
)
from marra.portal.models.cases import Case
from marra.portal.queries import cases
from tests.house.rights import Deed, Registry, World
from tests.portal import bundle as bundles
from tests.portal import make


def seen(case: Case) -> Callable[..., bool]:
    return lambda stamp: cases.visible_to(stamp).filter(code=case.code).exists()


def offered(world: World, *steps: str) -> str:
    return make.running(world.root, *(steps or bundles.PLAIN), body=world.body).code


def draft(world: World) -> Case:
    return applying.begin(world.owner(), offered(world))


def sent(world: World, *steps: str) -> Case:
    return make.sent(world.owner(), offered(world, *steps))


def taken(world: World, *steps: str) -> tuple[Case, int]:
    """A case whose task every official took, so that rights alone decide."""
    made = sent(world, *steps)
    return made, made.tasks.get(kind="task").number


def begun(world: World) -> Deed:
    service = offered(world)
    return Deed(lambda stamp: applying.begin(stamp, service))


def applied(world: World) -> Deed:
    service = offered(world)
    return Deed(
        lambda stamp: applying.apply(stamp, service, key="request-1", answers=bundles.ANSWERS)
    )


def offered_to(world: World) -> Deed:
    service, told = offered(world), {"applicant": world.account, "event": "start"}
    return Deed(lambda stamp: applying.offer(stamp, service, key="register-1", **told))


def saved(world: World) -> Deed:
    made = draft(world)
    return Deed(
        lambda stamp: applying.save_page(stamp, made.code, step="who", answers={}), seen(made)
    )


def submitted(world: World) -> Deed:
    made = draft(world)
    for page in ("who", "copies", "abroad"):
        applying.save_page(world.owner(), made.code, step=page, answers=bundles.ANSWERS)
    return Deed(lambda stamp: applying.submit(stamp, made.code), seen(made))


def withdrawn(world: World) -> Deed:
    made = sent(world)
    return Deed(lambda stamp: applying.withdraw(stamp, made.code), seen(made))


def said(world: World) -> Deed:
    made = sent(world)
    return Deed(lambda stamp: corresponding.say(stamp, made.code, text="Salom."), seen(made))


def refused(world: World) -> Case:
    made, number = taken(world)
    clerk = make.official(world.body)
    deciding.take(clerk, made.code, number=number)
    return deciding.decide(clerk, made.code, number=number, granted=False, ground="16-modda")


def rated(world: World) -> Deed:
    made = refused(world)
    return Deed(lambda stamp: corresponding.rate(stamp, made.code, mark=4), seen(made))


def appealed(world: World) -> Deed:
    made = refused(world)
    return Deed(lambda stamp: corresponding.appeal(stamp, made.code, why="Xato."), seen(made))


def taking(world: World) -> Deed:
    made, number = taken(world)
    return Deed(lambda stamp: deciding.take(stamp, made.code, number=number), seen(made))


def _by_whoever_took(world: World, do: Callable[..., object], *steps: str) -> Deed:
    made, number = taken(world, *steps)

    def act(stamp):
        made.tasks.filter(number=number).update(taken_by=stamp.by)
        return do(stamp, made.code, number)

    return Deed(act, seen(made))


def given_back(world: World) -> Deed:
    return _by_whoever_took(world, lambda s, code, n: deciding.give_back(s, code, number=n))


def returned(world: World) -> Deed:
    return _by_whoever_took(
        world, lambda s, code, n: deciding.return_case(s, code, number=n, why="Xato.")
    )


def finished(world: World) -> Deed:
    return _by_whoever_took(
        world,
        lambda s, code, n: deciding.finish(s, code, number=n, answers={}),
        "apply", "check", "issue",
    )  # fmt: skip


def decided(world: World) -> Deed:
    return _by_whoever_took(
        world, lambda s, code, n: deciding.decide(s, code, number=n, granted=True)
    )


def moved(world: World) -> Deed:
    made = sent(world)
    code = made.service.code
    newer = bundles.bundle("apply", "fee", "decide", "issue")
    definitions.keep_definition(world.root, code, bundle=newer)
    publishing.publish(world.root, code, since=None)
    return Deed(lambda stamp: deciding.move_version(stamp, made.code), seen(made))


def settled(world: World) -> Deed:
    made = applying.begin(world.owner(), offered(world, *bundles.WHOLE))
    number = made.tasks.get(kind="call").number
    return Deed(lambda stamp: settling.settle(stamp, made.code, number=number, outputs={}))


def paid(world: World) -> Deed:
    made = sent(world, *bundles.WHOLE)
    return Deed(lambda stamp: settling.paid(stamp, made.code))


def woken(world: World) -> Deed:
    made = sent(world)
    Case.objects.filter(pk=made.pk).update(wakes_at=world.at)
    return Deed(lambda stamp: settling.wake(stamp, made.code))


RIGHTS: Registry = {
    "case.begun": begun,
    "case.applied": applied,
    "case.offered": offered_to,
    "case.saved": saved,
    "case.sent": submitted,
    "case.withdrawn": withdrawn,
    "case.message-sent": said,
    "case.rated": rated,
    "case.appealed": appealed,
    "case.taken": taking,
    "case.given-back": given_back,
    "case.returned": returned,
    "case.finished": finished,
    "case.decided": decided,
    "case.moved": moved,
    "case.settled": settled,
    "case.paid": paid,
    "case.woken": woken,
}
