"""Each fault of a file is told at its place, with what to do; several at once."""

import pytest

from marra.index.plan.files import LARGEST, read
from marra.kit.errors import Refusal
from tests.index.plan.written import TOML, refused, table, toml

# ── What a cell says ─────────────────────────────────────────────────────────────────────────

CELLS = {
    "chance = 0.8": {
        'chance = "high"': "“high” is not a number. Write it with digits",
        "chance = 80": "a chance lies between 0 and 1, and 80 does not. Write 0.8 for 80 %",
        "chance = -0.1": "a chance lies between 0 and 1",
        "chance = nan": "“nan” is not a number",
        "chance = inf": "“inf” is not a number",
        "chance = true": "“True” is not a number",
        "chance = [0.8]": "is not a number",
        "chance = 2026-01-01": "holds the date 2026-01-01. Write a plain number",
        'chance = "0,8,0"': "is not a number",
        'chance = ""': "The cell is empty. Fill it in.",
        "": "The cell is empty. Fill it in.",
        'chance = "1e400"': "is not a number",
        "chance = 0.8\nbasis = 'guessed'": "“guessed” is not a basis. Write one of: proved",
        "chance = 0.8\nload = -1": "-1 cannot be a load",
        "chance = 0.8\nodds = 1": "no column “odds”",
        "chance = 0.8\nexcludess = ['b']": "The nearest is “excludes”",
        "chance = 0.8\nexcludes = ['b']": "b needs a, and the two exclude each other",
        "chance = 0.8\nneeds = ['b']": "wait for each other in a circle: a → b → a",
        "chance = 0.8\nneeds = ['a']": "a names itself",
        "chance = 0.8\nneeds = ['bb']": "there is no initiative “bb”. The nearest codes are: b",
        "chance = 0.8\nneeds = [1979-05-27]": "A text belongs here",
        "chance = 0.8\nbody = 2026-01-01": "A text belongs here",
        f"chance = 0.8\nbody = '{'x' * 61}'": "more than 60 characters",
        f"chance = 0.8\nreasoning = '{'x' * 4001}'": "more than 4000 characters",
        'chance = 0.8\nbody = "\\u0007"': "a character that cannot be printed",
        "chance = 0.8\nreasoning.ru = 'Потому'": "Fill in the column “reasoning” as well",
        "chance = 0.8\nreasoning.de = 'Weil'": "“de” is not a language",
        f"chance = 0.8\nneeds = {[f'c{n}' for n in range(51)]}": "More than 50 codes",
    },
    "starts = [2026, 2027]": {
        "starts = [2026, 2026]": "the year 2026 is listed twice",
        "starts = [1999]": "1999 is not a year of a plan. Write four digits, from 2000 to 2100",
        "starts = ['soon']": "is not a list of years",
        "starts = '2027-2026'": "is not a list of years",
        "starts = 26": "is not a list of years",
        "starts = []": "The cell is empty",
        "starts = ';'": "no year is given in which it may start",
        "starts = [2026-01-01]": "holds the date",
        "starts = 2026-01-01": "holds the date",
        "starts = [2029]": "b may start in 2029 at the latest, but a, which it needs, ends after",
    },
    "duration = 1": {
        "duration = 0": "a duration is 1 to 30 whole years, not 0",
        "duration = 1.5": "“1.5” is not a whole number",
        "duration = 31": "not 31",
    },
    "lag = 0": {
        "lag = -1": "a lag is 0 to 10 whole years, not -1",
        "lag = 11": "not 11",
        "lag = 1e30": "is not a whole number",
    },
    "cost = [1_000_000_000, 0, 5]": {
        "cost = [-5]": "-5 cannot be a cost",
        "cost = [1e18]": "cannot be a cost",
        "cost = ['a lot']": "“a lot” is not a number",
        "cost = ['1,000,000']": "“1,000,000” is not a number",
        "cost = [1, '', 5]": "The cell is empty and a later year has a cost",
        "cost = []": "The cell is empty",
        f"cost = {[1] * 31}": "Costs of more than 30 years",
        "costs = [1]": "The nearest is “cost”",
    },
    'code = "a"': {
        'code = "b"': "The code “b” stands twice",
        'code = "a b"': "“a b” cannot be a code",
        'code = "а"': "cannot be a code",
        'code = ""': "The cell is empty",
        "": "The cell is empty",
    },
    'indicator = "osi"': {
        'indicator = "oci"': "“oci” is not an indicator. The nearest are: osi",
        'indicator = "hci.literacy"': "counted in “percentage points”, not in “index points”",
        "indicator = 1": "“1” is not an indicator",
    },
    'low = 0.01, likely = 0.02, high = 0.03, unit = "index points"': {
        'low = 1, likely = 2, high = 3, unit = "index points"': "2 is more than 1",
        'low = 0, likely = 2, high = 3, unit = "index points"': "2 is more than 1 index points",
        'low = 0.2, likely = 0.1, high = 0.3, unit = "index points"': "must not fall",
        'low = -3e-1, likely = 0, high = 0, unit = "index points"': "makes the indicator worse",
        'low = 0, likely = 0, high = 0, unit = "furlong"': "“furlong” is not a unit. Write one of",
        'low = 0, likely = 0, high = 0, unit = "years"': "is counted in “index points”",
        "low = 0, likely = 0, high = 0": "The cell is empty",
    },
    "low = -0.3, likely = -0.2, high = 0": {
        "low = 0, likely = 0.2, high = 0.3": "write a gain as a negative number",
    },
    'amount = "500 000 000 000,50"': {
        "amount = -1": "-1 cannot be an amount",
        'amount = "5 00"': "“5 00” is not a number",
        "amount = 1e400": "is not a number",
    },
    "year = 2026\namount = 2": {
        "year = 26\namount = 2": "“26” is not a year. Write four digits",
        "year = 2026.5\namount = 2": "is not a year",
        "year = 1026\namount = 2": "1026 is not a year of a plan",
        "year = 2026-05-01\namount = 2": "holds the date",
    },
    'group = "WG-1"\nsource': {
        'group = "#1"\nsource': "",
        'group = "WG-1 "\nsource = "budgets"\nbody': "written almost like “budget”",
    },
    'place = "UZB"': {
        'place = "Uzbekistan"': "No member state has the code",
        'place = "UZB"\ncount = 2': "its last line is not “# end”",
        'place = "UZB"\ncount = 3': "should have 3 initiatives and has 2",
        'place = "UZB"\ncount = "two"': "“two” is not a number",
        'place = "UZB"\ntitel = "x"': "The nearest is “title”",
        'place = "UZB"\nbudgets = 1': "",
        'place = "UZB"\n[budget]\nsource = 1': "There is no table “budget”",
    },
    'code = "budget"': {
        'code = "#budget"': "begins with #, and files pass over such rows",
    },
}
ONE = [(old, new, says) for old, changes in CELLS.items() for new, says in changes.items() if says]


