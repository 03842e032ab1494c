"""A passkey lets its holder in, at this house, for this challenge, and nobody else."""

import pytest

from marra.people import actions, queries
from marra.people.models import Factor
from marra.people.rules.passkeys import PasskeyKnown, PasskeyRefused, Site
from marra.people.rules.rights import Role, Stamp
from tests.conftest import NOON
from tests.people import make
from tests.people.device import Device

pytestmark = pytest.mark.django_db

SITE = Site("marra.example", "https://marra.example")
CHALLENGE, OTHER = b"c" * 32, b"d" * 32


@pytest.fixture
def ali(as_administrator):
    own = make.account(as_administrator, "ali")
    return Stamp(own.code, NOON, frozenset({(Role.HOLDER, own.code), (Role.VISITOR, "")}))


def add(stamp, device, site=SITE, challenge=CHALLENGE, answer=None):
    return actions.add_passkey(
        stamp,
        stamp.by,
        name="Key",
        answer=answer or device.make(site, CHALLENGE),
        site=SITE,
        challenge=challenge,
    )


def come_in(stamp, answer, challenge=CHALLENGE):
    first, again = (actions.knock(stamp, name="ali", address=None) for _ in range(2))
    return actions.take_passkey(
        stamp, again.code, first=first.code, answer=answer, site=SITE, challenge=challenge
    )


def test_it_is_registered_and_lets_in(ali, as_visitor):
    device = Device()
    factor = add(ali, device)

    account = come_in(as_visitor, device.prove(SITE, CHALLENGE))

    factor.refresh_from_db()
    assert account.code == ali.by
    assert (factor.count, factor.used_at) == (1, NOON)
    assert queries.credentials(account) == [device.credential]


def test_it_is_not_registered_for_another_place_or_challenge_or_twice(ali):
    device = Device()
    with pytest.raises(PasskeyRefused):
        add(ali, device, site=Site("mara.example", "https://mara.example"))
    with pytest.raises(PasskeyRefused):
        add(ali, device, challenge=OTHER)
    add(ali, device)

    with pytest.raises(PasskeyKnown):
        add(ali, device)
    assert Factor.objects.count() == 1


@pytest.mark.parametrize("site", [Site("mara.example", "https://mara.example"),
                                  Site("marra.example", "http://marra.example")])  # fmt: skip
def test_a_page_that_looks_like_ours_gets_nothing_it_could_use(ali, as_visitor, site):
    device = Device()
    add(ali, device)

    with pytest.raises(PasskeyRefused):
        come_in(as_visitor, device.prove(site, CHALLENGE))


def test_an_answer_to_another_challenge_is_refused(ali, as_visitor):
    device = Device()
    add(ali, device)

    with pytest.raises(PasskeyRefused):
        come_in(as_visitor, device.prove(SITE, OTHER))


def test_a_key_of_somebody_else_is_refused(ali, as_visitor):
    add(ali, Device())

    with pytest.raises(PasskeyRefused):
        come_in(as_visitor, Device().prove(SITE, CHALLENGE))


def test_a_copied_key_is_found_by_its_count(ali, as_visitor):
    device = Device()
    add(ali, device)
    device.count = 5
    come_in(as_visitor, device.prove(SITE, CHALLENGE))
    device.count = 2

    with pytest.raises(PasskeyRefused):
        come_in(as_visitor, device.prove(SITE, CHALLENGE))


def test_a_removed_key_may_be_registered_anew(ali):
    device = Device()
    factor = add(ali, device)

    actions.remove_factor(ali, factor.code, password=make.PASSWORD)

    assert add(ali, device).code != factor.code
