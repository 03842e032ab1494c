"""A body's own list from a file: read whole or refused, in any letters, and written again."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marra.inventory.actions import importing
from marra.inventory.models.bodies import StateBody
from marra.inventory.models.functions import Function, Process, Service
from marra.inventory.queries import work
from marra.inventory.queries.importing import prepare, rows_of
from marra.inventory.rules.checks import Check
from marra.inventory.rules.files.columns import COLUMNS
from marra.inventory.rules.files.planned import DoublesUnseen
from marra.inventory.rules.files.writer import template, written
from marra.journal.models import Entry
from marra.kit.findings import FileRefused
from tests.house.rights import World
from tests.inventory import make

pytestmark = pytest.mark.django_db

HEAD = "funksiya;COFOG kodi;jarayon;qaror;qaror sababi;xizmat;toifa;muddat;yiliga murojaatlar soni"
ROWS = (
    (
        "Nikohni qayd etish;01.3;Ariza qabul qilish;raqamlashtirish;Koʻp;Nikoh guvohnomasi;"
        "registration;31.12.2027;300 000"
    ),
    (
        "Nikohni qayd etish;;Ariza qabul qilish;;;Nikoh haqida maʼlumotnoma;"
        "Maʼlumotnoma va koʻchirma;2027-06-30;1000"
    ),
    "Никоҳни қайд этиш;;Dublikat berish;oʻzgarishsiz qoldirish;Kam soʻraladi;;;;",
)


@pytest.fixture
def root():
    return World.root


@pytest.fixture
def justice():
    return StateBody.objects.get(code="justice")


def file(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *(rows or ROWS)]).encode()


def book(**sheets: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def take(stamp, content: bytes, **told: object) -> importing.Taken:
    return importing.import_list(
        stamp, "justice", name="royxat.csv", content=content, **{"sure": True, **told}
    )


def faults(stamp, body, content: bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(FileRefused) as refused:
        prepare(stamp, body, "royxat.csv", content)
    return [(each.line, each.column, str(each)) for each in refused.value.findings]


def test_one_sheet_makes_functions_processes_and_services_that_belong_together(root, justice):
    taken = take(root, file())

    function = Function.objects.get(body=justice)
    assert (taken.new, taken.changed) == (5, 0)
    assert function.cofog == "01.3"
    assert {each.title for each in function.processes.all()} == {
        "Ariza qabul qilish", "Dublikat berish"
    }  # fmt: skip
    service = Service.objects.get(title="Nikoh guvohnomasi")
    assert (service.volume, service.deadline) == (300_000, date(2027, 12, 31))
    assert service.processes.get().decision == "digitise"
    assert Service.objects.get(volume=1000).category == "record"
    assert work.problems_left("justice") == []


def test_the_same_file_again_changes_nothing(root, justice):
    take(root, file())

    again = prepare(root, justice, "royxat.csv", file())

    assert not again.changes_anything
    assert take(root, file()).same == 5
    assert Function.objects.get(body=justice).version == 1


def test_a_changed_cell_changes_that_field_and_an_empty_one_nothing(root, justice):
    take(root, file())
    later = file(ROWS[0].replace("01.3;", ";").replace("300 000", "310 000"))

    found = prepare(root, justice, "royxat.csv", later)
    take(root, later)

    (changed,) = [each for each in found.plan if each.fate == "changed"]
    assert (changed.told.title, changed.fields) == ("Nikoh guvohnomasi", ("volume",))
    assert changed.before["volume"] == 300_000
    assert Service.objects.get(title="Nikoh guvohnomasi").volume == 310_000
    assert Function.objects.get(body=justice).cofog == "01.3"


def test_three_sheets_with_russian_heads_say_the_same(root, justice):
    content = book(
        функции=[["функция", "код КФОГ"], ["Nikohni qayd etish", "01.3"]],
        процессы=[
            ["функция", "процесс", "решение", "причина решения"],
            ["Никоҳни қайд этиш", "Ariza qabul qilish", "цифровизировать", "Часто"],
        ],
        услуги=[
            ["процесс", "услуга", "категория", "срок", "обращений в год"],
            ["Ариза қабул қилиш", "Nikoh guvohnomasi", "Регистрация", date(2027, 12, 31), 5],
        ],
    )

    take(root, content)

    service = Service.objects.get(owner=justice)
    assert service.processes.get().function.title == "Nikohni qayd etish"
    assert (service.category, service.volume) == ("registration", 5)


def test_what_was_written_reads_back_the_same_in_both_forms(root, justice):
    take(root, file())
    make.process(root, title="Funksiyasiz ish", body="justice")
    make.function(root, title="Siyosat", no_process="Jarayon emas", shared_with=["health"])
    make.service(root, title="=1+1 xizmati", owner="justice", protected_share=0.125)

    for form in ("csv", "xlsx"):
        for language in ("uz", "ru", "en"):
            content = written(rows_of(justice, language), form, language)
            found = prepare(root, justice, f"royxat.{form}", content)
            assert [e.told.title for e in found.plan if e.fate != "same"] == []
            assert len(found.plan) == 8


def test_every_fault_is_told_with_its_line_and_column_and_nothing_is_taken(root, justice):
    content = file(
        "Nikohni qayd etish;99;Ariza qabul qilish;raqamlashtirish;;Guvohnoma;yoʻq;kecha;koʻp",
        "Nikohni qayd etish;01;Ariza qabul qilish;;;;permit;;",
    )

    found = faults(root, justice, content)

    assert {(line, column) for line, column, _ in found} == {
        (2, "cofog"), (2, "category"), (2, "deadline"), (2, "volume"), (3, ""), (2, "decision"),
    }  # fmt: skip
    with pytest.raises(FileRefused):
        take(root, content)
    assert not Function.objects.exists()
    assert not Entry.objects.filter(deed="list.imported").exists()


@pytest.mark.parametrize(
    ("head", "row", "says"),
    [
        ("funksiya;nimadir", "Nikoh;1", "no column “nimadir”"),
        ("muddat", "31.12.2027", "no column for functions"),
        ("funksiya;xizmat;automation, %", "Nikoh;Nikoh;0,3", "30 for 30 %"),
        ("funksiya;xizmat;hozir, daqiqa", "Nikoh;Nikoh;1e9", "from 0 to"),
        ("funksiya;hamkor organlar", "Nikoh;Yoʻq vazirligi", "no state body"),
        ("funksiya;hamkor organlar", "Nikoh;Adliya vazirligi", "does not share it with itself"),
        ("xizmat;ilovada (sanadan)", "Nikoh;31.12.2030", "still to come"),
    ],
)
def test_a_fault_says_what_to_do(root, justice, head, row, says):
    assert says in faults(root, justice, file(row, head=head))[0][2]


def test_rows_that_contradict_each_other_are_told(root, justice):
    content = file(ROWS[0], ROWS[0].replace("300 000", "5"))

    ((line, column, told),) = faults(root, justice, content)

    assert (line, column) == (3, "volume")
    assert "line 2" in told


def test_another_spelling_is_taken_as_the_same_and_remarked(root, justice):
    found = prepare(root, justice, "royxat.csv", file())

    (remark,) = found.remarks
    assert (remark.line, remark.facts["before"]) == (4, "Nikohni qayd etish")


def test_a_merge_finds_its_target_in_the_file_and_refuses_one_that_goes_away(root, justice):
    head = "funksiya;jarayon;qaror;qaror sababi;qaysi jarayonga birlashtiriladi"
    stays = "Nikoh;Birinchi ish;;;"
    goes = "Nikoh;Birinchi ish;bekor qilish;Keraksiz;"
    merged = "Nikoh;Ikkinchi ish;birlashtirish;Bir xil;Биринчи иш"

    assert "no single process" in faults(root, justice, file(goes, merged, head=head))[0][2]
    take(root, file(stays, merged, head=head))

    one = Process.objects.get(title="Ikkinchi ish")
    assert one.merged_into.title == "Birinchi ish"
    assert prepare(root, justice, "r.csv", file(stays, merged, head=head)).count(
        "process", "same"
    ) == 2  # fmt: skip


def test_a_new_thing_under_nearly_the_same_title_is_taken_only_by_who_has_looked(root, justice):
    make.function(root, "health", "Fuqarolik holatini qayd etish")
    content = file("Фуқаролик ҳолатларини қайд этиш", head="funksiya")

    (double,) = prepare(root, justice, "royxat.csv", content).doubles
    assert double.body == "health"
    with pytest.raises(DoublesUnseen):
        take(root, content, sure=False)
    assert take(root, content).new == 1


def test_a_function_that_another_body_owns_comes_in_as_work_left(root):
    make.function(root, "health", "Nikohni qayd etish", no_process="Siyosat.")

    take(root, file("Никоҳни қайд этиш;Siyosat", head="funksiya;jarayoni yoʻqligi sababi"))

    assert [each.check for each in work.problems_left("justice")] == [Check.OWNED_TWICE]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru", "en"])
def test_the_template_has_every_column_and_is_refused_while_it_is_empty(
    root, justice, form, language
):
    content = template(form, language)

    assert "Write one thing a row" in faults(root, justice, content)[0][2]
    assert len(COLUMNS) == 26


def many(count: int) -> bytes:
    """A list of so many rows; two in a row share a function."""
    head = ["funksiya", "jarayon", "xizmat", "toifa", "yiliga murojaatlar soni"]
    rows = [
        [f"{at // 2}-funksiya", f"{at}-jarayon", f"{at}-xizmat", "permit", at]
        for at in range(1000, 1000 + count)
    ]
    return book(royxat=[head, *rows])


def test_rows_are_written_in_batches_and_not_one_by_one(root, justice):
    with CaptureQueriesContext(connection) as few:
        take(root, many(20))
    with CaptureQueriesContext(connection) as more:
        take(root, many(200))

    assert Service.objects.count() == 200
    assert len(more) < len(few) + 60  # batches of rows, as many as a statement may hold
