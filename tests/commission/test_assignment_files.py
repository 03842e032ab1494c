"""Lists of assignments in files: read whole or refused with every fault in its place."""

import csv
import io
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from marra.commission.actions.assignment_files import import_assignments
from marra.commission.models.assignments import Assignment
from marra.commission.rules.assignment_files.columns import COLUMNS
from marra.commission.rules.assignment_files.planned import Known
from marra.commission.rules.assignment_files.reader import read
from marra.commission.rules.assignments import State
from marra.kit.findings import FileRefused
from marra.language.fold import fold
from marra.web.commission.assignment_sheets import as_csv, as_xlsx, cells
from tests.commission import assignments as make
from tests.conftest import NOON

TODAY = NOON.date()
KNOWN = Known(
    bodies={fold("Raqamli texnologiyalar vazirligi"): "digital", "health": "health"},
    called={"digital": "Raqamli texnologiyalar vazirligi"},
    groups={"2": "WG-2"},
    clauses={fold("PQ-308 P4-b"): "pq-308/P4-b"},
    indicators={fold("portal.services"): "portal.services"},
    numbers=frozenset({"2026/7"}),
    titles={(fold("Open the register"), "digital"): "2026/7"},
)
HEAD = "Topshiriq mazmuni;Masʼul ijrochi;Ijro muddati"
ROW = "Xizmatlar roʻyxatini tuzish;Raqamli texnologiyalar vazirligi;30.06.2026"


def text(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join((head, *rows)).encode()


def one(**cells_: str):
    """What a row with these columns becomes."""
    told = {"title": "Open the portal", "lead": "health", "deadline": "30.06.2026", **cells_}
    content = text(";".join(told.values()), head=";".join(told))
    return read("x.csv", content, KNOWN, TODAY).rows[0]


def faults(content: bytes) -> list[str]:
    with pytest.raises(FileRefused) as refusal:
        read("x.csv", content, KNOWN, TODAY)
    return [str(each) for each in refusal.value.findings]


# ── Rules ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        "Топшириқ мазмуни;Масъул ижрочи;Ижро муддати",
        "Содержание поручения;Ответственный исполнитель;Срок исполнения",
        "What is to be done;Body that leads;Deadline",
        "topshiriq mazmuni;mas'ul ijrochi;muddat",
    ],
)
def test_heads_are_known_in_any_language_and_script(head):
    found = read("x.csv", text(ROW, head=head), KNOWN, TODAY).rows[0]

    assert (found.lead, found.deadline) == ("digital", date(2026, 6, 30))


@pytest.mark.parametrize(
    "name", ["Рақамли технологиялар вазирлиги", "raqamli texnologiyalar vazirligi "]
)
def test_a_body_is_known_in_any_letters(name):
    assert one(lead=name).lead == "digital"


def test_every_cell_goes_to_its_place():
    found = one(
        ijro="05-12/26", basis="PQ-308, P4-b", head="A. Karimov", given="15.01.2026",
        group="2", indicator="portal.services", state="Ijroda", percent="40 %", note="Batafsil",
        **{"co-executors": "Raqamli texnologiyalar vazirligi", "first-deadline": "31.03.2026"},
    )  # fmt: skip

    assert (found.ijro_number, found.clause, found.basis) == ("05-12/26", "pq-308/P4-b", "")
    assert (found.co_executors, found.head_name) == (("digital",), "A. Karimov")
    assert (found.given_on, found.first_deadline) == (date(2026, 1, 15), date(2026, 3, 31))
    assert (found.group, found.indicator, found.state) == (
        "WG-2", "portal.services", State.IN_PROGRESS,
    )  # fmt: skip
    assert (found.percent, found.text) == (40, "Batafsil")


def test_a_basis_that_is_no_clause_here_stays_as_it_is_written():
    assert one(basis="Bayon 5, 2-band").basis == "Bayon 5, 2-band"


def test_a_past_deadline_is_taken_as_it_is():
    found = one(deadline="31.12.2024")

    assert (found.given_on, found.deadline) == (date(2024, 12, 31), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (";health;30.06.2026", "Line 2, column topshiriq mazmuni: The cell is empty"),
        ("Open it;;30.06.2026", "Line 2, column masʼul ijrochi: The cell is empty"),
        ("Open it;Mars;30.06.2026", "There is no state body “Mars”. Write its full name"),
        (
            "Open it;Raqamli texnologiya vazirlik;30.06.2026",
            "If “Raqamli texnologiyalar vazirligi” is meant",
        ),
        ("Open it;health;soon", "Line 2, column ijro muddati: “soon” is not a day"),
        ("Ha;health;30.06.2026", "What is to be done has 2 characters"),
        ("Open it;health;30.06.2066", "lies more than 15 years ahead"),
    ],
)
def test_a_fault_is_told_with_its_line_and_column(row, fault):
    told = faults(text(row))

    assert len(told) == 1
    assert fault in told[0]


