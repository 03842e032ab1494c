"""How the deeds of results are done, for the test of their rights."""

from marra.portal.actions import results as actions
from marra.portal.models.results import Result
from marra.portal.queries import results as queries
from tests.house.rights import Deed, Registry, World
from tests.portal import make


def _issued(world: World, account: str = "account-x") -> Result:
    service = make.published(world.root, world.body)
    return actions.issue(
        world.root, service, case_code="c", account=account, holder="A", language="uz", facts=[]
    )


def issued(world: World) -> Deed:
    service = make.published(world.root, world.body)
    return Deed(
        lambda stamp: actions.issue(
            stamp,
            service,
            case_code="c",
            account=world.account,
            holder="A",
            language="uz",
            facts=[],
        )
    )


def written(world: World) -> Deed:
    made = _issued(world)
    return Deed(
        lambda stamp: actions.keep_paper(stamp, made.code, content=b"%PDF-1.7\n%%EOF\n"),
        lambda stamp: queries.visible_to(stamp).filter(code=made.code).exists(),
    )


def revoked(world: World) -> Deed:
    made = _issued(world)
    return Deed(
        lambda stamp: actions.revoke(stamp, made.code, why="Xato."),
        lambda stamp: queries.visible_to(stamp).filter(code=made.code).exists(),
    )


RIGHTS: Registry = {
    "result.issued": issued,
    "result.written": written,
    "result.revoked": revoked,
}
