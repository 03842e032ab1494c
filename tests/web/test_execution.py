"""The public page of execution: figures of a quarter by body, and no word of any assignment."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from marra.commission.actions import judging
from marra.door import now
from marra.kit.days import quarter_of
from marra.people.rules.rights import Role
from tests.commission import assignments as make
from tests.web.test_assignments import signed_in

pytestmark = pytest.mark.django_db

TITLE = "Open the register of forms"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A data folder of its own for each test."""
    settings.DATA = tmp_path


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def at(stamp, month: int, day: int):
    """The same person on a day of 2026."""
    return replace(stamp, at=datetime(2026, month, day, 7, tzinfo=UTC))


def given(deadline: date, **changed: object):
    return make.assignment(at(make.secretary(), 3, 2), deadline=deadline, **changed)


def accepted(deadline: date, month: int, day: int, **changed: object):
    """One delivered and accepted on a day."""
    row = given(deadline, **changed)
    judging.submit(at(make.executor(row.lead.code), month, day), row.code, **make.PROOF)
    judging.judge(at(make.secretary(), month, day), row.code, accept=True)


@pytest.fixture
def quarter():
    """Two in time, one late by five days, one owed for 31 days on the last of June."""
    accepted(date(2026, 4, 30), 4, 20, title="Open one", co_executors=["justice"])
    accepted(date(2026, 5, 29), 5, 29, title="Open two")
    accepted(date(2026, 5, 15), 5, 20, title="Open three")
    given(date(2026, 5, 30), title=TITLE)


def test_the_first_sentence_is_the_answer_with_day_and_source(client, quarter):
    page = client.get("/en/execution/?quarter=2026Q2")

    said = text(page)
    assert page.status_code == 200
    assert "50 % was done on time in quarter 2 of 2026: 2 of 4 assignments" in said
    assert "Source: the register of assignments under control." in said
    assert 'datetime="2026-06-30"' in page.content.decode()


def test_the_running_quarter_is_for_those_who_read_every_assignment(client, as_administrator):
    given(now().date(), title=TITLE)
    running = "{}Q{}".format(*quarter_of(now().date()))
    reader = signed_in(as_administrator, "nazoratchi", Role.AUDITOR)
    executor = signed_in(as_administrator, "ijrochi", Role.EXECUTOR, "digital")

    told = reader.get(f"/en/execution/?quarter={running}")
    refused = [each.get(f"/en/execution/?quarter={running}") for each in (client, executor)]

    assert f'datetime="{now().date()}"' in told.content.decode()
    assert [each.status_code for each in (told, *refused)] == [200, 422, 422]
    assert running not in client.get("/en/execution/").content.decode()


def test_leads_and_co_executors_stand_apart(client, quarter):
    page = client.get("/en/execution/?quarter=2026Q2").content.decode()

    led, helped = page.split('id="led"')[1].split('id="helped"')
    cells = re.findall(r'<td class="n"[^>]*>(.*?)</td>', led)
    assert cells == ["50", "2", "1", "1", "0", "36"]
    assert re.findall(r'<td class="n"[^>]*>(.*?)</td>', helped) == ["100", "1", "0", "0", "0", "0"]


def test_nobody_reads_what_the_assignments_are(client, quarter):
    page = client.get("/en/execution/?quarter=2026Q2").content.decode()

    assert TITLE not in page
    assert "A. Karimov" not in page


def test_a_quarter_without_work_says_so(client):
    said = text(client.get("/en/execution/?quarter=2026Q2"))

    assert "Nothing was due in quarter 2 of 2026" in said
    assert "Choose another quarter above." in said


@pytest.mark.parametrize("written", ["2026Q5", "2090Q1", "x", "'"])
def test_a_quarter_that_is_not_over_or_none_is_refused_and_the_latest_shown(client, written):
    page = client.get("/en/execution/", {"quarter": written})

    assert page.status_code == 422
    assert 'class="error small"' in page.content.decode()


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru"])
def test_it_speaks_the_language_of_its_reader(client, quarter, language):
    page = text(client.get(f"/{language}/execution/?quarter=2026Q2"))

    assert "was done on time" not in page
    assert "Overdue days" not in page


def test_it_asks_as_often_for_many_as_for_few(client, quarter, django_assert_max_num_queries):
    for number in range(30):
        given(date(2026, 6, 15), title=f"Task number {number}")

    with django_assert_max_num_queries(10):
        client.get("/en/execution/?quarter=2026Q2")
