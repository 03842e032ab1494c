"""How the deeds of people are done, for the test of their table of rights."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from marra.people import actions, queries
from marra.people.models import Account
from tests.house.rights import Deed, Registry, World
from tests.people.make import PASSWORD

WEEK = timedelta(days=7)


def registered(_world: World) -> Deed:
    return Deed(lambda stamp: actions.register(stamp, name="v.yangi", password=PASSWORD))


def appointed(world: World) -> Deed:
    return Deed(
        lambda stamp: actions.appoint(stamp, world.account, role="analyst"), known_to(world)
    )


def dismissed(world: World) -> Deed:
    actions.appoint(world.root, world.account, role="analyst")
    return Deed(
        lambda stamp: actions.dismiss(stamp, world.account, role="analyst"), known_to(world)
    )


def closed(world: World) -> Deed:
    return Deed(lambda stamp: actions.close(stamp, world.account), known_to(world))


def password_changed(world: World) -> Deed:
    account = Account.all().named(world.account)
    account.set_password(PASSWORD)
    account.save()
    return Deed(
        lambda stamp: actions.change_password(
            stamp, world.account, old=PASSWORD, new="uzum shaftoli nok"
        ),
        known_to(world),
    )


def password_reset(world: World) -> Deed:
    return Deed(
        lambda stamp: actions.reset_password(stamp, world.account, new=PASSWORD), known_to(world)
    )


def tried(_world: World) -> Deed:
    return Deed(lambda stamp: actions.knock(stamp, name="a.egasi", address="192.0.2.1"))


def entered(world: World) -> Deed:
    made = actions.knock(world.root, name="a.egasi", address="192.0.2.1")
    return Deed(lambda stamp: actions.enter(stamp, made.code))


def sessions_swept(world: World) -> Deed:
    Session.objects.create(session_key="old", session_data="", expire_date=world.at - WEEK)
    return Deed(actions.sweep_sessions)


def known_to(world: World):
    return lambda stamp: queries.visible_to(stamp).filter(code=world.account).exists()


RIGHTS: Registry = {
    "account.registered": registered,
    "account.appointed": appointed,
    "account.dismissed": dismissed,
    "account.closed": closed,
    "account.password-changed": password_changed,
    "account.password-reset": password_reset,
    "sessions.swept": sessions_swept,
    "sign-in.tried": tried,
    "sign-in.succeeded": entered,
}
