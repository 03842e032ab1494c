"""How the deeds of reports are done, for the test of their rights."""

from marra.commission.actions import reports
from marra.commission.queries.reports import visible_to
from tests.house.rights import Deed, Registry, World

QUARTER = "2025Q4"


def made(_world: World) -> Deed:
    return Deed(lambda stamp: reports.make_report(stamp, QUARTER))


def published(world: World) -> Deed:
    found = reports.make_report(world.root, QUARTER)
    return Deed(
        lambda stamp: reports.publish_report(stamp, found.code),
        lambda stamp: visible_to(stamp).filter(code=found.code).exists(),
    )


RIGHTS: Registry = {"report.made": made, "report.published": published}
