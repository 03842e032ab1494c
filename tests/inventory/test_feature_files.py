"""Answers and facts of features from files: whole or not at all, and blind to other answers."""

import io
from contextlib import suppress
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.inventory.actions import feature_files as actions
from marra.inventory.actions import features
from marra.inventory.models.features import FeatureState, FeatureVerdict
from marra.inventory.queries import feature_files as queries
from marra.inventory.queries.feature_files import Fate
from marra.inventory.queries.feature_history import history
from marra.inventory.rules import feature_files as files
from marra.inventory.rules.assessing import AddressMissing
from marra.inventory.rules.feature_files import HEADS, SAYS, WORDS, Of, read, state_of, written
from marra.inventory.rules.features import UnknownState
from marra.inventory.rules.things import WrongAddress
from marra.kit.findings import FileRefused, Findings
from marra.people.rules.rights import Role, RoleMissing
from tests.house.rights import World

PAGE = "https://example.uz/"


@pytest.fixture
def root():
    return World.root


@pytest.fixture
def second():
    return replace(World.root, by="account-40070001")


def answers(stamp, text: str):
    return actions.import_answers(stamp, name="javob.csv", content=text.encode())


def facts(stamp, text: str):
    return actions.import_facts(stamp, name="belgilar.csv", content=text.encode())


def faults(text: str, of: Of = Of.ANSWERS) -> list[tuple[int, str, str]]:
    findings = Findings("a.csv")
    with suppress(FileRefused):
        read(text.encode(), findings, of)
    return [(each.line, each.column, each.sentence) for each in findings.wrong]


def test_answers_are_read_in_every_language_and_script():
    for state, words in WORDS.items():
        assert {state_of(word.upper()) for word in words} == {state}
    assert state_of("ҚИСМАН") is state_of("qisman")
    with pytest.raises(UnknownState):
        state_of("balki")


@given(
    st.sampled_from(["uz", "ru", "en"]),
    st.sampled_from(["csv", "xlsx"]),
    st.sampled_from(["yes", "partly", "no"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=40),
)
def test_what_is_written_reads_back_the_same(language, form, verdict, note):
    columns = ("code", "module", "feature", "state", *SAYS[Of.ANSWERS])
    row = ["osi-074", "texnologiya", "HTTPS", "maʼlum emas", verdict, PAGE, note]
    findings = Findings(f"a.{form}")

    told = read(written([row], columns, form, language), findings, Of.ANSWERS)

    assert not findings.wrong
    assert told[0].code == "osi-074"
    assert dict(told[0].says) == {"verdict": verdict, "address": PAGE} | (
        {"note": note} if note else {}
    )


def test_every_head_belongs_to_one_column_in_every_language():
    heads = [word for words in HEADS.values() for word in words]
    assert len({files.fold(each) for each in heads}) == len(files._NAMES) - sum(
        files.fold(name.replace("_", " ")) not in {files.fold(h) for h in heads} for name in HEADS
    )


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("code,baho,x\nosi-074,no,1", 1, "x", files.NO_SUCH_COLUMN),
        ("baho\nno", 1, "", files.NO_CODES),
        ("code,baho\nosi-074,", 0, "", files.NO_ROWS),
        ("code,baho\n,no", 2, "", files.NO_CODE),
        ("code,baho\nosi-074,no\nosi-071,no\nOSI-074,no", 4, "", files.TWICE),
        ("code,baho\nosi-999,no", 2, "code", None),
        ("code,baho\nosi-074,balki", 2, "baho", UnknownState.sentence),
        ("code,baho\nosi-074,ha", 2, "baho", AddressMissing.sentence),
        ("code,baho,manzil\nosi-074,no,javascript:x", 2, "manzil", WrongAddress.sentence),
    ],
)
def test_a_fault_is_told_with_its_line_and_column(text, line, column, sentence):
    found = faults(text)

    assert found[0][:2] == (line, column)
    assert sentence in (None, found[0][2])


@pytest.mark.parametrize("cell", ["x", "0", "-1", "1e9"])
def test_efforts_and_days_are_checked(cell):
    assert faults(f"code,effort\nosi-074,{cell}", Of.FACTS)
    assert faults(f"code,every days\nosi-074,{cell}", Of.FACTS)
    assert faults("code,every days\nosi-074,1.5", Of.FACTS)[0][2] == files.NOT_WHOLE


