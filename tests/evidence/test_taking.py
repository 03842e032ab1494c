"""Files and systems report whole or not at all, by the same checks as a hand."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
import xlsxwriter

from marra.evidence.actions import steering
from marra.evidence.actions.observations import enter
from marra.evidence.actions.taking import NotYours, deliver, import_file
from marra.evidence.models.observations import Delivery, Observation, ReportingKey
from marra.evidence.queries import keys as key_queries
from marra.evidence.queries.observations import series
from marra.evidence.rules import keys
from marra.evidence.rules.observation_files import read
from marra.inventory.models.bodies import StateBody
from marra.journal.models import Entry
from marra.kit.findings import FileRefused
from marra.people.rules import Role, RoleMissing, Stamp
from marra.store import NothingNamed
from tests.conftest import NOON

TODAY = date(2026, 3, 2)
HEAD = ("indicator", "place", "value", "day", "basis", "source", "note")
ROWS = [
    ("portal.services", "", "761", "30.06.2025", "announced", "my.gov.uz", ""),
    ("mobile.subscribers", "UZB", "30 100 000", "2025-01-01", "persons", "stat.uz", "persons"),
]


def table(rows, head=HEAD) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode()


def book(rows, head=HEAD) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet("data")
        for line, row in enumerate([head, *rows]):
            sheet.write_row(line, 0, row)
    return out.getvalue()


def faults(rows, head=HEAD) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        read("a.csv", table(rows, head), place="UZB", known=TODAY)
    return [str(each) for each in refused.value.findings]


# ── Rules of the file ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("write", [table, book])
def test_a_file_is_read_from_text_and_from_a_workbook_alike(write):
    found = read("a", write(ROWS), place="UZB", known=TODAY)

    assert [each.measured.value for each in found.rows] == [761.0, 30_100_000.0]
    assert {each.measured.place for each in found.rows} == {"UZB"}


def test_columns_may_bear_uzbek_or_russian_names():
    head = ("Koʻrsatkich", "Hudud", "Qiymat", "Sana", "Asos", "Manba", "Izoh")
    russian = ("показатель", "территория", "значение", "дата", "основа", "источник", "примечание")

    assert len(read("a", table(ROWS, head), place="UZB", known=TODAY).rows) == 2
    assert len(read("a", table(ROWS, russian), place="UZB", known=TODAY).rows) == 2


def test_every_fault_is_told_with_line_and_column():
    told = faults(
        [
            ("portal.services", "", "many", "31.12.2025", "announced", "my.gov.uz", ""),
            ("portal.services", "", "700", "2025", "announced", "my.gov.uz", ""),
            ("portal.nothing", "", "700", "31.12.2025", "announced", "my.gov.uz", ""),
            ("portal.services", "", "700", "31.12.2026", "announced", "my.gov.uz", ""),
            ("portal.services", "", "700", "31.12.2025", "", "my.gov.uz", ""),
        ]
    )

    assert len(told) == 5
    assert told[0].startswith("Line 2, column value: “many”")
    assert "is not a day" in told[1]
    assert "no indicator" in told[2]
    assert "projection" in told[3]
    assert told[4].startswith("Line 6, column basis")


def test_a_row_that_calls_itself_a_forecast_refuses_the_file():
    told = faults([(*ROWS[0], "forecast")], (*HEAD, "kind"))

    assert "forecast" in told[0]


def test_the_same_thing_twice_or_an_unknown_column_is_refused():
    assert "repeats line 2" in faults([ROWS[0], ROWS[0]])[0]
    assert "no column “colour”" in faults([(*ROWS[0], "red")], (*HEAD, "colour"))[0]
    assert "missing" in faults([ROWS[0][:4]], HEAD[:4])[0]
    assert "no row" in faults([])[0]


# ── Taking a file in ─────────────────────────────────────────────────────────────────────────

import_here = pytest.mark.django_db


def take(stamp, rows, **changed):
    return import_file(stamp, name="a.csv", content=table(rows), place="UZB", **changed)


@import_here
def test_a_file_is_taken_in_once_and_known_values_are_left(as_analyst):
    first = take(as_analyst, ROWS)
    second = take(as_analyst, ROWS)

    assert (len(first.made), first.corrected, first.known) == (2, 0, 0)
    assert (len(second.made), second.corrected, second.known) == (0, 0, 2)
    assert {row.origin for row in first.made} == {"file"}
    assert Entry.objects.filter(deed="observation.imported").count() == 2


@import_here
def test_another_value_of_the_day_takes_the_place_of_the_one_before(as_analyst):
    take(as_analyst, ROWS)
    changed = ("portal.services", "", "762", "30.06.2025", "announced", "my.gov.uz", "")

    taken = take(as_analyst, [changed])

    (row,) = series("portal.services", "UZB")
    assert (row.value, row.corrects.value, taken.corrected) == (762.0, 761.0, 1)
    assert Observation.objects.count() == 3


@import_here
def test_one_fault_refuses_every_row(as_analyst):
    with pytest.raises(FileRefused):
        take(as_analyst, [*ROWS, ("portal.services", "", "x", "01.01.2026", "announced", "s", "")])

    assert Observation.objects.count() == 0


@import_here
def test_a_body_does_not_overwrite_what_another_reported(as_analyst):
    clerk = replace(as_analyst, by="account-7", roles=frozenset({(Role.EXECUTOR, "body-1")}))
    take(as_analyst, ROWS, reporter="body-2")
    changed = ("portal.services", "", "762", "30.06.2025", "announced", "my.gov.uz", "")

    with pytest.raises(NotYours):
        take(clerk, [changed], reporter="body-1")
    with pytest.raises(RoleMissing):
        take(clerk, [changed], reporter="body-2")


# ── Keys ─────────────────────────────────────────────────────────────────────────────────────


def body(code="body-1"):
    names = dict.fromkeys(("uz", "uz_cyrl", "ru", "en"), code)
    return StateBody.objects.create(code=code, names=names, kind="ministry", opened_at=NOON)


def machine(code="body-1", at=NOON):
    return Stamp(by="key-1", at=at, roles=frozenset({(Role.EXECUTOR, code)}))


def value(**changed):
    told = {
        "indicator": "portal.services",
        "place": "UZB",
        "value": 761.0,
        "day": date(2025, 6, 30),
        "basis": "counted",
    }
    return {**told, **changed}


@pytest.fixture
def key(as_administrator, db):
    body()
    return steering.make_key(as_administrator, "body-1", title="Portal")


@import_here
def test_only_the_digest_of_a_key_is_kept_and_the_secret_finds_it(key):
    made, secret = key

    assert secret not in str(ReportingKey.objects.values())
    assert key_queries.keyed(secret) == made
    assert key_queries.keyed(secret + "x") is None


@import_here
def test_a_system_reports_as_its_body_by_the_same_checks(key):
    made, _ = key

    delivery, is_new = deliver(machine(), made.code, once="1", values=[value()])

    (row,) = series("portal.services", "UZB")
    assert is_new
    assert delivery.codes == [row.code]
    assert (row.origin, row.reporter, row.source) == ("api", "body-1", "Portal")


@import_here
def test_the_same_delivery_again_is_answered_as_before_and_kept_once(key):
    made, _ = key
    first, _ = deliver(machine(), made.code, once="1", values=[value()])

    again, is_new = deliver(machine(), made.code, once="1", values=[value()])

    assert (again, is_new) == (first, False)
    assert (Observation.objects.count(), Delivery.objects.count()) == (1, 1)
    with pytest.raises(keys.OnceTaken):
        deliver(machine(), made.code, once="1", values=[value(value=762.0)])


@import_here
def test_one_wrong_value_refuses_the_whole_delivery(key):
    made, _ = key
    tomorrow = NOON.date() + timedelta(days=1)

    with pytest.raises(Exception, match="projection"):
        deliver(machine(), made.code, once="1", values=[value(), value(day=tomorrow)])

    assert Observation.objects.count() == 0


@import_here
def test_a_key_delivers_not_more_often_than_any_report_needs(key):
    made, _ = key
    for number in range(keys.A_MINUTE):
        deliver(machine(), made.code, once=str(number), values=[value(value=number)])

    with pytest.raises(keys.TooOften):
        deliver(machine(), made.code, once="more", values=[value(value=999.0)])
    later = machine(at=NOON + timedelta(seconds=61))
    assert deliver(later, made.code, once="more", values=[value(value=999.0)])[1]


@import_here
def test_a_key_is_for_its_indicators_and_its_body_alone(as_administrator, key):
    body("body-2")
    made, _ = steering.make_key(
        as_administrator, "body-1", title="Only one", indicators=["egdi.rank"]
    )

    with pytest.raises(keys.NotOfThisKey):
        deliver(machine(), made.code, once="1", values=[value()])
    with pytest.raises(NothingNamed):
        deliver(machine("body-2"), made.code, once="1", values=[value()])


@import_here
def test_an_ended_key_delivers_no_more_and_what_it_delivered_stays(as_administrator, key):
    made, _ = key
    deliver(machine(), made.code, once="1", values=[value()])

    steering.end_key(as_administrator, made.code)

    with pytest.raises(keys.KeyUnknown):
        deliver(machine(), made.code, once="2", values=[value(value=1.0)])
    with pytest.raises(keys.KeyEnded):
        steering.end_key(as_administrator, made.code)
    assert Observation.objects.count() == 1


@import_here
@pytest.mark.parametrize("once", ["", " ", "a b", "x" * 81, "ʻ"])
def test_a_delivery_has_a_plain_name_of_its_own(key, once):
    with pytest.raises(keys.OnceMissing):
        deliver(machine(), key[0].code, once=once, values=[value()])


@import_here
@pytest.mark.parametrize("count", [0, keys.MOST + 1])
def test_a_delivery_is_neither_empty_nor_endless(key, count):
    with pytest.raises(keys.NothingDelivered):
        deliver(machine(), key[0].code, once="1", values=[value()] * count)


@import_here
def test_a_hand_and_a_system_meet_the_same_refusals(as_analyst, key):
    wrong = {"unit": "thousand", "day": NOON.date() - timedelta(days=1)}

    with pytest.raises(Exception, match="Convert it first") as by_hand:
        enter(as_analyst, source="my.gov.uz", **value(**wrong))
    with pytest.raises(Exception, match="Convert it first") as by_system:
        deliver(machine(), key[0].code, once="1", values=[value(**wrong)])

    assert type(by_hand.value) is type(by_system.value)
