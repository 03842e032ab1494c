"""Files of acts: read whole, or refused with every fault at its line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.commission.rules.acts.act import digest, read, written
from marra.commission.rules.acts.packaged import packaged
from marra.commission.rules.acts.reader import LARGEST
from marra.commission.rules.acts.reader import read as read_file
from marra.commission.rules.acts.writer import to_toml
from marra.commission.rules.readings import QUESTIONS
from marra.commission.rules.taking import changes
from marra.evidence.rules.indicators import indicators
from marra.kit.findings import FileRefused
from tests.commission.acts import file

RESOLUTION, *SOURCES = packaged()
OURS = {each.code: each for each in RESOLUTION.obligations}


def told(content: bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(FileRefused) as refused:
        read_file("act.toml", content)
    return [(each.line, each.column, str(each)) for each in refused.value.findings]


def test_the_resolution_has_the_days_and_the_clauses_of_its_digest():
    days = (RESOLUTION.signed_on, RESOLUTION.published_on, RESOLUTION.in_force_from)
    parts = [each.number for each in RESOLUTION.clauses if each.parent == "P4"]

    assert days == (date(2023, 9, 14), date(2023, 9, 20), date(2023, 9, 20))
    assert [each.number for each in RESOLUTION.clauses if not each.parent] == [
        f"P{number}" for number in range(1, 10)
    ]
    assert parts == ["P4-a", "P4-b", "P4-c", "P4-d", "P4-e"]


def test_the_obligations_of_the_resolution_and_of_other_sources_stand_apart():
    letters = {"O-04": "abcd", "O-05": "abc", "O-06": "abc", "O-08": "abc"}
    expected = [
        f"O-{number:02}{letter}"
        for number in range(1, 15)
        for letter in letters.get(f"O-{number:02}", ("",))
    ]

    assert list(OURS) == expected
    assert [each.code for act in SOURCES for each in act.obligations] == [
        f"X-{number:02}" for number in range(1, 14)
    ]
    assert {act.kind for act in SOURCES} == {"source"}
    assert all(act.address.startswith("https://") and act.published_on for act in SOURCES)


@pytest.mark.parametrize(
    ("code", "due", "relation", "target"),
    [
        ("O-02", None, "le", 30),
        ("O-05a", None, "ge", 100),
        ("O-09", date(2024, 6, 1), "ge", None),
        ("O-10", date(2024, 12, 31), "ge", 700),
        ("O-11", date(2024, 12, 31), "ge", 65),
        ("O-12", None, "ge", 14),
        ("O-13", date(2023, 11, 1), "ge", 1),
        ("O-14", date(2023, 9, 20), "", None),
    ],
)
def test_numbers_and_days_are_those_of_the_digest(code, due, relation, target):
    found = OURS[code]

    assert (found.due, found.relation, found.target) == (due, relation, target)


def test_what_is_measured_is_an_indicator_and_each_answer_to_a_question_has_a_meaning():
    for act in packaged():
        for each in act.obligations:
            assert not each.measure or each.measure in indicators()
            answers = QUESTIONS[each.reading].answers if each.reading else ()
            assert tuple(meaning.answer for meaning in each.meanings) == answers


def test_every_text_stands_in_four_languages_and_an_act_is_the_same_after_it_was_kept():
    for act in packaged():
        texts = [act.title, act.number, *(each.text for each in act.clauses)]
        texts += [each.what for each in act.obligations] + [each.name for each in act.terms]
        assert all((text.uz, text.uz_cyrl, text.ru, text.en).count("") == 0 for text in texts)
        assert read(written(act)) == act
        assert read_file("act.toml", to_toml(act)) == act


def test_an_original_text_may_stand_beside_what_it_says():
    act = read_file("act.toml", file())

    assert [each.original for each in act.clauses] == ["Asl matn.", ""]
    assert act.clauses[1].text.uz_cyrl == "Синов ўтказилади."


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "said"),
    [
        ('code = "vmq-1"', "", 1, "code", "missing"),
        ('code = "vmq-1"', 'code = "VMQ 1"', 2, "code", "Write it like pq-308"),
        ('code = "vmq-1"', 'code = "vmq-1-v2"', 2, "code", "Write it like pq-308"),
        ('kind = "resolution"', 'kind = "letter"', 3, "kind", "law, decree"),
        ('address = "https://lex.uz/docs/1"', 'address = "lex.uz"', 7, "address", "https://"),
        ('basis = "quoted"', 'bases = "quoted"', 8, "bases", "nearest is “basis”"),
        ("2025-01-10", '"2025-01-10"', 9, "signed_on", "without quotation marks"),
        ("in_force_from = 2025", "in_force_from = 2024", 10, "in_force_from", "before"),
        ('text.ru = "Число услуг увеличивается."', "", 15, "text", "missing in ru"),
        ("text.ru", "text.de", 15, "text", "“de” is no language"),
        ('parent = "1"', 'parent = "2"', 21, "parent", "no clause “2”"),
        ('number = "1-a"', 'number = "1"', 20, "number", "stands twice"),
        ('code = "V-02"', 'code = "V-01"', 38, "code", "stands twice"),
        ('clause = "1-a"', 'clause = "7"', 39, "clause", "no clause “7”"),
        ("target = 900\n", "", 24, "target", "measure, relation and target together"),
        ("target = 900", 'target = "many"', 34, "target", "number is needed"),
        ('measure = "portal.services"', 'measure = "x"', 32, "measure", "not known here"),
        ('proof = "acceptance"', 'proof = "fact"', 37, "due", "needs the day"),
        ('unit = "services"', 'unit = "services"\nreading = "by-2030"', 24, "by_answer", "2028"),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_line(old, new, line, column, said):
    found = told(file(**{old: new}))

    assert any((at, where) == (line, column) and said in what for at, where, what in found), found


def test_all_faults_are_told_at_once():
    content = file(**{'kind = "resolution"': "", "target = 900": "target = true"})

    assert len(told(content)) >= 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "missing"),
        (b"\xff\xfe", "UTF-8"),
        (b"code = ", "cut off"),
        (b"a = " + b"[" * 100_000, "nested too deep"),
        (b"clauses = 3", "must be tables"),
        (b"#" * (LARGEST + 1), "larger than 1 megabyte"),
        (file() + b'[[clauses]]\nnumber = "9"\n' * 500, "more than 500"),
    ],
)
def test_what_is_no_act_is_refused(content, said):
    assert any(said in what for _, _, what in told(content))


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode()))
def test_no_file_breaks_the_reader(content):
    with pytest.raises(FileRefused):
        read_file("act.toml", content)


def test_the_change_between_two_versions_names_what_comes_goes_and_changes():
    before = read_file("act.toml", file())
    after = read_file(
        "act.toml",
        file(
            **{'code = "V-02"': 'code = "V-03"', "target = 900": "target = 950", "VMQ-1": "VMQ-2"}
        ),
    )

    found = [(each.thing, each.code, each.kind, each.fields) for each in changes(before, after)]

    assert found == [
        ("act", "vmq-1", "changed", ("number",)),
        ("obligation", "V-01", "changed", ("target",)),
        ("obligation", "V-03", "added", ()),
        ("obligation", "V-02", "removed", ()),
    ]
    assert changes(None, after) == ()
    assert digest(written(before)) != digest(written(after))