def test_two_assessors_answer_in_files_and_agree(root, second, db):
    found = answers(root, f"kod;baho;manzil\nosi-074;ha;{PAGE}\nosi-071;yoʻq;\nosi-072;;")
    assert [each.fate for each in found.plan] == [Fate.NEW, Fate.NEW]

    again = answers(root, f"kod;baho;manzil\nosi-074;ha;{PAGE}\nosi-071;qisman;{PAGE}")
    assert [each.fate for each in again.plan] == [Fate.SAME, Fate.CHANGED]
    assert FeatureState.objects.get(code="osi-074").state == "unknown"

    answers(second, f"kod;baho;manzil\nosi-074;да;{PAGE}\nosi-071;no;")

    assert FeatureState.objects.get(code="osi-074").state == "yes"
    assert FeatureState.objects.get(code="osi-071").state == "unknown"  # a reviewer is needed


def test_the_same_file_again_begins_no_round_and_another_answer_does(root, second, db):
    for stamp in (root, second):
        answers(stamp, "code,verdict\nosi-074,no")

    assert answers(root, "code,verdict\nosi-074,no").plan[0].fate is Fate.SAME
    assert FeatureState.objects.get().round == 1
    assert answers(root, f"code,verdict,address\nosi-074,yes,{PAGE}").plan[0].fate is Fate.NEXT
    assert FeatureState.objects.get().round == 2
    assert FeatureState.objects.get().state == "no"


def test_what_waits_for_a_reviewer_refuses_the_file_and_nothing_is_kept(root, second, db):
    answers(root, "code,verdict\nosi-074,no")
    answers(second, f"code,verdict,address\nosi-074,yes,{PAGE}")
    third = replace(root, by="account-40070002")

    with pytest.raises(FileRefused):
        answers(third, "code,verdict\nosi-071,no\nosi-074,no")

    assert FeatureVerdict.objects.count() == 2
    assert answers(root, "code,verdict\nosi-074,no").plan[0].fate is Fate.SAME


def test_the_sheet_of_an_assessor_holds_no_answer_of_another(root, second, db):
    answers(root, f"code,verdict,address,note\nosi-074,yes,{PAGE},Sirli izoh")

    own = {entry.code: said for entry, *said in queries.to_answer(root, "osi", "")}
    other = {entry.code: said for entry, *said in queries.to_answer(second, "osi", "")}

    assert own["osi-074"] == ["yes", PAGE, "Sirli izoh"]
    assert len(other) == 181
    assert {tuple(each) for each in other.values()} == {("", "", "")}


def test_nobody_answers_for_another_group_and_the_whole_file_is_refused(root, db):
    world = World.whole()
    features.share_features(root, ["osi-074"], group=world.group)
    features.share_features(root, ["osi-071"], group=world.other_group)
    member = world.stamp(Role.GROUP_MEMBER, world.group)

    with pytest.raises(FileRefused) as refused:
        answers(member, "code,verdict\nosi-074,no\nosi-071,no")
    with pytest.raises(RoleMissing):
        answers(member, "code,verdict\nosi-071,no")

    assert [each.line for each in refused.value.findings] == [3]
    assert not FeatureVerdict.objects.exists()
    assert [entry.code for entry, *_ in queries.to_answer(member, "osi", "")] == ["osi-074"]


def test_facts_are_taken_in_and_empty_cells_change_nothing(root, db):
    facts(root, f"kod;manzil;izoh;necha kunda tekshiriladi\nosi-074;{PAGE};Bor;7")

    found = facts(root, "kod;mehnat sarfi, kishi-kun;izoh\nosi-074;12,5;\nlosi-1726-204;3;x")

    row = FeatureState.objects.get(code="osi-074")
    assert (row.address, row.note, row.every_days, row.effort) == (PAGE, "Bor", 7, 12.5)
    assert [each.fate for each in found.plan] == [Fate.NEW, Fate.NEW]
    assert FeatureState.objects.get(code="losi-1726-204").portal == "1726"
    assert row.version == 3
    assert len(history(root, row)) == 2


def test_a_whole_list_is_answered_at_once(root, second, db):
    lines = "\n".join(f"{entry.code},no" for entry, *_ in queries.to_answer(root, "osi", ""))
    for stamp in (root, second):
        assert answers(stamp, f"code,verdict\n{lines}").count(Fate.NEW) == 181

    assert set(FeatureState.objects.values_list("state", flat=True)) == {"no"}


def test_a_workbook_opens_with_heads_in_the_language_of_the_reader():
    content = written([["osi-074"]], files.OF_REGISTER, "xlsx", "ru")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active

    assert [cell.value for cell in sheet[1]][:3] == ["код", "модуль", "признак"]
