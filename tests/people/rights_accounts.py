"""How the deeds of people are done, for the test of their table of rights."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from marra.people import actions, queries
from marra.people.models import Account
from marra.people.rules.contacts import Way
from marra.people.rules.one_time import one_time_code, step_of
from marra.people.rules.passkeys import Site
from tests.house.rights import Deed, Registry, World
from tests.people.device import Device
from tests.people.make import PASSWORD, later

WEEK = timedelta(days=7)
SITE = Site("marra.example", "https://marra.example")


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


def begun(world: World) -> Deed:
    return Deed(
        lambda stamp: actions.begin_application(stamp, world.account, name="Telephone"),
        known_to(world),
    )


def confirmed(world: World) -> Deed:
    factor = actions.begin_application(world.owner(), world.account, name="Telephone")
    code = one_time_code(queries.secret_of(factor), step_of(world.at))
    return Deed(
        lambda stamp: actions.confirm_application(stamp, world.account, number=code),
        known_to(world),
    )


def passkey_added(world: World) -> Deed:
    device = Device()
    challenge = b"c" * 32
    answer = device.make(SITE, challenge)
    return Deed(
        lambda stamp: actions.add_passkey(
            stamp, world.account, name="Key", answer=answer, site=SITE, challenge=challenge
        ),
        known_to(world),
    )


def spare_codes_made(world: World) -> Deed:
    return Deed(lambda stamp: actions.make_spare_codes(stamp, world.account), known_to(world))


def factor_removed(world: World) -> Deed:
    account = Account.all().named(world.account)
    account.set_password(PASSWORD)
    account.save()
    factor = actions.begin_application(world.owner(), world.account, name="Telephone")
    return Deed(
        lambda stamp: actions.remove_factor(stamp, factor.code, password=PASSWORD),
        known_to(world),
    )


def factors_reset(world: World) -> Deed:
    return Deed(lambda stamp: actions.reset_factors(stamp, world.account), known_to(world))


def code_taken(world: World) -> Deed:
    factor = actions.begin_application(world.owner(), world.account, name="Telephone")
    before = later(world.owner(), -5)
    old = one_time_code(queries.secret_of(factor), step_of(before.at))
    actions.confirm_application(before, world.account, number=old)
    code = one_time_code(queries.secret_of(factor), step_of(world.at))
    first, again = (actions.knock(world.root, name="a.egasi", address=None) for _ in range(2))
    return Deed(lambda stamp: actions.take_code(stamp, again.code, first=first.code, number=code))


def passkey_used(world: World) -> Deed:
    device, challenge = Device(), b"c" * 32
    actions.add_passkey(
        world.owner(),
        world.account,
        name="Key",
        answer=device.make(SITE, challenge),
        site=SITE,
        challenge=challenge,
    )
    first, again = (actions.knock(world.root, name="a.egasi", address=None) for _ in range(2))
    answer = device.prove(SITE, challenge)
    return Deed(
        lambda stamp: actions.take_passkey(
            stamp,
            again.code,
            first=first.code,
            answer=answer,
            site=SITE,
            challenge=challenge,
        )
    )


def sessions_swept(world: World) -> Deed:
    Session.objects.create(session_key="old", session_data="", expire_date=world.at - WEEK)
    return Deed(actions.sweep_sessions)


def contacts_set(world: World) -> Deed:
    return Deed(
        lambda stamp: actions.set_contacts(
            stamp, world.account, language="uz", is_quiet=True, ways={Way.MAIL: ("x@a.uz", True)}
        ),
        known_to(world),
    )


def known_to(world: World):
    return lambda stamp: queries.visible_to(stamp).filter(code=world.account).exists()


RIGHTS: Registry = {
    "account.registered": registered,
    "account.appointed": appointed,
    "account.dismissed": dismissed,
    "account.closed": closed,
    "account.password-changed": password_changed,
    "account.password-reset": password_reset,
    "factor.begun": begun,
    "factor.confirmed": confirmed,
    "passkey.added": passkey_added,
    "spare-codes.made": spare_codes_made,
    "factor.removed": factor_removed,
    "factors.reset": factors_reset,
    "code.taken": code_taken,
    "passkey.used": passkey_used,
    "contacts.set": contacts_set,
    "sessions.swept": sessions_swept,
    "sign-in.tried": tried,
    "sign-in.succeeded": entered,
}