@pytest.mark.parametrize(("old", "new", "says"), ONE, ids=[new or "left out" for _, new, _ in ONE])
def test_a_wrong_cell_is_told_with_what_to_do(old, new, says):
    findings = refused(toml((old, new)))

    assert any(says in str(each) for each in findings), list(map(str, findings))
    assert all(each.line for each in findings)


def test_all_faults_are_told_at_once_each_with_sheet_line_and_column():
    content = toml(
        ("chance = 0.8", "chance = 80"),
        ("duration = 2", 'duration = "two"'),
        ('indicator = "hci"', 'indicator = "hki"'),
        ("year = 2026\namount = 2", "year = 26\namount = 2"),
    )

    lines = content.decode().splitlines()
    told = [(each.sheet, lines[each.line - 1], each.column) for each in refused(content)]

    assert told == [
        ("initiatives", "chance = 80", "chance"),
        ("initiatives", 'duration = "two"', "duration"),
        ("effects", lines[-1], "indicator"),
        ("capacities", "year = 26", "year"),
    ]


def test_twenty_faults_are_listed_and_all_are_counted():
    rows = "".join(f"\n[[budgets]]\nsource = 'x'\nyear = {n}\namount = 1\n" for n in range(30))

    with pytest.raises(Refusal) as refusal:
        read("plan", (TOML + rows).encode())

    assert (len(refusal.value.findings), refusal.value.facts["count"]) == (20, 30)


