"""A file is read rightly, or refused with line, column and what to do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marra.evidence.rules import reader
from marra.index.load import known, load
from marra.kit.cells import decimal
from marra.kit.findings import FileRefused
from tests.evidence import make

EGDI, OSI = 3, 5


def refused(content: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as refusal:
        reader.read("export.csv", content)
    return refusal.value


@pytest.mark.parametrize("edition", known())
def test_the_flags_of_every_edition_follow_from_its_export(edition):
    survey = load(edition)

    (parsed,) = reader.read("export.csv", make.export(edition))

    assert [row.place for row in parsed.rows] == list(survey.places)
    assert [row.flags for row in parsed.rows] == list(survey.flags)
    assert [row.rank for row in parsed.rows] == survey.ranks.tolist()
    assert [row.egdi for row in parsed.rows] == survey.egdi.tolist()


@pytest.mark.parametrize(
    "written",
    [
        {"encoding": "utf-8-sig"},
        {"delimiter": ";", "comma": True},
        {"comma": True},
        {"delimiter": "\t", "encoding": "utf-16"},
        {"delimiter": ";", "encoding": "cp1251", "comma": True},
        {"encoding": "cp1252"},
    ],
    ids=str,
)
def test_how_a_program_writes_the_table_does_not_matter(written):
    (plain,) = reader.read("export.csv", make.export())

    (parsed,) = reader.read("export.csv", make.export(**written))

    assert parsed.digest == plain.digest


def test_several_whole_editions_in_one_tidy_file_are_read_apart():
    parsed = reader.read("tidy.csv", make.tidy(2022, 2024))

    assert [(each.edition, each.places) for each in parsed] == [(2022, 193), (2024, 193)]


def test_an_edition_to_come_is_provisional_and_says_so():
    (parsed,) = reader.read("export.csv", make.export(2024, year=2026))

    assert (parsed.edition, parsed.provisional) == (2026, True)
    assert "provisional" in str(parsed.remarks[0])


def test_states_that_were_not_yet_members_are_left_out_when_zero_and_refused_otherwise():
    zeros = b"2008,South Sudan,183,0,0,0,0,0\r\n"

    (parsed,) = reader.read("export.csv", make.export(2008) + zeros)

    assert parsed.places == 192
    assert "SSD was not a member state in 2008" in str(parsed.remarks[0])
    wrong = refused(make.export(2008) + zeros.replace(b",0,0,0,0", b",0,0,0.3,0"))
    assert "cannot have figures" in str(wrong.findings[0])


FILE = "Uzbekistan"
WRONG = {
    "an unknown country": ({1: "Uzbekstan"}, 64, "country name", "nearest are: Uzbekistan"),
    "a value out of range": ({EGDI: 7.999}, 64, "e-government index", "outside 0.0 to 1.0"),
    "a word for a number": ({OSI: "n/a"}, 64, "online service index", "“n/a” is not a number"),
    "a rank beyond the last": ({2: 194}, 64, "e-government rank", "from 1 to 193"),
    "an edition that never was": ({0: 2023}, 64, "", "no edition of 2023"),
    "two editions, one incomplete": ({0: 2022}, 0, "", "1 of 193 member states"),
    "an empty cell": ({EGDI: ""}, 64, "e-government index", "cell is empty"),
}


def line_of(country: str) -> int:
    return 2 + [row[1] for row in make.rows(2024)].index(country)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_cell_is_named_with_line_and_column_and_what_to_do(wrong):
    cells, line, column, says = WRONG[wrong]

    refusal = refused(make.export(changed={FILE: cells}))

    found = [one for one in refusal.findings if says in str(one)]
    assert found
    assert found[0].column == column
    assert not line or found[0].line == line_of(FILE)


def test_a_file_of_several_faults_lists_all_of_them_up_to_twenty():
    ten = {str(row[1]): {EGDI: 2} for row in make.rows(2024)[:10]}
    hundred = {str(row[1]): {EGDI: 2} for row in make.rows(2024)[:100]}

    assert len(refused(make.export(changed=ten)).findings) == 10
    many = refused(make.export(changed=hundred))
    assert (len(many.findings), many.facts["count"]) == (20, 100)


GOOD = b"Survey Year,Country Name\r\n"
BROKEN = {
    "nothing": (lambda good: b"", "file is empty"),
    "blanks": (lambda good: b" \r\n\t\r\n", "file is empty"),
    "half": (lambda good: good[: len(good) // 2].rsplit(b"\r\n", 1)[0], "of 193 member states"),
    "cut in a row": (lambda good: good[:-40], "cut off"),
    "a NUL": (lambda good: good[:500] + b"\0" + good[500:], "NUL byte"),
    "a workbook": (lambda good: b"PK\x03\x04" + good, "Excel workbook"),
    "too large": (lambda good: good + b"\r\n" * 3_000_000, "more than 5 megabytes"),
    "a head alone": (lambda good: good.split(b"\r\n")[0], "no row below"),
    "a head that misses a column": (
        lambda good: good.replace(b"Rank", b"Rnk"),
        "no column “e-gov",
    ),
    "a head with a column twice": (
        lambda good: good.replace(b"E-Participation Index", b"Online Service Index"),
        "Two columns bear this name",
    ),
    "an open quotation": (lambda good: good.replace(b",Uzbek", b',"Uzbek'), "not closed"),
    "commas unquoted": (
        lambda good: b"\r\n".join([good.split(b"\r\n")[0], b"2024,Chad,1,0,5,0,5,0,5,0,5,0,5"]),
        "decimal comma",
    ),
    "columns mixed up": (
        lambda good: (
            good.replace(b"E-Government Index", b"X")
            .replace(b"Online Service Index", b"E-Government Index")
            .replace(b"X", b"Online Service Index")
        ),
        "columns were mixed up",
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_file_is_refused_and_told_what_to_do(broken):
    spoil, says = BROKEN[broken]

    refusal = refused(spoil(make.export()))

    assert says in str(refusal.findings[0])


def test_a_country_given_twice_is_refused_with_both_lines():
    again = make.export().splitlines()[line_of(FILE) - 1]

    refusal = refused(make.export() + again + b"\r\n")

    assert f"first in line {line_of(FILE)}" in str(refusal.findings[0])
    assert refusal.findings[0].line == 195


def test_a_code_and_a_name_of_two_countries_are_refused():
    refusal = refused(make.tidy(2024).replace(b"UZB,Uzbekistan", b"UZB,Kazakhstan"))

    assert "“Kazakhstan” is KAZ" in str(refusal.findings[0])


def test_a_single_sum_that_does_not_follow_is_kept_flagged_and_remarked():
    (parsed,) = reader.read("export.csv", make.export(changed={FILE: {OSI: 0.9}}))

    flags = {row.place: row.flags for row in parsed.rows if row.flags}
    assert flags == {"UZB": frozenset({"egdi_inconsistent"})}
    assert "kept as published" in str(parsed.remarks[0])


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 12000))
def test_whatever_the_bytes_the_answer_is_a_reading_or_a_refusal(noise, at):
    good = make.export()

    try:
        parsed = reader.read("noise.csv", good[:at] + noise + good[at + len(noise) :])
    except FileRefused as refusal:
        answer = refusal.findings
    else:
        answer = [each for each in parsed if each.places == 193]

    assert answer


@given(st.floats(0, 1).map(lambda number: round(number, 5)))
def test_a_number_is_the_same_with_point_and_comma(number):
    written = f"{number:.5f}"

    assert decimal(written) == decimal(written.replace(".", ",")) == number


@pytest.mark.parametrize("cell", ["", "nan", "inf", "1e999", "0x1", "1 000", "0,1,2", "٣", "--1"])
def test_what_is_no_number_is_not_guessed(cell):
    assert decimal(cell) is None
