"""A portfolio reads the same from every format, and what is written reads back to itself."""

import string
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marra.index.edition import Basis
from marra.index.plan.checked import faults
from marra.index.plan.files import packaged, read, to_csv, to_toml, to_xlsx
from marra.index.plan.indicators import less_is_better, units
from marra.index.plan.portfolio import Budget, Capacity, Effect, Initiative, Name, Portfolio
from marra.kit.text import Text
from tests.index.plan import written

GOOD = Portfolio(
    code="road",
    title="Road",
    place="UZB",
    initiatives=(
        Initiative(
            "a",
            "First",
            (Effect("osi", 0.01, 0.02, 0.03), Effect("tii.affordability", -0.3, -0.2, 0)),
            (1e9, 0.0, 5.0),
            (2026, 2027),
            1,
            0,
            0.8,
            group="WG-1",
            source="budget",
        ),
        Initiative(
            "b",
            "Second",
            (Effect("hci", 0, 0.1, 0.1),),
            (10.0,),
            (2027, 2028, 2029),
            2,
            1,
            0.5,
            needs=("a",),
        ),
    ),
    budgets=(Budget("budget", 2026, 500_000_000_000.5),),
    capacities=(Capacity("WG-1", 2026, 2.0),),
    names=(
        Name(
            "budget",
            Text("Davlat byudjeti", "Давлат бюджети", "Государственный бюджет", "State budget"),
        ),
    ),
)
WRITERS = {"toml": to_toml, "csv": to_csv, "xlsx": to_xlsx}


@pytest.mark.parametrize(
    "content",
    [
        written.toml(),
        written.table(),
        written.workbook(),
        written.parted(";"),
        written.parted("\t"),
        b"\xef\xbb\xbf" + written.table().replace(b"\n", b"\r\n"),
        written.CSV.encode("utf-16"),
        written.CSV.encode("cp1251"),
        b"\xef\xbb\xbf" + written.toml().replace(b"\n", b"\r\n"),
    ],
    ids=[
        "toml",
        "csv",
        "xlsx",
        "semicolons",
        "tabs",
        "excel",
        "utf-16",
        "cp1251",
        "toml of windows",
    ],
)
def test_every_format_and_way_of_writing_reads_to_the_same_portfolio(content):
    assert read("whatever the name says.docx", content) == GOOD


@pytest.mark.parametrize("form", WRITERS)
def test_the_packaged_portfolio_reads_back_from_every_format(form):
    whole = packaged("uzbekistan")

    assert read(form, WRITERS[form](whole)) == whole


# ── Any portfolio ────────────────────────────────────────────────────────────────────────────

CODES = st.text(string.ascii_letters + string.digits + "._-", min_size=1, max_size=12).filter(
    lambda code: code[0].isalnum()
)
SIGNS = "=+-@'#[]\"\\;,.|{}<>&_x0041_ ʻʼ«»абЎқ1е"
TEXTS = (
    st.text(
        st.one_of(
            st.sampled_from(SIGNS),
            st.characters(blacklist_categories=("C", "Z", "M")),
        ),
        min_size=1,
        max_size=20,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and text.isprintable())
)
WORDS = st.one_of(TEXTS, st.builds(Text, TEXTS, TEXTS, TEXTS, TEXTS))
MONEY = st.one_of(st.integers(0, 10**16).map(float), st.floats(0, 1e16))
YEARS = st.integers(2000, 2100)


@st.composite
def effects(draw, code):
    name = draw(st.sampled_from(sorted(units())))
    low, likely, high = sorted(draw(st.tuples(*[st.floats(0, 1)] * 3)))
    if name in less_is_better():
        low, likely, high = -high, -likely, -low
    return Effect(name, low, likely, high, code)


@st.composite
def portfolios(draw):
    codes = draw(st.lists(CODES, min_size=1, max_size=5, unique=True))
    initiatives = tuple(draw(initiative(code, codes[:at])) for at, code in enumerate(codes))
    years = draw(st.lists(YEARS, max_size=3, unique=True))
    named = draw(st.lists(TEXTS.filter(lambda text: text[0] != "#"), max_size=3, unique=True))
    return Portfolio(
        code=draw(CODES),
        title=draw(WORDS),
        place=draw(st.sampled_from(["UZB", "KAZ", "EST"])),
        initiatives=initiatives,
        budgets=tuple(Budget("mon =ey", year, draw(MONEY)) for year in years),
        capacities=tuple(Capacity("=1+1", year, draw(MONEY)) for year in years),
        prices=draw(st.one_of(st.just(""), WORDS)),
        note=draw(st.one_of(st.just(""), WORDS)),
        names=tuple(Name(code, draw(WORDS)) for code in named),
    )


@st.composite
def initiative(draw, code, before):
    return Initiative(
        code=code,
        title=draw(WORDS),
        effects=tuple(draw(effects(str(at))) for at in range(draw(st.integers(0, 3)))),
        costs=tuple(draw(st.lists(MONEY, min_size=1, max_size=4))),
        starts=tuple(draw(st.lists(YEARS, min_size=1, max_size=4, unique=True))),
        duration=draw(st.integers(1, 30)),
        lag=draw(st.integers(0, 10)),
        chance=draw(st.floats(0, 1)),
        needs=(),
        excludes=tuple(draw(st.lists(st.sampled_from(before), unique=True))) if before else (),
        group=draw(st.sampled_from(["", "=1+1", "another"])),
        body=draw(st.one_of(st.just(""), TEXTS)),
        source=draw(st.sampled_from(["", "mon =ey", "elsewhere"])),
        load=draw(st.floats(0, 100)),
        basis=draw(st.sampled_from(Basis)),
        reasoning=draw(st.one_of(st.just(""), WORDS)),
    )


@settings(max_examples=60)
@given(portfolios())
def test_what_is_written_reads_back_to_the_same_portfolio(portfolio):
    assert list(faults(portfolio)) == []

    for form, write in WRITERS.items():
        assert read(form, write(portfolio)) == portfolio, form


def test_the_same_portfolio_gives_the_same_bytes():
    for write in WRITERS.values():
        assert write(GOOD) == write(replace(GOOD))
