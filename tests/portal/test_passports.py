"""Passports: read whole or refused, drafted by rule, never over what people wrote."""

import json
import os
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.flow import bpmn, dmn
from marra.flow.miwg import judge
from marra.kit.findings import FileRefused, Findings
from marra.kit.sheets import Sheet, csv_table, xlsx
from marra.portal.actions import definitions, importing, publishing, services
from marra.portal.models.catalogue import Service
from marra.portal.queries import definitions as versions
from marra.portal.queries.importing import Fate, prepare
from marra.portal.rules import readable
from marra.portal.rules.discounts import TABLE
from marra.portal.rules.fees import fees
from marra.portal.rules.packaged import packaged
from marra.portal.rules.passport_files import passports
from marra.portal.rules.passports import Passport, draft
from marra.portal.rules.steps import Actor, step
from marra.portal.rules.terms import working_days
from marra.portal.rules.told import Opened
from tests.house.rights import World
from tests.portal import make

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
FILLED = {each.number: each for each in packaged() if not each.is_empty}


def line(number: object = 7, **told: object) -> bytes:
    return json.dumps({"id": number, **told}).encode()


def read(content: bytes) -> tuple[tuple[Passport, ...], Findings]:
    findings = Findings("p.jsonl")
    return passports(content, findings), findings


def test_the_file_says_how_many_passports_are_empty():
    _, findings = read(b"\n".join(map(line, (1, 2))) + b"\n" + line(3, fee="Bepul"))

    assert [(each.facts["count"], each.facts["all"]) for each in findings.remarks] == [(2, 3)]


@pytest.mark.parametrize(
    ("content", "column"),
    [
        (line(None), "id"),
        (line("a b"), "id"),
        (line(7, title=["x"]), "title"),
        (line(7, declared_automatic="perhaps"), "declared_automatic"),
        (line(7, avg_rating=-1), "avg_rating"),
        (line(7, audience="cats"), "audience"),
        (line(7, steps={"a": 1}), "steps"),
        (line(7, fee="x" * 201), "fee"),
        (line(7) + b"\n" + line(7), ""),
        (b"{broken", ""),
        (b"[1]", ""),
        (b"\xff{", ""),
        (b"{}\n\xff", ""),
        (b" ", ""),
        (b"[" * 100_000, ""),
    ],
)
def test_a_file_with_a_fault_is_refused_whole(content, column):
    with pytest.raises(FileRefused) as told:
        read(content)

    assert column in {each.column for each in told.value.findings} or not column


def test_all_faults_are_told_at_once_with_their_lines():
    with pytest.raises(FileRefused) as told:
        read(line(1, audience="x") + b"\n" + line(2, steps=7))

    assert [(each.line, each.column) for each in told.value.findings] == [
        (1, "audience"),
        (2, "steps"),
    ]


@pytest.mark.parametrize("written", ["xlsx", "csv", "list"])
def test_a_table_and_a_list_say_the_same_as_lines(written):
    told = FILLED["415"]
    head = ["Raqami", "Nomi", "Muddati", "Toʻlovi", "Kimlar uchun", "Organ", "Bosqichlar", "Baho"]
    row = [
        "415", told.title, told.term, told.fee, "barcha", told.organisation,
        "; ".join(told.steps), "4,76",
    ]  # fmt: skip
    content = {
        "xlsx": lambda: xlsx([Sheet("pasportlar", head, [row])]),
        "csv": lambda: csv_table(head, [row]),
        "list": lambda: b"[%s]" % line(
            415, title=told.title, declared_term=told.term, fee=told.fee, audience="both",
            organisation=told.organisation, steps=list(told.steps), avg_rating=4.76,
        ),
    }[written]()  # fmt: skip

    (found,), findings = read(content)

    assert not findings.remarks
    assert (found.title, found.term, found.fee) == (told.title, told.term, told.fee)
    assert (found.audience, found.steps, found.rating) == ("both", told.steps, 4.76)


def test_a_column_that_is_not_known_is_remarked_and_left_out():
    (found,), findings = read(line(7, title="Nikoh", colour="red"))

    assert found.title == "Nikoh"
    assert "colour" in {each.facts.get("name") for each in findings.remarks}


@given(st.text(max_size=60))
def test_whatever_a_passport_says_is_read_or_left_open(told):
    days = working_days(told)
    step(told)

    assert days is None or days >= 0
    assert all(0 <= each.least <= each.most for each in fees(told))


@pytest.mark.parametrize("number", FILLED)
def test_each_draft_is_a_process_that_runs_to_its_end(number):
    drafted = draft(FILLED[number]).bundle["bpmn"].encode()

    verdict = judge(drafted, at=BEGINNING)

    assert verdict.executed
    assert verdict.round_trip
    assert not verdict.unreached


