"""How the deeds of payments are done, for the test of their rights."""

from marra.portal.actions import payments as actions
from marra.portal.rules import click
from tests.house.rights import Deed, Registry, World


def called(_world: World) -> Deed:
    call = click.Call({"action": click.PREPARE})
    return Deed(lambda stamp: actions.call_click(stamp, "", call=call, secret="olma"))


RIGHTS: Registry = {"charge.called": called}
