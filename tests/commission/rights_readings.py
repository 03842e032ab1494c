"""How the reading of an open question is decided, for the test of its right."""

from marra.commission.actions.readings import decide_reading
from tests.house.rights import Deed, Registry, World


def decided(_world: World) -> Deed:
    return Deed(
        lambda stamp: decide_reading(stamp, "by-2030", answer="2028", reason="The act says so.")
    )


RIGHTS: Registry = {"reading.decided": decided}
