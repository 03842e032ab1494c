"""How the deeds of portfolios, plans and scenarios are done, for the test of their rights."""

from collections.abc import Callable
from functools import partial

from marra.commission.actions import plans, portfolios, scenarios
from marra.commission.queries import plans as known_plans
from marra.commission.queries import portfolios as known_portfolios
from marra.commission.queries import scenarios as known_scenarios
from marra.people.rules.rights import Stamp
from tests.commission import make
from tests.house.rights import Arrange, Deed, Registry, World


def opened(_world: World) -> Deed:
    return Deed(lambda stamp: portfolios.open_portfolio(stamp, name="a.toml", content=make.file()))


def of_a_portfolio(do: Callable[[Stamp, str], object]) -> Arrange:
    def arranged(world: World) -> Deed:
        code = make.portfolio(world.root).portfolio.code
        return Deed(
            lambda stamp: do(stamp, code),
            lambda stamp: known_portfolios.visible_to(stamp).filter(code=code).exists(),
        )

    return arranged


def withdrawn(world: World) -> Deed:
    code = make.portfolio(world.root).code
    return Deed(lambda stamp: portfolios.withdraw_version(stamp, code), knows_version(code))


def kept(world: World) -> Deed:
    version = make.portfolio(world.root)
    return Deed(lambda stamp: make.plan(stamp, version), knows_version(version.code))


def knows_version(code: str):
    return lambda stamp: known_portfolios.versions_for(stamp).filter(code=code).exists()


def of_a_plan(do: Callable[[Stamp, str], object], *before: str) -> Arrange:
    def arranged(world: World) -> Deed:
        plan = make.plan(world.root, make.portfolio(world.root))
        for move in before:
            plans.move_plan(world.root, plan.code, move=move)
        return Deed(
            lambda stamp: do(stamp, plan.code),
            lambda stamp: known_plans.visible_to(stamp).filter(code=plan.code).exists(),
        )

    return arranged


def moved(move: str, *before: str) -> Arrange:
    return of_a_plan(partial(plans.move_plan, move=move), *before)


def scenario_kept(_world: World) -> Deed:
    return Deed(make.scenario)


def of_a_scenario(do: Callable[[Stamp, str], object]) -> Arrange:
    def arranged(world: World) -> Deed:
        code = make.scenario(world.owner()).code
        return Deed(
            lambda stamp: do(stamp, code),
            lambda stamp: (
                known_scenarios.visible_to(stamp).filter(code=code).exists()
                or stamp.is_administrator
            ),
        )

    return arranged


RIGHTS: Registry = {
    "portfolio.opened": opened,
    "portfolio.updated": of_a_portfolio(
        lambda stamp, code: portfolios.add_version(
            stamp, code, name="a.toml", content=make.file(**{"Fibre to": "Cables to"})
        )
    ),
    "portfolio.withdrawn": withdrawn,
    "portfolio.renamed": of_a_portfolio(partial(portfolios.rename_portfolio, title="Way")),
    "portfolio.shown": of_a_portfolio(partial(portfolios.show_portfolio, is_public=True)),
    "plan.kept": kept,
    "plan.revised": of_a_plan(partial(plans.revise_plan, title="Way")),
    "plan.proposed": moved("propose"),
    "plan.adopted": moved("adopt", "propose"),
    "plan.rejected": moved("reject", "propose"),
    "plan.superseded": moved("supersede", "propose", "adopt"),
    "scenario.kept": scenario_kept,
    "scenario.renamed": of_a_scenario(partial(scenarios.rename_scenario, title="Way")),
    "scenario.shared": of_a_scenario(partial(scenarios.share_scenario, is_public=True)),
    "scenario.archived": of_a_scenario(scenarios.archive_scenario),
}
