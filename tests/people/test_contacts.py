"""Where somebody is told: only they set it, and nothing of it outlives the account."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.journal.models import Entry
from marra.people import actions, queries
from marra.people.models import ContactWay
from marra.people.rules.contacts import (
    AddressMissing,
    NoSuchLanguage,
    Way,
    WrongPhone,
    after_quiet,
    checked_address,
)
from marra.people.rules.rights import Role, Stamp
from tests.conftest import NOON
from tests.people.make import account


@pytest.fixture
def own(db, as_administrator):
    made = account(as_administrator, name="a.karimov")
    return Stamp(made.code, NOON, frozenset({(Role.HOLDER, made.code)}))


def set_ways(stamp, **ways):
    told = {way: ways.get(way, ("", False)) for way in Way}
    actions.set_contacts(stamp, stamp.by, language="ru", is_quiet=False, ways=told)


def test_only_ways_that_are_on_reach_somebody(own):
    set_ways(own, mail=("a@gov.uz", True), sms=("+998901234567", False))

    found = queries.reach([own.by, "account-nobody"])

    assert list(found) == [own.by]
    assert found[own.by].ways == {Way.MAIL: "a@gov.uz"}
    assert (found[own.by].language, found[own.by].is_quiet) == ("ru", False)


def test_a_wrong_way_keeps_nothing(own):
    with pytest.raises(AddressMissing):
        set_ways(own, mail=("a@gov.uz", True), sms=("", True))
    with pytest.raises(NoSuchLanguage):
        actions.set_contacts(own, own.by, language="de", is_quiet=True, ways={})

    assert not ContactWay.objects.exists()


def test_the_addresses_go_with_the_account_and_never_stood_in_the_journal(own, as_administrator):
    set_ways(own, mail=("a.karimov@gov.uz", True))
    actions.close(as_administrator, own.by)

    assert queries.reach([own.by]) == {}
    assert not ContactWay.objects.exists()
    assert "gov.uz" not in "".join(str(each) for each in Entry.objects.values_list("facts"))


@given(st.integers(0, 7 * 24 * 60))
def test_nothing_comes_at_night_and_nothing_waits_longer_than_a_night(minutes):
    at = NOON + timedelta(minutes=minutes)
    found = after_quiet(at)

    assert 7 <= found.hour < 22
    assert timedelta(0) <= found - at <= timedelta(hours=9)


@pytest.mark.parametrize("written", ["+998 90 123", "+9989012345678", "12345", "", "+0123456789"])
def test_what_is_no_telephone_number_is_refused(written):
    with pytest.raises(WrongPhone):
        checked_address(Way.SMS, written)
