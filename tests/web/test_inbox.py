"""The page of notices: told, opened, read; and their number above every page."""

import pytest
from django.test import Client

from marra.commission.actions import assignments, notices
from marra.commission.models.notices import Notice
from marra.people.rules.rights import Role
from tests.commission import assignments as make
from tests.conftest import NOON
from tests.web.test_assignments import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(as_administrator):
    """Somebody of a body that owes something today, told of it."""
    client = signed_in(as_administrator, "ijrochi", Role.EXECUTOR, "digital")
    make.assignment(make.secretary(), deadline=NOON.date())
    notices.remind(as_administrator)
    return client


def text_of(client, address):
    return client.get(address).content.decode()


def test_a_notice_leads_to_what_it_is_about_and_is_read_by_that(body):
    row = Notice.objects.get()

    above, page = text_of(body, "/en/about/"), text_of(body, "/en/inbox/")
    opened = body.post(f"/en/inbox/{row.code}/")

    assert '<b>1<span class="hidden"> not read yet</span></b>' in above
    assert f"Assignment {row.facts['number']} is due on 02.03.2026" in page
    assert "Open the register of forms" in page
    assert opened.headers["Location"] == f"/en/work/assignments/{row.thing}/"
    assert "Everything was read" in text_of(body, "/en/inbox/")
    assert "Open the register of forms" in text_of(body, "/en/inbox/?show=all")


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru", "en"])
def test_new_ones_are_counted_in_every_language(body, language):
    page = text_of(body, f"/{language}/inbox/")

    assert "<h1>1 " in page


def test_all_are_read_at_once(body):
    done = body.post("/uz/inbox/read/", follow=True).content.decode()

    assert "Yangi bildirishnoma yoʻq" in done
    assert not Notice.objects.filter(read_at=None).exists()


def test_what_one_may_no_longer_know_of_is_not_named(body):
    assignments.Assignment.objects.update(state="draft")
    row = Notice.objects.get()

    page = text_of(body, "/en/inbox/")
    opened = body.post(f"/en/inbox/{row.code}/")

    assert "Open the register of forms" not in page
    assert opened.headers["Location"] == "/en/inbox/"


def test_the_notices_of_others_are_none_of_ones_business(body, as_administrator):
    other = signed_in(as_administrator, "boshqa", Role.EXECUTOR, "health")
    row = Notice.objects.get()

    assert other.post(f"/en/inbox/{row.code}/").status_code == 404
    assert other.get(f"/en/inbox/{row.code}/").status_code == 405
    assert "Everything was read" in text_of(other, "/en/inbox/")
    assert Client().get("/en/inbox/").status_code == 302


def test_the_list_leads_to_its_page(body, as_administrator):
    notices.send_round(as_administrator)
    row = Notice.objects.get(kind="list")

    page = text_of(body, "/en/inbox/")
    opened = body.post(f"/en/inbox/{row.code}/")

    assert "Falls due by 30.04.2026: 1; overdue among them: 0." in page
    assert opened.headers["Location"] == "/en/work/due/"


def test_the_page_asks_as_often_with_five_hundred(body, django_assert_num_queries):
    row = Notice.objects.get()
    Notice.objects.bulk_create(
        Notice(
            code=f"notice-{n}", account=row.account, kind="over", thing=row.thing,
            key=f"k{n}", facts=row.facts, made_at=NOON,
        )
        for n in range(500)
    )  # fmt: skip
    body.get("/en/inbox/")

    with django_assert_num_queries(8):
        page = body.get("/en/inbox/?page=3").content.decode()

    assert page.count('class="new"') == 50