@pytest.mark.parametrize("number", FILLED)
def test_each_part_of_a_draft_is_read_by_what_will_run_it(number):
    bundle = draft(FILLED[number]).bundle

    readable.checked(bundle)

    assert not bpmn.read(bundle["bpmn"].encode()).problems


@pytest.mark.parametrize(
    ("category", "group", "share"),
    [
        ("yellow", None, "0.5"),
        (None, 1, "0.5"),
        (None, 2, "0.5"),
        (None, 3, "0"),
        ("red", None, "0"),
    ],
)
def test_the_drafted_discount_is_half_for_whom_the_decree_names(category, group, share):
    told = {"category": category, "disability group": None if group is None else Decimal(group)}

    assert dmn.read(TABLE.encode()).decide("discount", told) == Decimal(share)


@given(st.text(max_size=120), st.lists(st.text(max_size=80), max_size=8))
def test_no_text_of_a_passport_breaks_the_model(title, steps):
    drafted = draft(Passport("1", title, fee="Bepul", steps=tuple(steps))).bundle["bpmn"]

    assert judge(drafted.encode("utf-8", "replace"), at=BEGINNING).executed


def test_service_843_is_declared_automatic_and_drafted_with_an_officials_decision():
    told = FILLED["843"]

    drafted = draft(told)

    assert told.declared_automatic
    assert f'name="{Actor.AUTHORITY.value}"><flowNodeRef>decide' in drafted.bundle["bpmn"]


def test_a_form_never_asks_for_documents_that_nobody_wants():
    def pages(documents):
        asked = draft(Passport("1", audience="legal", documents_required=documents)).bundle
        return [each["id"] for each in asked["forms"]["apply"]["ui"]["pages"]]

    assert "documents" in pages(True)
    assert "documents" not in pages(False)


in_database = pytest.mark.django_db
root = World.root


@in_database
def test_passports_become_drafts_that_say_what_they_lack():
    taken = importing.import_passports(root, "p.jsonl", content=_sample())

    rows = {row.code: row for row in Service.objects.all()}
    assert (taken.new, taken.empty) == (47, 20)
    assert {row.state for row in rows.values()} == {"draft"}
    assert {"name", "term", "fee", "steps", "form"} <= set(rows["416"].lacks)
    assert (rows["418"].term, str(rows["418"].fees.get().least)) == (10, "0.90000")
    assert "proof" in rows["843"].lacks
    assert rows["25"].body.code == "justice"
    assert versions.newest(rows["415"]).is_generated
    assert versions.newest(rows["416"]) is None


@in_database
def test_the_same_file_changes_nothing_and_people_are_not_overwritten():
    importing.import_passports(root, "p.jsonl", content=_sample())
    services.describe(root, "415", version=1, term=1)
    definitions.keep_definition(root, "418", bundle=make.BUNDLE)

    again = prepare("p.jsonl", _sample())
    other = importing.import_passports(
        root, "p.jsonl", content=b"\n".join(line(n, title="Boshqa") for n in (415, 418, 25))
    )

    assert (again.count(Fate.KEPT), again.count(Fate.SAME)) == (2, 45)
    assert (other.kept, other.changed) == (2, 1)
    assert Service.objects.get(code="415").term == 1
    assert Service.objects.get(code="25").names["uz"] == "Boshqa"


@in_database
def test_the_draft_of_a_passport_is_published_once_people_have_looked_at_it():
    importing.import_passports(root, "p.jsonl", content=line(9, title="Nikoh", fee="Bepul"))
    made = make.complete(root)
    told = Service.objects.get(code="9")
    services.describe(
        root, "9", version=told.version, names=make.NAMES, body="justice", row=made.row.code,
        audience="both", term=1, documents=[], legal=[{"title": "Kodeks"}],
        openings=[Opened("mobile"), Opened("web")],
    )  # fmt: skip
    drafted = versions.newest(told).bundle
    definitions.keep_definition(root, "9", bundle={**drafted, "personas": [{"name": "Nodira"}]})

    assert publishing.publish(root, "9", since=None).state == "published"


@in_database
def test_packaged_passports_are_taken_in_once():
    first = importing.adopt_passports(root)
    second = importing.adopt_passports(root)

    assert (first.new, first.empty, second.new) == (47, 20, 0)


@in_database
def test_seven_hundred_passports_are_drafted_in_one_go():
    content = b"\n".join(
        line(n, title=f"Xizmat {n}", declared_term="3 ish kuni", fee="0.5 BHM", audience="both",
             steps=["Ariza yuboriladi", "invoys boʻyicha toʻlov", "guvohnoma beriladi"])
        for n in range(1, 701)
    )  # fmt: skip

    assert importing.import_passports(root, "p.jsonl", content=content).new == 700


def _sample() -> bytes:
    folder = os.environ.get("MARRA_REFERENCE_DATA")
    if not folder:
        pytest.skip("MARRA_REFERENCE_DATA is not set")
    return (Path(folder) / "portal/mygov/passports_sample.jsonl").read_bytes()
