"""What falls due, how a body was reminded, and how messages went: the pages of the secretary."""

import io
import zipfile
from datetime import timedelta

import pytest

from marra.cli import post
from marra.commission.actions import notices
from marra.commission.models.assignments import Assignment
from marra.commission.models.notices import Delivery
from marra.door import now, terminal_stamp
from marra.inventory.models.bodies import StateBody
from marra.journal.actions import seal
from marra.kit.days import add_working, end_of_next_month
from marra.people import actions as people
from marra.people.models import Account
from marra.people.rules.contacts import Way
from marra.people.rules.rights import Role, Stamp
from marra.web.commission import due
from tests.commission import assignments as make
from tests.web.test_assignments import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stand_ins(tmp_path, settings):
    settings.DATA = tmp_path
    settings.MAIL = settings.TELEGRAM = settings.SMS = ""


@pytest.fixture
def clerk(as_administrator):
    return signed_in(as_administrator, "kotib", Role.SECRETARY)


@pytest.fixture
def body(as_administrator):
    """Somebody of a body, reached by mail."""
    client = signed_in(as_administrator, "ijrochi", Role.EXECUTOR, "digital")
    made = Account.objects.get(name="ijrochi")
    own = Stamp(made.code, now(), frozenset({(Role.HOLDER, made.code)}))
    ways = {Way.MAIL: ("x@refused.invalid", True)}
    people.set_contacts(own, made.code, language="uz", is_quiet=False, ways=ways)
    return client


def owed(title, days, **told):
    """An assignment due so many days from today."""
    made = make.assignment(make.secretary(), title=title, **told)
    Assignment.objects.filter(pk=made.pk).update(deadline=now().date() + timedelta(days=days))
    return made


def text_of(client, address):
    return client.get(address).content.decode()


def test_the_list_ends_with_next_month_and_begins_with_what_is_overdue(clerk):
    last = (end_of_next_month(now().date()) - now().date()).days
    owed("Long overdue since spring", -20)
    owed("On the very last day", last)
    owed("One day after the end", last + 1)

    page = text_of(clerk, "/en/work/due/")

    assert "2 assignments fall due by" in page
    assert "<title>Falls due by &lt;" not in page
    assert page.index("Long overdue since spring") < page.index("On the very last day")
    assert "One day after the end" not in page
    assert "<h2>Overdue</h2>" in page
    assert "<h2>Next month</h2>" in page


def test_the_list_is_parted_by_body_and_a_body_sees_its_own(clerk, body):
    owed("Of the ministry of digital things", 3)
    owed("Of the ministry of health", 3, lead="health")

    asked, own = text_of(clerk, "/en/work/due/?body=health"), text_of(body, "/en/work/due/")

    assert "Of the ministry of health" in asked
    assert "Of the ministry of digital things" not in asked
    assert "Of the ministry of health" not in own
    assert "Of the ministry of digital things" in own


def test_the_list_goes_on_paper_and_into_tables_whole(clerk):
    for n in range(60):
        owed(f"Task number {n} of many", 3)
    page = text_of(clerk, "/en/work/due/")

    word = clerk.get("/uz/work/due/list.docx")
    pdf = clerk.get("/ru/work/due/list.pdf")
    found = zipfile.ZipFile(io.BytesIO(word.content)).read("word/document.xml").decode()

    assert page.count("of many</a>") == 50
    assert sum(f"Task number {n} of many" in found for n in range(60)) == 60
    assert pdf.content.startswith(b"%PDF")
    assert clerk.get("/en/work/due/list.exe").status_code == 404
    due = page.split('href="/en/work/assignments/list.csv')[1].split('"')[0]
    rows = clerk.get(f"/en/work/assignments/list.csv{due}").content.decode("utf-8-sig")
    assert len(rows.strip().splitlines()) == 61


