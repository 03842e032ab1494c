"""How the deeds of proposals are done, for the test of their rights."""

from collections.abc import Callable

from marra.commission.actions import proposals
from marra.commission.models.proposals import Proposal
from marra.commission.queries import proposals as queries
from marra.people.rules.rights import Stamp
from tests.commission import make as plan_make
from tests.house.rights import Arrange, Deed, Registry, World

TOLD = {"title": "One portal", "problem": "Too few services.", "remedy": "Open more of them."}


def to_one(do: Callable[[Stamp, Proposal], object], *, forward: bool = False) -> Arrange:
    """A deed done to a proposal of the world's group and body."""

    def arranged(world: World) -> Deed:
        told = {**TOLD, "place": "UZB", "group": world.group, "body": world.body}
        made = proposals.make(world.root, **told)
        if forward:
            proposals.put_forward(world.root, made.code)
        else:  # a draft is its author's; let it be everybody's who may change it
            made.made_by = "account-57a49e00"
            made.save()
        return Deed(
            lambda stamp: do(stamp, made),
            lambda stamp: queries.visible_to(stamp).filter(code=made.code).exists(),
        )

    return arranged


def made(world: World) -> Deed:
    group, body = world.group, world.body
    return Deed(lambda s: proposals.make(s, **TOLD, place="UZB", group=group, body=body))


def left(world: World) -> Deed:
    told = {**TOLD, "place": "UZB", "group": world.group, "body": world.body}
    made = proposals.make(world.root, **told)
    proposals.put_forward(world.root, made.code)
    proposals.take(world.root, made.code)
    return Deed(
        lambda stamp: proposals.leave(stamp, made.code),
        lambda stamp: queries.visible_to(stamp).filter(code=made.code).exists(),
    )


def planned(world: World) -> Deed:
    adopted = plan_make.plan(world.root, plan_make.portfolio(world.root))
    told = {"plan": adopted.code, "initiative": "portal"}
    return to_one(lambda s, p: proposals.put_into_plan(s, p.code, **told), forward=True)(world)


RIGHTS: Registry = {
    "proposal.planned": planned,
    "proposal.made": made,
    "proposal.changed": to_one(
        lambda s, p: proposals.change(s, p.code, version=p.version, **TOLD)
    ),
    "proposal.put-forward": to_one(lambda s, p: proposals.put_forward(s, p.code)),
    "proposal.withdrawn": to_one(lambda s, p: proposals.withdraw(s, p.code), forward=True),
    "proposal.taken": to_one(lambda s, p: proposals.take(s, p.code), forward=True),
    "proposal.left": left,
    "proposal.decided": to_one(
        lambda s, p: proposals.decide(s, p.code, accepted=True, reason="Agreed."), forward=True
    ),
}