@pytest.mark.parametrize(
    ("column", "cell", "fault"),
    [
        ("state", "Bajarilgan", "“Bajarilgan” is not taken from a file"),
        ("group", "17", "There is no working group “17”"),
        ("indicator", "happiness", "There is no indicator “happiness”"),
        ("percent", "half", "“half” is not a whole number from 0 to 100"),
        ("first-deadline", "31.12.2026", "lies after the deadline 30.06.2026"),
        ("co-executors", "health", "stands among the co-executors"),
        ("number", "2026/99", "There is no assignment 2026/99 here"),
        ("ijro", "9" * 61, "has 61 characters, and at most 60"),
        ("colour", "red", "There is no column “colour”"),
    ],
)
def test_a_further_column_is_checked_too(column, cell, fault):
    content = text(f"Open it;health;30.06.2026;{cell}", head=f"title;lead;deadline;{column}")

    assert fault in faults(content)[0]


def test_all_faults_of_a_file_are_told_at_once_and_a_repetition_too():
    told = faults(text("Ha;Mars;soon", ROW, ROW.upper()))

    assert len(told) == 4
    assert "The row repeats line 3" in told[3]


@pytest.mark.parametrize("content", [b"", b"title;lead;deadline\n", text(ROW, head="a;b;c")])
def test_a_file_without_assignments_is_refused(content):
    assert faults(content)


def test_what_stands_already_is_left_out_and_told():
    found = read(
        "x.csv",
        text("2026/7;x;y;z", ";open the REGISTER!;Raqamli texnologiyalar vazirligi;30.06.2026",
             head="number;title;lead;deadline"),
        KNOWN, TODAY,
    )  # fmt: skip

    assert found.rows == ()
    assert found.standing == ((2, "2026/7"), (3, "2026/7"))


def test_what_says_nearly_the_same_is_told_and_taken():
    lead = "Raqamli texnologiyalar vazirligi"
    found = read(
        "x.csv",
        text(f"Open the registers;{lead};30.06.2026", ROW, f"{ROW.replace(';', ' 2;', 1)}"),
        KNOWN,
        TODAY,
    )

    assert len(found.rows) == 3
    assert {(each.line, each.number, each.other_line) for each in found.alike} == {
        (2, "2026/7", 0), (4, "", 3),
    }  # fmt: skip


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_comes_is_read_or_refused(content):
    told = None
    try:
        told = read("x.csv", content, KNOWN, TODAY).rows
    except FileRefused as refused:
        told = refused.findings

    assert told


# ── Acts and files ───────────────────────────────────────────────────────────────────────────

db = pytest.mark.django_db


def book(*rows: list[object]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Reja")
        for at, row in enumerate((HEAD.split(";"), *rows)):
            sheet.write_row(at, 0, row)
    return out.getvalue()


@db
def test_a_workbook_is_taken_in_whole_with_numbers_and_interim_days(as_administrator):
    rows = [[f"Xizmat {n} ni ochish", "digital", "25.12.2026"] for n in range(1, 4)]

    taken = import_assignments(as_administrator, name="x.xlsx", content=book(*rows), give=True)

    made = list(Assignment.objects.filter(title__startswith="Xizmat ").order_by("pk"))
    first = int(made[0].number.split("/")[1])
    assert (taken.made, taken.standing) == (3, 0)
    assert [each.number for each in made] == [f"2026/{first + n}" for n in range(3)]
    assert {each.state for each in made} == {State.NEW}
    assert [each.checkpoints.count() for each in made] == [3, 3, 3]


@db
def test_one_fault_keeps_everything_out(as_administrator):
    before = Assignment.objects.count()
    content = book(["Xizmatni ochish", "digital", "25.12.2026"], ["Yana biri", "Mars", "soon"])

    with pytest.raises(FileRefused) as refusal:
        import_assignments(as_administrator, name="x.xlsx", content=content)

    assert [each.line for each in refusal.value.findings] == [3, 3]
    assert Assignment.objects.count() == before


@db
def test_the_same_file_twice_adds_nothing(as_administrator):
    content = book(["Xizmatni ochish", "digital", "25.12.2026"])
    import_assignments(as_administrator, name="x.xlsx", content=content)

    again = import_assignments(as_administrator, name="x.xlsx", content=content)

    assert (again.made, again.standing) == (0, 1)


@db
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_what_is_written_reads_back_as_standing_already(as_administrator, write):
    make.done(make.secretary(), title="=SUM(A1) is to be done", text="+1\nsecond line")
    rows = Assignment.objects.select_related("lead", "group").prefetch_related("co_executors")

    again = import_assignments(as_administrator, name="x", content=write(cells(rows)))

    assert (again.made, again.standing) == (0, rows.count())


@db
def test_a_list_runs_nothing_in_a_spreadsheet():
    make.assignment(make.secretary(), title="=cmd|' /C calc'!A0", ijro_number="@SUM(1)")
    rows = Assignment.objects.filter(ijro_number="@SUM(1)")

    told = list(csv.reader(io.StringIO(as_csv(cells(rows)).decode("utf-8-sig")), delimiter=";"))

    assert len(told[0]) == len(COLUMNS)
    assert {told[1][1], told[1][2]} == {"'@SUM(1)", "'=cmd|' /C calc'!A0"}


@db
def test_an_apostrophe_of_ours_is_taken_off_again():
    assert one(title="'=1+1 is two").title == "=1+1 is two"