def test_paper_says_if_it_does_not_hold_the_whole_list(clerk, monkeypatch):
    monkeypatch.setattr(due, "MOST_ON_PAPER", 2)
    for n in range(3):
        owed(f"Task number {n} of many", 3)

    word = clerk.get("/en/work/due/list.docx")
    found = zipfile.ZipFile(io.BytesIO(word.content)).read("word/document.xml").decode()

    assert "The first 2 of 3; the whole list is in the workbook." in found


def test_the_list_asks_as_often_with_ten_times_as_many(clerk, django_assert_max_num_queries):
    for n in range(5):
        owed(f"Task number {n} of many", 3)
    clerk.get("/en/work/due/")
    with django_assert_max_num_queries(12) as few:
        clerk.get("/en/work/due/")
    for n in range(45):
        owed(f"Task number {n} of many more", 3)

    with django_assert_max_num_queries(len(few)):
        clerk.get("/en/work/due/")


def test_the_page_of_an_assignment_says_who_was_told_and_what_comes_next(clerk, body):
    row = owed("Open the register of forms", 0)
    Assignment.objects.update(deadline=add_working(now().date(), 2))
    before = text_of(clerk, f"/en/work/assignments/{row.code}/")
    today = add_working(now().date() - timedelta(days=7), 1)
    stamp = terminal_stamp()
    stamp = Stamp(stamp.by, stamp.at.replace(year=today.year, month=today.month, day=today.day),
                  stamp.roles)  # fmt: skip
    Assignment.objects.update(deadline=add_working(today, 5))
    notices.remind(stamp)

    after = text_of(clerk, f"/en/work/assignments/{row.code}/")

    assert "the next reminder comes on" in before
    assert "reach nobody" not in before
    assert "Working days left: 5." in after
    assert "ijrochi" in after
    assert "mail: waits" in after


def test_a_secretary_reminds_by_hand_and_not_twice(clerk, body):
    row = owed("Open the register of forms", 1)
    address = f"/en/work/assignments/{row.code}/"

    offered = text_of(clerk, address)
    done = clerk.post(f"{address}remind/", follow=True).content.decode()
    again = clerk.post(f"{address}remind/")
    seal(now())
    notices.hear(terminal_stamp())

    assert "Remind the body now" in offered
    assert "is reminded within a minute" in done
    assert again.status_code == 422
    assert "was reminded of assignment" in again.content.decode()
    assert body.post(f"{address}remind/").status_code == 403
    assert "You are reminded by the secretary" in text_of(body, "/en/inbox/")


def test_nobody_is_reminded_of_what_is_far_away(clerk):
    row = owed("Open the register of forms", 90)

    page = text_of(clerk, f"/en/work/assignments/{row.code}/")

    assert "Remind the body now" not in page


def test_what_failed_is_seen_with_its_reason_and_sent_again(clerk, body):
    owed("Open the register of forms", 0)
    owed("Nobody reads this", 5, lead="health")
    clerk.post(f"/en/work/assignments/{Assignment.objects.first().code}/remind/")
    seal(now())
    notices.hear(terminal_stamp())
    Delivery.objects.update(next_at=now())
    post.send(Way.MAIL)(terminal_stamp())

    page = text_of(clerk, "/en/work/outbox/")
    ones = text_of(clerk, "/en/work/outbox/?state=sent")
    again = clerk.post("/en/work/outbox/again/", follow=True).content.decode()

    assert "the service refuses the address" in page
    assert "not connected: kept, not sent" in page
    assert "refused.invalid" not in page
    assert StateBody.objects.get(code="health").names["en"] in page
    assert "the service refuses the address" not in ones
    assert "is sent again within a minute" in again
    assert not Delivery.objects.filter(state="failed").exists()
    assert body.get("/en/work/outbox/").status_code == 403


def test_the_page_of_messages_asks_as_often_with_more(clerk, body, django_assert_num_queries):
    for n in range(3):
        owed(f"Task number {n} of many", 0)
    notices.remind(terminal_stamp())
    clerk.get("/en/work/outbox/")
    with django_assert_num_queries(12):
        clerk.get("/en/work/outbox/")
