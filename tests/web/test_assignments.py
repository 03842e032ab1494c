"""The pages of assignments: from making one to done, in the browser's words."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marra.commission.actions import extensions, judging
from marra.commission.models.assignments import Assignment
from marra.door import now
from marra.people import actions as people
from marra.people.rules.rights import Role
from tests.commission import assignments as make
from tests.people.make import account

pytestmark = pytest.mark.django_db


def signed_in(stamp, name, role, body=""):
    made = account(stamp, name=name)
    people.appoint(stamp, made.code, role=role, body=body)
    client = Client()
    client.force_login(made)
    return client


def test_an_assignment_goes_its_whole_way_through_the_pages(as_administrator):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    body = signed_in(as_administrator, "ijrochi", Role.EXECUTOR, "digital")
    task = {"title": "Open the register of forms", "lead": "digital", "deadline": "30.12.2030"}

    made = clerk.post("/en/work/assignments/new/", task)
    row = Assignment.objects.get(title=task["title"])
    address = f"/en/work/assignments/{row.code}/"
    hidden = body.get(address)
    clerk.post(f"{address}give/")
    bare = body.post(f"{address}submit/", {"text": "It is open."})
    sent = body.post(f"{address}submit/", {"text": "It is open.", "links": "https://a.uz/"})
    judged = clerk.post(f"{address}judge/", {"accept": "yes"})

    assert [made.status_code, hidden.status_code, bare.status_code] == [302, 404, 422]
    assert "at least one proof" in bare.content.decode()
    assert [sent.status_code, judged.status_code] == [302, 302]
    assert ">Done</b>" in clerk.get(address).content.decode()


def test_what_says_nearly_the_same_is_shown_before_it_is_kept(as_administrator):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    first = make.assignment(make.secretary())
    task = {"title": first.title, "lead": "health", "deadline": "30.12.2030"}

    asked = clerk.post("/en/work/assignments/new/", task)
    kept = clerk.post("/en/work/assignments/new/", {**task, "sure": "yes"})

    assert first.number in asked.content.decode()
    assert kept.status_code == 302


def test_the_second_editor_sees_both_texts(as_administrator):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    row = make.assignment(make.secretary())
    address = f"/en/work/assignments/{row.code}/change/"
    told = {"title": "Another title", "lead": "digital", "deadline": "30.04.2026"}

    clerk.post(address, {**told, "version": 1})
    late = clerk.post(address, {**told, "title": "My own words", "version": 1})

    text = late.content.decode()
    assert late.status_code == 422
    assert "My own words" in text
    assert "Another title" in text


@pytest.mark.parametrize(
    "query",
    ["?page=x", "?page=999999999", "?state=moon", "?due=31.31.9999", "?q=%00", "?body=zzz"],
)
def test_an_odd_address_asks_for_nothing(as_administrator, query):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)

    assert clerk.get(f"/uz/work/assignments/{query}").status_code == 200


def test_the_list_asks_as_often_for_many_as_for_few(
    as_administrator, django_assert_max_num_queries
):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    for number in range(30):
        make.assignment(make.secretary(), title=f"Task number {number}")

    with django_assert_max_num_queries(16):
        clerk.get("/en/work/assignments/")


def executor(stamp, name="ijrochi", body="digital"):
    return signed_in(stamp, name, Role.EXECUTOR, body)


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_an_executor_sees_what_is_owed_by_when_it_falls_due(as_administrator):
    today = now().date()
    late = make.assignment(make.secretary(), title="Late one", deadline=date(2026, 3, 3))
    later = make.assignment(
        make.secretary(), title="Later one", deadline=today + timedelta(days=200)
    )
    make.assignment(make.secretary(), title="Of others", lead="health")

    page = text(executor(as_administrator).get("/en/work/assignments/mine/"))

    assert "2 assignments are owed, 1 is overdue" in page
    assert page.rindex(late.title) < page.rindex(later.title)
    assert "Of others" not in page


def test_a_secretary_sees_what_waits_and_who_asks_for_more_time(as_administrator):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    group = signed_in(as_administrator, "guruh", Role.SECRETARY, "WG-2")
    first = make.assignment(make.secretary(), title="For the group", group="WG-2")
    second = make.assignment(make.secretary(), title="For the Commission alone")
    for each in (first, second):
        judging.submit(make.executor(), each.code, **make.PROOF)
    asked = make.assignment(make.secretary(), title="More time for this")
    extensions.ask_extension(make.executor(), asked.code, until=date(2026, 6, 1), reason="Floods.")

    of_clerk, of_group = (
        text(each.get("/en/work/assignments/to-judge/")) for each in (clerk, group)
    )

    assert "For the Commission alone" in of_clerk
    assert "For the group" not in of_clerk
    assert "Floods." in of_clerk
    assert "For the group" in of_group
    assert "Floods." not in of_group


def test_many_are_reported_in_one_form_and_a_fault_keeps_what_was_written(as_administrator):
    body = executor(as_administrator)
    one, two = (make.assignment(make.secretary(), title=f"Task {n} of two") for n in (1, 2))
    address = "/en/work/assignments/report/"
    told = {
        f"percent-{one.code}": 40,
        f"text-{one.code}": "Four of ten.",
        f"percent-{two.code}": 140,
        f"text-{two.code}": "",
    }

    wrong = body.post(address, told)
    right = body.post(address, told | {f"percent-{two.code}": 0}, follow=True)
    one.refresh_from_db()
    two.refresh_from_db()

    assert wrong.status_code == 422
    assert "Four of ten." in wrong.content.decode()
    assert "The reports were kept." in text(right)
    assert (one.percent, two.percent, two.state) == (40, 0, "new")


def test_duplicates_stand_side_by_side_and_one_is_removed_from_there(as_administrator):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    one, two = (make.assignment(make.secretary()) for _ in range(2))
    told = {"ground": "duplicate", "text": "Twice.", "document": "Minutes 5"}

    page = clerk.get("/en/work/assignments/duplicates/").content.decode()
    link = re.search(rf'href="([^"]+{two.code}/remove/[^"]+)"', page)[1].replace("&amp;", "&")
    form = clerk.get(link).content.decode()
    done = clerk.post(link, {**told, "instead": one.number}, follow=True)

    assert f'value="{one.number}"' in form
    assert "Removed from control" in text(done)
    assert f"What stays: {one.number}" in text(done)


def test_a_list_is_checked_shown_and_taken_in(as_administrator):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    content = b"title;lead;deadline\nOpen the register;digital;30.12.2030\n"
    address = "/en/work/assignments/import/"

    def send(written):
        return clerk.post(address, {"file": SimpleUploadedFile("list.csv", written), "give": "on"})

    wrong, right = send(content.replace(b"digital", b"Mars")), send(content)
    token = re.search(r'name="token" value="([^"]+)"', right.content.decode())[1]
    before = Assignment.objects.count()
    altered = clerk.post(f"{address}confirm/", {"token": token[:-2]})
    done = clerk.post(f"{address}confirm/", {"token": token}, follow=True)

    assert (wrong.status_code, altered.status_code) == (422, 422)
    assert "There is no state body “Mars”" in text(wrong)
    assert "list.csv adds 1 assignment" in text(right)
    assert "The assignments were taken in." in text(done)
    assert Assignment.objects.count() == before + 1


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_is_downloaded_as_far_as_one_may_see_and_a_template_by_who_imports(
    as_administrator, form
):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    body = executor(as_administrator)
    make.assignment(make.secretary(), title="Of this body")
    make.assignment(make.secretary(), title="Of others", lead="health")

    mine = body.get(f"/en/work/assignments/list.{form}?q=of")
    template = clerk.get(f"/uz/work/assignments/template.{form}")

    assert mine.headers["Content-Disposition"].startswith("attachment")
    assert body.get(f"/en/work/assignments/template.{form}").status_code == 403
    assert template.status_code == 200
    if form == "csv":
        assert "Of this body" in mine.content.decode()
        assert "Of others" not in mine.content.decode()
        assert "Topshiriq mazmuni" in template.content.decode()


def test_a_proof_is_a_download_for_those_who_may_know_of_it(as_administrator):
    body, stranger = executor(as_administrator), executor(as_administrator, "begona", "health")
    made = make.assignment(make.secretary())
    address = f"/en/work/assignments/{made.code}/"
    file = SimpleUploadedFile("dalil.txt", b"It is done.\n")

    body.post(f"{address}submit/", {"text": "It is done.", "proofs": file})
    kept = made.submissions.get().files.get()
    mine = body.get(f"{address}files/{kept.code}/")

    assert mine.content == b"It is done.\n"
    assert mine.headers["Content-Disposition"].startswith("attachment")
    assert mine.headers["X-Content-Type-Options"] == "nosniff"
    assert stranger.get(f"{address}files/{kept.code}/").status_code == 404


def test_a_step_is_not_offered_to_those_who_may_not_take_it(as_administrator):
    body = executor(as_administrator)
    made = make.assignment(make.secretary())
    address = f"/en/work/assignments/{made.code}/"

    page = text(body.get(address))

    assert "Submit with proof" in page
    assert "Take it from control" not in page
    assert body.get(f"{address}remove/").status_code == 403
    assert body.get(f"{address}no-such-step/").status_code == 404


def test_an_assignment_tells_its_history_and_that_its_deadline_is_at_a_weekend(
    as_administrator,
):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    made = make.assignment(make.secretary(), deadline=date(2030, 12, 29))

    page = text(clerk.get(f"/en/work/assignments/{made.code}/"))

    assert "the last working day before it is 27.12.2030" in page
    assert "made an assignment" in page


def test_a_deputy_is_appointed_and_the_deputyship_ended_on_pages(as_administrator):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    executor(as_administrator)
    account(as_administrator, name="orinbosar")
    told = {
        "body": "digital",
        "role": "body executor",
        "account": "orinbosar",
        "for_account": "ijrochi",
        "document": "Order 7",
        "since": "01.01.2030",
        "until": "31.01.2030",
    }

    wrong = clerk.post("/en/work/deputies/new/", {**told, "account": "ijrochi"})
    made = clerk.post("/en/work/deputies/new/", told, follow=True)
    code = re.search(r"deputies/([\w-]+)/end/", made.content.decode())[1]
    ended = clerk.post(f"/en/work/deputies/{code}/end/", follow=True)

    assert wrong.status_code == 422
    assert "orinbosar for ijrochi" in text(made)
    assert "The deputyship has ended." in text(ended)


def test_lists_ask_as_often_for_many_as_for_few(as_administrator, django_assert_max_num_queries):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    body = executor(as_administrator)
    for number in range(30):
        made = make.assignment(make.secretary(), title=f"Task number {number}")
        if number % 2:
            judging.submit(make.executor(), made.code, **make.PROOF)

    for client_, page in ((body, "mine/"), (body, "report/"), (clerk, "to-judge/"), (clerk, "")):
        with django_assert_max_num_queries(22):
            client_.get(f"/en/work/assignments/{page}")


def test_a_value_entered_from_an_assignment_is_ticked_as_its_proof(as_administrator):
    row = make.assignment(make.secretary(), lead="school-education", indicator="hci")
    body = signed_in(as_administrator, "ijrochi", Role.EXECUTOR, "school-education")
    entering = "/en/work/observations/new/?indicator=hci.expected_years"
    value = {"value": "14", "day": "31.12.2025", "basis": "uis-method", "source": "The ministry"}
    told = {**value, "reporter": "school-education"}

    offered = body.get(f"/en/work/assignments/{row.code}/submit/").content.decode()
    entered = body.post(f"{entering}&assignment={row.code}", told)
    page = body.get(entered["Location"]).content.decode()
    astray = body.post(f"{entering}&assignment=//x.uz", {**told, "value": "15"})

    assert f"{entering.removeprefix('/en')}&amp;assignment={row.code}" in offered
    assert re.search(r'name="observations" value="observation-\w+"[^>]* checked', page)
    assert astray["Location"].startswith("/en/evidence/indicator/hci.expected_years/")
