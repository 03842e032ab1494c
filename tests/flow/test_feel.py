"""FEEL: what expressions come to, what is refused, and what keeps hostile ones from harm."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.flow.feel import Months, NotFeel, TooLong, TooMuchWork, parse
from marra.flow.feel.spelling import said

NOW = datetime(2026, 11, 26, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # arithmetic
        ("1 + 2 * 3", Decimal(7)),
        ("(1 + 2) * 3", Decimal(9)),
        ("2 ** 3 ** 2", Decimal(64)),
        ("-2 ** 2", Decimal(4)),
        ("10 / 4", Decimal("2.5")),
        ("1 / 0", None),
        ("0.1 + 0.2 = 0.3", True),
        ("1 + null", None),
        ('1 + "a"', None),
        ("--5", Decimal(5)),
        # truths that may be unknown
        ("true and null", None),
        ("false and null", False),
        ("true or null", True),
        ("false or null", None),
        ("not(null)", None),
        # comparing
        ('"a" < "b"', True),
        ("1 = null", False),
        ("null = null", True),
        ('1 < "a"', None),
        ("[1, 2] = [1, 2]", True),
        ("{a: 1} = {a: 1, b: 2}", False),
        ("5 between 1 and 5", True),
        ("5 in (< 3, [5..7])", True),
        ("5 in ]5..7]", False),
        ("3 in [1, 2, 3]", True),
        # texts
        ('"a" + "b"', "ab"),
        (r'"\u0041\uD83D\uDCA9\n\""', 'A💩\n"'),
        ('substring("foobar", -3, 2)', "ba"),
        ('string length("Oʻzbek")', Decimal(6)),
        ('substring before("a-b", "-")', "a"),
        ('replace("abracadabra", "bra", "*")', "a*cada*"),
        ('replace("abc", "(b)", "[$1]")', "a[b]c"),
        ('matches("foobar", "^fo*b")', True),
        ('matches("a", "[")', None),
        ('split("a;b;;c", ";")', ["a", "b", "", "c"]),
        ('string join(["a", null, "b"], "-")', "a-b"),
        # lists
        ("[1, 2, 3][2]", Decimal(2)),
        ("[1, 2, 3][-1]", Decimal(3)),
        ("[1, 2, 3][item >= 2]", [Decimal(2), Decimal(3)]),
        ("[{a: 1, b: 2}, {a: 3, b: 4}][a = 3].b", [Decimal(4)]),
        ("[{a: 1}, {a: 2}].a", [Decimal(1), Decimal(2)]),
        ("sum([1, 2, 3])", Decimal(6)),
        ("mean(1, 2, 6)", Decimal(3)),
        ("median([8, 2, 5, 3, 4])", Decimal(4)),
        ("count([])", Decimal(0)),
        ("max([])", None),
        ("sort([3, 1, 2], function(x, y) x > y)", [Decimal(3), Decimal(2), Decimal(1)]),
        ("flatten([1, [2, [3]]])", [Decimal(1), Decimal(2), Decimal(3)]),
        ("distinct values([1, 1.0, 2])", [Decimal(1), Decimal(2)]),
        ("insert before([1, 3], 2, 2)", [Decimal(1), Decimal(2), Decimal(3)]),
        # loops
        ("for x in 1..3 return x * x", [Decimal(1), Decimal(4), Decimal(9)]),
        ("for x in [1, 2], y in [x, 3] return x + y", [Decimal(n) for n in (2, 4, 4, 5)]),
        ("for x in 1..4 return if x < 2 then 1 else x * partial[-1]", [1, 2, 6, 24]),
        ("some x in [1, 2] satisfies x > 1", True),
        ("every x in [] satisfies false", True),
        # contexts and functions
        ("{a: 1, b: a + 1}.b", Decimal(2)),
        ("{a: 1, a: 2}", None),
        ('get value({"a b": 1}, "a b")', Decimal(1)),
        ('context put({x: {y: 1}}, ["x", "y"], 2).x.y', Decimal(2)),
        ("(function(a: number, b) a + b)(1, 2)", Decimal(3)),
        ("{f: function(n) if n < 2 then 1 else n * f(n - 1), g: f(5)}.g", Decimal(120)),
        ('substring(start position: 2, string: "abc")', "bc"),
        ("abs(1, 2)", None),
        # days, times, durations
        ('date("2024-01-31") + duration("P1M")', date(2024, 2, 29)),
        ('@"2024-03-01" - @"2024-02-28"', timedelta(days=2)),
        ('date("2024-02-30")', None),
        ('time("23:30:00") + duration("PT1H")', time(0, 30)),
        (
            'date and time("2026-01-01T10:00:00+05:00") = date and time("2026-01-01T05:00:00Z")',
            True,
        ),
        ('years and months duration(date("2011-12-22"), date("2013-08-24"))', Months(20)),
        ('duration("P1D") = duration("PT24H")', True),
        ('date("2026-11-26").weekday', Decimal(4)),
        ('day of week(@"2026-11-26")', "Thursday"),
        ("today()", date(2026, 11, 26)),
        ("now() instance of date and time", True),
        # numbers
        ("decimal(2.5, 0)", Decimal(2)),
        ("round half up(2.5, 0)", Decimal(3)),
        ("floor(-1.5)", Decimal(-2)),
        ("modulo(-12, 5)", Decimal(3)),
        ('number("1 000,5", " ", ",")', Decimal("1000.5")),
        ("even(4)", True),
        # ranges
        ("before([1..3], [4..5])", True),
        ("overlaps([1..3], [3..5])", True),
        ("overlaps([1..3), [3..5])", False),
        ("[1..10].end included", True),
        # types
        ("1 instance of number", True),
        ("[1] instance of list<string>", False),
        ("null instance of Any", False),
    ],
)
def test_an_expression_comes_to_its_value(text, wanted):
    found = parse(text).value({}, now=NOW)

    assert found == wanted
    assert type(found) is type(wanted) or isinstance(wanted, (int, list))


@pytest.mark.parametrize(
    ("tests", "value", "wanted"),
    [
        ("-", 5, True),
        ("5", 5, True),
        ("< 5", 5, False),
        ("[1..5), > 10", 7, False),
        ("[1..5), > 10", 12, True),
        ("not(1, 2)", 3, True),
        ('"a", "b"', "b", True),
        ("string length(?) > 2", "abc", True),
        ("null", None, True),
        ("limit", 3, True),
    ],
)
def test_a_cell_of_a_table_judges_its_input(tests, value, wanted):
    assert parse(tests, unary=True).value({"?": value, "limit": 3}) is wanted


def test_names_may_have_spaces_and_signs():
    found = parse("first name + a-b", names=["first name", "a-b"])

    assert found.value({"first name": "x", "a-b": "y"}) == "xy"
    assert found.free == {"first name", "a-b"}


def test_a_longer_name_wins_over_its_beginning():
    assert parse("order size", names=["order", "order size"]).value({"order size": 2}) == 2


@pytest.mark.parametrize("text", ["", "1 +", "if a then b", "[1", '"a', "1 2", '@"x"', "for x"])
def test_what_is_no_expression_is_refused_with_its_place(text):
    with pytest.raises(NotFeel) as why:
        parse(text)

    assert why.value.facts["column"] <= len(text) + 1


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000 + "1" + ")" * 10_000,
        "[" * 500,
        "-" * 60_000 + "1",
        "1" + "+1" * 30_000,
        "not(" * 300 + "true" + ")" * 300,
        "{a:" * 300,
    ],
)
def test_what_is_too_long_or_deep_is_refused(text):
    with pytest.raises((TooLong, NotFeel)):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "for x in 1..1000000 return x",
        "count(for x in 1..1000, y in 1..1000 return 1)",
        "{f: function(n) f(n + 1), g: f(1)}.g",
        "{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), g: f(35)}.g",
        "sort(for x in 1..90000 return x, function(a, b) count(for z in 1..50 return z) > 1)",
    ],
)
def test_what_takes_too_much_work_is_stopped(text):
    with pytest.raises(TooMuchWork):
        parse(text).value({})


DOUBLED = "(for i in 1..60 return if i = 1 then {first} else {again})[-1]"
LISTS = DOUBLED.format(first="[1]", again="[partial[-1], partial[-1]]")
CONTEXTS = DOUBLED.format(first="{a: 1}", again="{a: partial[-1], b: partial[-1]}")
TEXTS = DOUBLED.format(first='"aaaaaaaa"', again="partial[-1] + partial[-1]")
LONG = "{t: " + DOUBLED.replace("60", "13").format(
    first='"aaaaaaaa"', again="partial[-1] + partial[-1]"
)


@pytest.mark.parametrize(
    "text",
    [
        LISTS,
        CONTEXTS,
        TEXTS,
        "{l: " + LISTS + ", same: l = l}.same",
        "{l: " + CONTEXTS + ", same: l = l}.same",
        "string length(string(" + LISTS + "))",
        LONG + ', r: replace(t, "a", t)}.r',
        LONG + ', r: string join(for i in 1..90000 return t, ",")}.r',
        LONG + ", r: string length(string(for i in 1..9000 return t))}.r",
        "{l: for i in 1..50000 return i, r: for i in 1..50000 return count(reverse(l))}.r",
        "{l: for i in 1..50000 return i, r: for i in 1..50000 return -1 in l}.r",
        '{r: for i in 1..9000 return matches("a", "b")}.r',
    ],
)
def test_what_grows_out_of_little_is_stopped(text):
    with pytest.raises(TooMuchWork):
        parse(text).value({})


def test_a_name_that_is_given_stands_before_a_function():
    assert parse("count + 1").value({"count": 2}) == 3
    assert parse("count([1])").value({}) == 1
    assert parse("{b: sum(1, 2), sum: 1}.b").value({}) == 3


@pytest.mark.parametrize("text", ["10 ** 9999", "9e6144 * 10", "exp(99999)", "1e999999"])
def test_what_numbers_cannot_say_is_nothing(text):
    assert parse(text).value({}) is None or abs(parse(text).value({})) < Decimal("1e10000")


def test_a_pattern_that_goes_back_for_ever_is_given_up():
    hostile = 'matches("' + "a" * 40 + '!", "^(([a-z])+.)+[A-Z]([a-z])+$")'

    with suppress(TooMuchWork):
        assert parse(hostile).value({}) is False


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.decimals(-(10**9), 10**9, places=3)
    | st.text(max_size=8)
    | st.dates(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


@given(PLAIN)
def test_every_value_equals_itself_or_is_a_list_with_nothing_strange(value):
    assert parse("x = x").value({"x": value}) is True


@given(st.text(max_size=40))
def test_any_text_is_an_expression_or_refused(text):
    with suppress(NotFeel, TooLong, TooMuchWork):
        parse(text).value({}, fuel=2000)


@given(st.text("()[]{}.,:+-*/<>=!?@\"' \n0123456789abcifthenlsforinsometrue", max_size=30))
def test_any_mixture_of_signs_is_an_expression_or_refused(text):
    with suppress(NotFeel, TooLong, TooMuchWork):
        parse(text, unary=len(text) % 2 == 0).value({"?": 1}, fuel=2000)


@given(st.timedeltas(timedelta(-9999), timedelta(9999)))
def test_a_duration_is_read_as_it_is_written(length):
    assert parse(f'duration("{said(length)}")').value({}) == length


@given(st.datetimes())
def test_a_moment_is_read_as_it_is_written(moment):
    assert parse(f'date and time("{said(moment)}")').value({}) == moment


@given(st.integers(-(10**15), 10**15), st.integers(-(10**15), 10**15))
def test_whole_numbers_add_exactly(one, other):
    assert parse("a + b").value({"a": one, "b": other}) == one + other
