"""The second step of signing in: codes that count once, spare codes, passkeys, and who must."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.kit.errors import NotFound
from marra.people import actions, queries
from marra.people.models import Factor, SignIn, SpareCode
from marra.people.rules.accounts import WrongPassword
from marra.people.rules.ciphers import SecretUnreadable, deciphered, enciphered
from marra.people.rules.one_time import (
    FactorMissing,
    NameOfFactor,
    WrongCode,
    digest_of,
    one_time_code,
    spare_code,
    step_of,
    used_step,
)
from marra.people.rules.passkeys import Passkey, PasskeyRefused, Site, credential_of, made, proved
from marra.people.rules.rights import Role, RoleMissing, Stamp
from marra.people.rules.signing_in import TooManyTries, WrongNameOrPassword
from tests.conftest import NOON
from tests.people import make
from tests.people.make import later

database = pytest.mark.django_db


# ── The rule ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_codes_are_those_of_rfc_6238(moment, code):
    step = step_of(datetime.fromtimestamp(moment, UTC))

    assert one_time_code(b"12345678901234567890", step, digits=8) == code


HOTP = ("755224", "287082", "359152", "969429", "338314", "254676")


@pytest.mark.parametrize(("count", "code"), list(enumerate(HOTP)))
def test_the_codes_are_those_of_rfc_4226(count, code):
    assert one_time_code(b"12345678901234567890", count) == code


@pytest.mark.parametrize(("late", "counts"), [(0, True), (30, True), (-30, True), (61, False)])
def test_a_code_counts_for_its_half_minute_and_the_one_on_either_side(late, counts):
    code = one_time_code(b"k" * 20, step_of(NOON))

    found = used_step(b"k" * 20, code, NOON + timedelta(seconds=late), last=0)

    assert (found == step_of(NOON)) is counts


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_code_or_is_not(typed):
    assert used_step(b"k" * 20, typed, NOON, last=step_of(NOON) + 1) is None


@given(st.binary(min_size=10, max_size=10))
def test_a_spare_code_is_known_however_it_is_typed(given_bytes):
    code = spare_code(given_bytes)

    assert digest_of(code.upper().replace("-", " ")) == digest_of(code)


def test_a_secret_is_read_with_its_own_key_and_for_its_own_purpose_only():
    kept = enciphered(b"secret", "key of the house", "application")

    assert b"secret" not in kept
    for master, purpose in (("another key", "application"), ("key of the house", "other")):
        with pytest.raises(SecretUnreadable):
            deciphered(kept, master, purpose)


@given(st.text(max_size=80))
def test_no_nonsense_is_taken_for_a_passkey(answer):
    site, key = Site("localhost", "http://localhost"), Passkey(b"1", b"2", 0)
    for ask in (
        lambda: made(answer, site, b"c" * 32),
        lambda: credential_of(answer),
        lambda: proved(answer, site, b"c" * 32, key),
    ):
        with pytest.raises(PasskeyRefused):
            ask()


# ── Setting one up ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def ali(as_administrator):
    """Somebody with an account, and the stamp they act by."""
    own = make.account(as_administrator, "ali")
    return Stamp(own.code, NOON, frozenset({(Role.HOLDER, own.code), (Role.VISITOR, "")}))


def code_now(factor: Factor, stamp: Stamp) -> str:
    return one_time_code(queries.secret_of(factor), step_of(stamp.at))


def set_up(stamp: Stamp) -> Factor:
    factor = actions.begin_application(stamp, stamp.by, name="Telephone")
    return actions.confirm_application(stamp, stamp.by, number=code_now(factor, stamp))


def try_password(stamp: Stamp) -> SignIn:
    return actions.knock(stamp, name="ali", address="192.0.2.1")


@database
def test_an_application_counts_once_it_has_shown_a_code(ali):
    factor = actions.begin_application(ali, ali.by, name="Telephone")
    assert not queries.factors(factor.account).exists()

    with pytest.raises(WrongCode):
        actions.confirm_application(ali, ali.by, number="000000")
    actions.confirm_application(ali, ali.by, number=code_now(factor, ali))

    assert queries.factors(factor.account).get() == factor


@database
def test_the_secret_is_not_readable_in_the_database(ali):
    factor = actions.begin_application(ali, ali.by, name="Telephone")

    assert queries.secret_of(factor) not in bytes(factor.secret)


@database
def test_a_new_beginning_forgets_the_one_before(ali):
    first = actions.begin_application(ali, ali.by, name="Old")
    actions.begin_application(ali, ali.by, name="New")

    with pytest.raises(WrongCode):
        actions.confirm_application(ali, ali.by, number=code_now(first, ali))


@database
def test_nothing_is_confirmed_that_was_not_begun(ali):
    with pytest.raises(FactorMissing):
        actions.confirm_application(ali, ali.by, number="123456")


@database
def test_second_steps_have_short_names_that_differ(ali):
    set_up(ali)
    other = set_up(later(ali, 2))

    assert other.name == "Telephone 2"
    with pytest.raises(NameOfFactor):
        actions.begin_application(ali, ali.by, name="\n")


@database
def test_it_is_removed_by_its_holder_with_the_password_and_takes_the_spare_codes_along(ali):
    factor = set_up(ali)
    actions.make_spare_codes(ali, ali.by)

    with pytest.raises(WrongPassword):
        actions.remove_factor(ali, factor.code, password="wrong")
    actions.remove_factor(ali, factor.code, password=make.PASSWORD)

    assert not queries.factors(factor.account).exists()
    assert not SpareCode.objects.exists()


@database
def test_nobody_looks_after_the_second_step_of_another(ali, as_administrator):
    factor = set_up(ali)
    own = make.account(as_administrator, "vali")
    vali = Stamp(own.code, NOON, frozenset({(Role.HOLDER, own.code)}))

    with pytest.raises(NotFound):
        actions.remove_factor(vali, factor.code, password=make.PASSWORD)
    with pytest.raises(NotFound):
        actions.reset_factors(vali, ali.by)
    with pytest.raises(RoleMissing):
        actions.remove_factor(as_administrator, factor.code, password=make.PASSWORD)


@database
def test_an_administrator_resets_it_for_whoever_lost_theirs(ali, as_administrator):
    factor = set_up(ali)
    actions.make_spare_codes(ali, ali.by)

    actions.reset_factors(as_administrator, ali.by)

    assert not queries.factors(factor.account).exists()
    assert queries.spare_codes_left(factor.account) == 0


# ── Signing in by it ─────────────────────────────────────────────────────────────────────────


@database
def test_a_code_lets_in_once_and_no_code_before_it(ali, as_visitor):
    factor = set_up(ali)
    minute = later(as_visitor, 1)
    code = code_now(factor, minute)
    first, again = try_password(minute), try_password(minute)

    assert actions.take_code(minute, again.code, first=first.code, number=code).code == ali.by

    other, replay = try_password(minute), try_password(minute)
    before = one_time_code(queries.secret_of(factor), step_of(minute.at) - 1)
    for used in (code, before):
        with pytest.raises(WrongCode):
            actions.take_code(minute, replay.code, first=other.code, number=used)


@database
def test_both_tries_of_a_sign_in_count_as_succeeded(ali, as_visitor):
    factor, minute = set_up(ali), later(as_visitor, 1)
    first, again = try_password(minute), try_password(minute)

    actions.take_code(minute, again.code, first=first.code, number=code_now(factor, minute))

    assert not SignIn.objects.filter(succeeded=False).exists()


@database
def test_a_spare_code_lets_in_once(ali, as_visitor):
    set_up(ali)
    code, *_ = actions.make_spare_codes(ali, ali.by)
    first, again = try_password(as_visitor), try_password(as_visitor)

    actions.take_code(as_visitor, again.code, first=first.code, number=code.upper())

    other, second = try_password(as_visitor), try_password(as_visitor)
    with pytest.raises(WrongCode):
        actions.take_code(as_visitor, second.code, first=other.code, number=code)
    assert queries.spare_codes_left(queries.visible_to(ali).named(ali.by)) == 9


@database
def test_new_spare_codes_end_those_before_and_only_digests_are_kept(ali, as_visitor):
    set_up(ali)
    old, *_ = actions.make_spare_codes(ali, ali.by)
    new = actions.make_spare_codes(ali, ali.by)
    first, again = try_password(as_visitor), try_password(as_visitor)

    with pytest.raises(WrongCode):
        actions.take_code(as_visitor, again.code, first=first.code, number=old)
    assert len(set(new)) == 10
    assert not set(SpareCode.objects.values_list("digest", flat=True)) & set(new)


@database
def test_a_second_step_follows_its_password_soon_or_not_at_all(ali, as_visitor):
    factor = set_up(ali)
    first = try_password(as_visitor)
    late = later(as_visitor, 16)
    again = try_password(late)

    with pytest.raises(WrongNameOrPassword):
        actions.take_code(late, again.code, first=first.code, number=code_now(factor, late))


@database
def test_wrong_codes_close_the_way_in_as_wrong_passwords_do(ali, as_visitor):
    factor = set_up(ali)
    first = try_password(as_visitor)
    for _ in range(4):
        again = try_password(as_visitor)
        with pytest.raises(WrongCode):
            actions.take_code(as_visitor, again.code, first=first.code, number="000000")

    with pytest.raises(TooManyTries):
        try_password(as_visitor)
    assert factor.account.code == ali.by