# ── What a file is ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"", 0, "The file is empty"),
        (b" \r\n", 0, "The file is empty"),
        (b"# nothing yet\n#\n", 0, "Every line begins with #"),
        (b"x" * (LARGEST + 1), 0, "more than 2 megabytes"),
        (b"%PDF-1.7 and so on", 0, "neither an Excel workbook nor a portfolio"),
        (b"<html><body>not found</body></html>", 0, "neither an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), 0, "workbook of an old Excel"),
        (toml(('"Road"', '"Ro\0ad"')), 2, "There is a NUL byte"),
        (table(("Road", "Ro\0ad")), 4, "There is a NUL byte"),
        (TOML[:-3].encode(), 46, "cut off"),
        (toml(('"First"', '"First')), 24, "cannot be read as TOML"),
        (toml(("duration = 1", "duration = 1\nduration = 1")), 27, "cannot be read as TOML"),
        (toml(("duration = 1", f"duration = {'9' * 5000}")), 0, "cannot be read as TOML"),
        (TOML.encode("utf-16"), 1, "NUL byte"),
        (TOML.replace("Road", "Йўл").encode("cp1251", "replace"), 2, "not in UTF-8"),
        (b"a = " + b"[" * 100_000, 1, "nested too deep"),
        (b"a" + b".a" * 50_000 + b" = 1", 1, "nested too deep"),
        (b"x = " + b"[1," * 100_000, 0, "nested too deep"),
        (toml(("[[budgets]]", "[budgets]")), 5, "Write [[budgets]] above each"),
        (b'code = "a"\ntitle = "A"\nplace = "UZB"', 0, "initiatives has no row"),
    ],
    ids=range(20),
)
def test_what_is_no_portfolio_is_told_plainly(content, line, says):
    (finding, *_) = refused(content)

    assert says in str(finding)
    assert finding.line == line


@pytest.mark.parametrize(
    ("content", "sheet", "line", "says"),
    [
        (table(("[initiatives]", "[initiative]")), "", 18, "no table “initiative”"),
        (table(("[initiatives]\n", "")), "capacities", 18, "cells and the head has"),
        (table(("[names]", "[budgets]")), "budgets", 10, "begins twice"),
        (table(("[effects]", "[#effects]")), "effects", 0, "The table effects is missing"),
        (b"Road to place 30\n" + table(), "", 1, "above the first table"),
        (
            table(("# a comment, with a comma\n[portfolio]", "[ portfolio ]\nx")),
            "portfolio",
            2,
            "no column",
        ),
        (table(("a,First,2026", "a,First,more,2026")), "initiatives", 20, "14 cells"),
        (table(("WG-1,2026,2", "WG-1,2026")), "capacities", 16, "cut off"),
        (table(("code,title,starts", "code,code,starts")), "initiatives", 19, "Two columns"),
        (table(("code,title,starts", "code,,starts")), "initiatives", 19, "no column “title”"),
        (table(("place\n", "place,\n"), ("UZB\n", "UZB,x\n")), "portfolio", 4, "4 cells"),
        (
            table(("group,year", "group,,year"), ("WG-1,2026", "WG-1,x,2026")),
            "capacities",
            16,
            "a column without a name",
        ),
        (table(("# my notes", "my notes")), "initiatives", 19, "no column “my notes”"),
        (table(('"500 000 000 000,50"', '"500 000 000')), "", 0, "quotation mark"),
        (table(("UZB", "UZB\nrail,Rail,UZB")), "portfolio", 5, "Leave one row"),
        (table(("b,hci", "c,hci")), "effects", 27, "There is no initiative “c”"),
        (table(("0,0.1,0.1", "0,0.1,#REF!")), "effects", 27, "“#REF!” is not a number"),
        (table(("a,osi", "b,osi"), ("b,hci", "b,osi")), "effects", 27, "osi is listed twice"),
    ],
    ids=range(18),
)
def test_a_wrong_table_of_a_csv_is_told_at_its_line(content, sheet, line, says):
    findings = refused(content)

    assert any(
        says in str(each) and each.sheet == sheet and (each.line == line or not line)
        for each in findings
    ), list(map(str, findings))


def test_a_table_below_another_is_not_passed_over_when_it_has_too_many_rows():
    many = "".join(f"x{n},2026,1\n" for n in range(2001))

    (finding,) = refused(table(("source,year,amount\n", f"source,year,amount\n{many}")))

    assert "more than 2000 rows" in str(finding)
