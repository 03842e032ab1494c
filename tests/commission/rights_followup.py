"""How the deeds that follow an adopted plan are done, for the test of their rights."""

from marra.commission.actions import followup, plans
from marra.commission.models.plans import PlanVersion
from tests.commission import make
from tests.house.rights import Deed, Registry, World

LEADS = {"portal": "digital", "fibre": "telecom-regulator"}


def adopted(world: World) -> PlanVersion:
    plan = make.plan(world.root, make.portfolio(world.root))
    for move in ("propose", "adopt"):
        plans.move_plan(world.root, plan.code, move=move)
    return plan


def assigned(world: World) -> Deed:
    code = adopted(world).code
    return Deed(
        lambda stamp: followup.open_assignments(stamp, code, leads=LEADS),
        lambda stamp: plans.visible_to(stamp).filter(code=code).exists(),
    )


def reviewed(world: World) -> Deed:
    code = adopted(world).code
    return Deed(
        lambda stamp: followup.review(stamp, code, edition=2024),
        lambda stamp: plans.visible_to(stamp).filter(code=code).exists(),
    )


RIGHTS: Registry = {"plan.assigned": assigned, "review.made": reviewed}
