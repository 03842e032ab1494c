"""How the deeds of payments are done, for the test of their rights."""

from contextlib import suppress

from marra.people.rules.rights import Stamp
from marra.portal.actions import payments as actions
from marra.portal.rules import payme
from tests.house.rights import Deed, Registry, World


def called(_world: World) -> Deed:
    asked = {"method": "CheckTransaction", "params": {"id": "5f"}}

    def answered(stamp: Stamp) -> None:
        with suppress(payme.Refused):  # there is no such charge; the right was asked for before
            actions.call_payme(stamp, "", call=payme.read(asked))

    return Deed(answered)


RIGHTS: Registry = {"charge.called": called}
