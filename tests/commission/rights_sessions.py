"""How the deeds of sessions are done, for the test of their rights."""

from collections.abc import Callable
from typing import Any

from marra.commission.actions import agendas, minutes, sessions, signing
from marra.commission.models.sessions import AgendaItem, Session
from marra.commission.queries import sessions as queries
from marra.commission.rules.signing import Adapter, Checked
from marra.people.rules.rights import Stamp
from tests.commission import sessions as make
from tests.house.rights import Arrange, Deed, Registry, World


def known(code: str) -> Callable[[Stamp], bool]:
    return lambda stamp: queries.visible_to(stamp).filter(code=code).exists()


def called(world: World) -> Deed:
    return Deed(lambda stamp: make.planned(stamp, world.group))


def planned(do: Callable[[Stamp, Session], object]) -> Arrange:
    """A deed done to a session that is to come."""

    def arranged(world: World) -> Deed:
        made = make.planned(world.root, world.group)
        return Deed(lambda stamp: do(stamp, made), known(made.code))

    return arranged


def opened(do: Callable[[Stamp, Session, AgendaItem], object]) -> Arrange:
    """A deed done in an open session."""

    def arranged(world: World) -> Deed:
        made, item = make.opened(world.root, world.group)
        return Deed(lambda stamp: do(stamp, made, item), known(made.code))

    return arranged


def decided(do: Callable[[Stamp, Any], object]) -> Arrange:
    """A deed done to a decision."""

    def arranged(world: World) -> Deed:
        made, item = make.opened(world.root, world.group)
        decision = make.decided(world.root, item)
        return Deed(lambda stamp: do(stamp, decision), known(made.code))

    return arranged


def closed(world: World) -> Deed:
    made, item = make.opened(world.root, world.group)
    make.attended(world.root, made)
    make.decided(world.root, item)
    return Deed(lambda stamp: sessions.close_session(stamp, made.code), known(made.code))


def signed(world: World) -> Deed:
    made = make.closed(world.root, world.group)
    checked = Checked(Adapter.STAND_IN, "e30=", document=made.document.encode(), signer="A. B.")
    return Deed(
        lambda stamp: signing.sign_minutes(stamp, made.code, checked=checked), known(made.code)
    )


RIGHTS: Registry = {
    "session.called": called,
    "session.changed": planned(
        lambda s, row: sessions.change_session(s, row.code, version=row.version, **make.TOLD)
    ),
    "session.cancelled": planned(lambda s, row: sessions.cancel_session(s, row.code)),
    "session.opened": planned(lambda s, row: sessions.open_session(s, row.code)),
    "session.closed": closed,
    "session.signed": signed,
    "item.added": planned(make.item),
    "item.changed": opened(
        lambda s, _row, item: agendas.change_item(s, item.code, version=1, title="Other words")
    ),
    "item.removed": opened(lambda s, _row, item: agendas.remove_item(s, item.code)),
    "attendance.marked": opened(
        lambda s, row, _item: minutes.mark_attendance(s, row.code, present=[])
    ),
    "minutes.written": opened(
        lambda s, _row, item: minutes.write_minutes(s, item.code, version=1, minutes="Heard.")
    ),
    "decision.made": opened(lambda s, _row, item: make.decided(s, item)),
    "decision.changed": decided(
        lambda s, row: minutes.change_decision(s, row.code, version=1, text="Other words.")
    ),
    "decision.removed": decided(lambda s, row: minutes.remove_decision(s, row.code)),
}
