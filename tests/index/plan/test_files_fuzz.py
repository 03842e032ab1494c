"""Whatever is done to a file, it is read or refused: never another fault, and in bounded time."""

from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from marra.index.plan.files import FORMS, packaged, read, template, to_csv, to_toml, to_xlsx
from marra.index.plan.portfolio import Portfolio
from marra.kit.findings import FileRefused, Finding
from tests.index.plan.written import CSV, TOML, workbook

WHOLE = packaged("uzbekistan")
FILES = {
    "toml": TOML.encode(),
    "csv": CSV.encode(),
    "xlsx": workbook(),
    "packaged.toml": to_toml(WHOLE),
    "packaged.csv": to_csv(WHOLE),
    "packaged.xlsx": to_xlsx(WHOLE),
    **{f"template.{form}": template(form) for form in FORMS},
}


def judged(content: bytes) -> Portfolio | None:
    """What comes of a file; any fault but a refusal goes on."""
    began = process_time()
    found = None
    told: tuple[Finding, ...] = ()
    try:
        found = read("plan", content)
    except FileRefused as refusal:
        told = refusal.findings
    assert process_time() - began < 20
    assert found or 0 < len(told) <= 20
    assert all(map(str, told))
    return found


@settings(max_examples=150)
@given(st.sampled_from(sorted(FILES)), st.floats(0, 1))
def test_a_file_cut_off_is_refused_or_read(form, share):
    content = FILES[form]

    judged(content[: int(len(content) * share)])


@pytest.mark.parametrize("form", ["toml", "csv", "xlsx"])
def test_a_portfolio_cut_off_is_not_read_by_half(form):
    content = FILES[f"packaged.{form}"]

    for cut in range(3, 1500, 7):
        found = judged(content[:-cut])
        assert found is None or found == WHOLE, cut


@settings(max_examples=300)
@given(
    st.sampled_from(sorted(FILES)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 7)), max_size=4),
)
def test_a_file_with_flipped_bits_is_refused_or_read(form, flips):
    content = bytearray(FILES[form])
    for share, bit in flips:
        content[int(len(content) * share)] ^= 1 << bit

    judged(bytes(content))


@settings(max_examples=200)
@given(st.sampled_from(["toml", "csv"]), st.data())
def test_a_text_with_lines_lost_moved_or_doubled_is_refused_or_read(form, data):
    lines = FILES[form].decode().splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        where = data.draw(st.integers(0, len(lines)))
        line = lines.pop(at) if data.draw(st.booleans()) and len(lines) > 1 else lines[at]
        lines.insert(where, data.draw(st.sampled_from(["", line, line * 2, line[::-1], '"'])))

    judged("".join(lines).encode())


@settings(max_examples=200)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)))
@example(b"PK\x03\x04")
@example(b"PK\x05\x06" + bytes(18))
@example(b"[portfolio]")
@example(b"[portfolio]\n\n[initiatives]\n[effects]\n")
@example(b'[portfolio]\n"')
@example(b"\xff\xfe[\0p\0o\0r\0t\0f\0o\0l\0i\0o\0]\0")
@example(b"\xff\xfe[")
@example(b"effects = 1")
@example(b"initiatives = [1]")
@example(b"initiatives = [{effects = [[]]}]")
@example(b"code = {}")
def test_anything_at_all_is_refused_or_read(content):
    judged(content)


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.sampled_from(["=1/0", "=A1", "#N/A", "", " ", "-", "2026", "0,5", "1e999", "'", "#", "["]),
    st.text("aʻ0;,= \n", max_size=8),
)


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["portfolio", "initiatives", "effects", "budgets", "names"]),
            st.integers(1, 5),
            st.integers(1, 16),
            CELLS,
        ),
        max_size=6,
    )
)
def test_a_workbook_with_any_cells_is_refused_or_read(cells):
    def change(book):
        for sheet, row, column, value in cells:
            book[sheet].cell(row, column, value)

    judged(workbook(change))
