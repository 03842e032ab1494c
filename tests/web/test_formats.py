"""One format of numbers and dates on all pages."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.web.formats import MINUS, NOTHING, NotANumber, number, parse_number, signed
from marra.web.index.method import share
from marra.web.templatetags.page import plain, told, whole


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_what_is_written_is_read_back(value, digits):
    assert parse_number(number(value, digits)) == pytest.approx(round(value, digits), abs=1e-9)


@given(st.floats(-1e6, 1e6))
def test_a_change_bears_its_sign_unless_it_rounds_to_nothing(value):
    written = signed(value, 2)

    if round(value, 2) == 0:
        assert written == "0,00"
    else:
        assert written[0] == ("+" if value > 0 else MINUS)


@pytest.mark.parametrize("written", ["", " ", "abc", "1,2,3", "nan", "inf", "1_000", "0x1", "--1"])
def test_a_word_is_not_a_number(written):
    with pytest.raises(NotANumber):
        parse_number(written)


def test_nothing_is_a_dash():
    assert number(None) == number(math.nan) == signed(None) == plain(None) == NOTHING


def test_plain_numbers_have_the_digits_that_are_there():
    assert (plain(0.79990), plain(63.0), plain(0.5)) == ("0,7999", "63", "0,5")


def test_thirds_stay_fractions_and_hundredths_are_decimals():
    from fractions import Fraction

    assert [share(Fraction(1, 3)), share(Fraction(33, 100))] == ["1/3", "0,33"]


def test_a_command_in_a_sentence_becomes_code_and_the_rest_stays_text():
    assert told("see `marra index verify` & <b>") == (
        "see <code>marra index verify</code> &amp; &lt;b&gt;"
    )


def test_a_heading_does_not_break_inside_a_place():
    assert "-" not in whole("30-oʻringacha")
    assert "-" in whole("ish-reja")
