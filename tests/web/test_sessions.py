"""The pages of sessions: from the call to signed minutes, in one pass and without script."""

import io
from datetime import timedelta

import docx
import pypdf
import pytest

from marra.commission.actions import minutes, sessions
from marra.commission.models.assignments import Assignment
from marra.commission.models.sessions import AgendaItem, Decision, Session, Signature
from marra.door import now
from marra.people.rules.rights import Role
from tests.commission import assignments as people
from tests.commission import sessions as make
from tests.web.chromium import chromium, signed_in_cookie
from tests.web.test_assignments import signed_in

pytestmark = pytest.mark.django_db
HOME = "/en/work/sessions/"


@pytest.fixture
def clerk(as_administrator):
    return signed_in(as_administrator, "kotib", Role.SECRETARY)


def of_today():
    return f"{now():%d.%m.%Y}"


def called(clerk, **told):
    meeting = {"body": "commission", "title": "On services", "day": of_today(), "time": "10:00"}
    people = {"venue": "Tashkent", "chaired_by": "A. Karimov", "kept_by": "N. Aliyeva"}
    clerk.post(f"{HOME}new/", {**meeting, **people, **told})
    return Session.objects.latest("pk")


def opened(clerk, *titles):
    row = called(clerk)
    for title in titles or ("On the portal",):
        clerk.post(f"{HOME}{row.code}/items/new/", {"title": title, "speaker": "B. Rahimov"})
    clerk.post(f"{HOME}{row.code}/open/")
    return row, f"{HOME}{row.code}/", list(AgendaItem.objects.filter(session=row))


TASK = {
    "task-0-lead": "digital",
    "task-0-deadline": "30.12.2030",
    "task-0-head_name": "C. Toshev",
    "task-0-co_executors": ["health"],
}
WRITTEN = {
    "minutes": "The ministry was heard.\nIt was discussed.",
    "text": "Open the register of forms.",
    "outcome": "assigned",
    "version": "1",
    "rows": "1",
    **TASK,
}


def test_a_session_goes_from_the_call_to_signed_minutes_in_one_pass(clerk):
    row, home, (first, second) = opened(clerk, "On the portal", "On the register")

    onward = clerk.post(f"{home}items/{first.code}/", {**WRITTEN, "next": "yes"})
    early = clerk.get(f"{home}close/").content.decode()
    last = {"minutes": "Noted.", "version": "1", "rows": "1", "next": "yes"}
    finished = clerk.post(f"{home}items/{second.code}/", last)
    clerk.post(f"{home}came/", {"guests": "D. Umarova, adviser\nE. Xolov"})
    clerk.post(f"{home}close/")
    clerk.post(f"{home}sign/", {"position": "KEEPER"})

    row.refresh_from_db()
    page = clerk.get(home).content.decode()
    assert onward["Location"] == f"{home}items/{second.code}/?done=written"
    assert "nobody is marked as present" in early
    assert finished["Location"] == f"{home}?done=written"
    assert (row.state, row.number) == ("closed", 1)
    assert Assignment.objects.get().state == "new"
    assert Signature.objects.get().adapter == "stand-in"
    for words in ("Minutes No. 1: On services", "D. Umarova (adviser)", "no legal force"):
        assert words in page


def test_one_more_assignment_loses_nothing_and_keeps_nothing(clerk):
    _row, home, (item,) = opened(clerk)

    page = clerk.post(f"{home}items/{item.code}/", {**WRITTEN, "more": "yes"}).content.decode()

    assert "The ministry was heard." in page
    assert 'name="task-1-lead"' in page
    assert 'value="C. Toshev"' in page
    assert 'value="30.12.2030"' in page
    assert not Decision.objects.exists()


def test_what_is_wrong_with_an_assignment_is_told_and_nothing_is_kept(clerk):
    _row, home, (item,) = opened(clerk)
    wrong = {**WRITTEN, "task-0-deadline": "yesterday"}

    answer = clerk.post(f"{home}items/{item.code}/", {**wrong, "next": "yes"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write a day like" in page
    assert "Open the register of forms." in page
    assert not Decision.objects.exists()


def test_a_decision_and_its_assignments_are_refused_together(clerk):
    _row, home, (item,) = opened(clerk)
    wrong = {**WRITTEN, "minutes": "", "task-0-deadline": "30.12.1999"}

    answer = clerk.post(f"{home}items/{item.code}/", {**wrong, "next": "yes"})

    assert answer.status_code == 422
    assert "lies before the day" in answer.content.decode()
    assert not Decision.objects.exists()
    assert not Assignment.objects.exists()


def test_the_second_secretary_sees_both_texts(clerk):
    _row, home, (item,) = opened(clerk)
    told = {"rows": "1", "stay": "yes", "version": "1"}

    clerk.post(f"{home}items/{item.code}/", {**told, "minutes": "Heard the ministry."})
    late = clerk.post(f"{home}items/{item.code}/", {**told, "minutes": "Heard nobody."})

    page = late.content.decode()
    assert late.status_code == 422
    assert "Somebody wrote at item 1 while you were writing: minutes" in page
    assert "Heard the ministry." in page
    assert "Heard nobody." in page
    assert 'name="version" value="2"' in page


def test_the_agenda_and_its_words_can_be_changed_by_the_second_only_after_looking(clerk):
    row = called(clerk)
    clerk.post(f"{HOME}{row.code}/items/new/", {"title": "On the portal"})
    item = AgendaItem.objects.get()
    address = f"{HOME}{row.code}/items/{item.code}/words/"
    told = {"number": "1", "version": "1"}

    clerk.post(address, {**told, "title": "On the one portal"})
    late = clerk.post(address, {**told, "title": "On all portals"})
    gone = clerk.post(address, {"remove": "yes", "version": "2"})

    assert late.status_code == 422
    assert "On the one portal" in late.content.decode()
    assert gone.status_code == 302
    assert not AgendaItem.objects.filter(removed_at=None).exists()


def test_when_and_where_is_changed_and_the_second_sees_both(clerk):
    row = called(clerk)
    meeting = {"title": "On services", "day": of_today(), "time": "11:00", "version": "1"}

    clerk.post(f"{HOME}{row.code}/change/", {**meeting, "venue": "Bukhara"})
    late = clerk.post(f"{HOME}{row.code}/change/", {**meeting, "venue": "Samarkand"})

    page = late.content.decode()
    assert late.status_code == 422
    assert "Bukhara" in page
    assert "Samarkand" in page


def test_a_decision_is_changed_or_struck_out_before_closing(clerk):
    _row, home, (item,) = opened(clerk)
    clerk.post(f"{home}items/{item.code}/", {**WRITTEN, "stay": "yes"})
    decision = Decision.objects.get()
    address = f"{HOME}decisions/{decision.code}/"

    clerk.post(address, {"text": "Open the whole register.", "version": "1"})
    late = clerk.post(address, {"text": "Open nothing.", "version": "1"})
    clerk.post(address, {"remove": "yes", "version": "2"})

    assert "Open the whole register." in late.content.decode()
    assert not Decision.objects.filter(removed_at=None).exists()
    assert Assignment.objects.get().state == "removed"


def test_outsiders_are_not_told_that_there_is_a_session(as_administrator, clerk):
    row = called(clerk)
    executor = signed_in(as_administrator, "ijrochi", Role.EXECUTOR, "digital")
    member = signed_in(as_administrator, "azo", Role.GROUP_MEMBER, "WG-1")

    for client in (executor, member):
        assert client.get(f"{HOME}{row.code}/").status_code == 404
        assert client.get(f"{HOME}{row.code}/agenda.pdf").status_code == 404
        assert row.title not in client.get(HOME).content.decode()


def test_a_member_of_a_group_reads_its_meetings_and_changes_nothing(as_administrator, clerk):
    row = called(clerk, body="WG-1")
    member = signed_in(as_administrator, "azo", Role.GROUP_MEMBER, "WG-1")

    page = member.get(f"{HOME}{row.code}/").content.decode()

    assert row.title in page
    assert "/open/" not in page
    assert member.post(f"{HOME}{row.code}/open/").status_code in {403, 422}


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru", "en"])
@pytest.mark.parametrize("name", ["agenda", "minutes"])
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_documents_say_what_was_decided_in_every_language(as_administrator, name, form, language):
    row = make.closed(people.secretary())
    reader = signed_in(as_administrator, "nazoratchi", Role.AUDITOR)

    answer = reader.get(f"/{language}/work/sessions/{row.code}/{name}.{form}")

    text = words_of(answer.content, form)
    assert answer.status_code == 200
    assert "On the portal" in text
    assert "LOYIHA" not in text
    if name == "minutes":
        number = {"uz": "BAYONNOMA № 1", "uz-cyrl": "БАЁННОМА № 1", "ru": "ПРОТОКОЛ № 1"}
        assert number.get(language, "MINUTES No. 1") in text
        assert "Open the register of forms" in text
        assert "30.04.2026" in text
        assert row.digest[:16] in text.replace("\n", "")


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_draft_says_so_on_every_page(as_administrator, form):
    secretary = people.secretary()
    row, item = make.opened(secretary)
    long = "\n".join(f"Line {n} of what was discussed." for n in range(150))
    minutes.write_minutes(secretary, item.code, version=1, minutes=long)
    reader = signed_in(as_administrator, "nazoratchi", Role.AUDITOR)

    content = reader.get(f"/uz/work/sessions/{row.code}/minutes.{form}").content

    if form == "pdf":
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
        assert len(pages) > 2
        assert all("LOYIHA" in page for page in pages)
        assert all(f"{n} / {len(pages)}" in page for n, page in enumerate(pages, start=1))
        assert all(f"Line {n} of" in "".join(pages) for n in range(150))
    else:
        assert "LOYIHA" in docx.Document(io.BytesIO(content)).sections[0].header.paragraphs[0].text


def words_of(content, form):
    if form == "pdf":
        return "\n".join(
            each.extract_text() for each in pypdf.PdfReader(io.BytesIO(content)).pages
        )
    file = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    foot = file.sections[0].footer.paragraphs[0].text
    return "\n".join([*(each.text for each in file.paragraphs), *cells, foot])


def test_the_frozen_document_is_given_as_it_was_closed(as_administrator):
    row = make.closed(people.secretary())
    reader = signed_in(as_administrator, "nazoratchi", Role.AUDITOR)

    assert reader.get(f"{HOME}{row.code}/minutes.json").content.decode() == row.document
    assert reader.get(f"{HOME}{row.code}/minutes.exe").status_code == 404
    assert reader.get(f"{HOME}{row.code}/agenda.json").status_code == 404


def test_a_signature_no_longer_holds_once_the_document_was_changed(clerk):
    row = make.closed(people.secretary())
    clerk.post(f"{HOME}{row.code}/sign/", {"position": "CHAIR"})
    signature = Signature.objects.get()
    address = f"{HOME}{row.code}/signatures/{signature.code}/"
    before = clerk.get(address).content.decode()

    changed = row.document.replace("Open the register", "Shut the register")
    Session.objects.filter(pk=row.pk).update(document=changed)

    after = clerk.get(address).content.decode()
    assert "The signature holds" in before
    assert "The document was changed after it was signed" in after
    assert "is not the one that was closed" in clerk.get(f"{HOME}{row.code}/").content.decode()
    again = clerk.post(f"{HOME}{row.code}/sign/", {"position": "CHAIR"})
    assert "signature of another document" in again.content.decode()


def test_a_changed_envelope_does_not_hold(clerk):
    row = make.closed(people.secretary())
    clerk.post(f"{HOME}{row.code}/sign/", {"position": "CHAIR"})
    signature = Signature.objects.get()
    Signature.objects.update(content=signature.content[:40] + "AAAA" + signature.content[44:])

    page = clerk.get(f"{HOME}{row.code}/signatures/{signature.code}/").content.decode()

    assert "The signature does not hold" in page


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_paper_says_who_signed_and_with_what_force(clerk, form):
    row = make.closed(people.secretary())
    clerk.post(f"{HOME}{row.code}/sign/", {"position": "KEEPER"})
    certificate = Signature.objects.get().certificate

    text = words_of(clerk.get(f"{HOME}{row.code}/minutes.{form}").content, form)

    assert certificate in " ".join(text.split())
    assert "no legal force" in " ".join(text.split())


def test_one_person_signs_once_and_only_closed_minutes(clerk):
    row = make.closed(people.secretary())
    open_one = called(clerk)

    clerk.post(f"{HOME}{row.code}/sign/", {"position": "CHAIR"})
    again = clerk.post(f"{HOME}{row.code}/sign/", {"position": "CHAIR"})

    assert "has signed these minutes already" in again.content.decode()
    assert clerk.get(f"{HOME}{open_one.code}/sign/").status_code == 409


@pytest.mark.parametrize(
    "query", ["?page=x", "?page=99999", "?state=moon", "?year=1e9", "?body=%00", "?year=-3"]
)
def test_an_odd_address_asks_for_nothing(clerk, query):
    assert clerk.get(f"{HOME}{query}").status_code == 200


def test_the_list_asks_as_often_for_many_as_for_few(clerk, django_assert_max_num_queries):
    secretary = people.secretary()
    for _ in range(3):
        make.planned(secretary)
    with django_assert_max_num_queries(30) as few:
        clerk.get(HOME)
    for n in range(30):
        make.planned(secretary, starts_at=make.NOON + timedelta(days=n))
    with django_assert_max_num_queries(30) as many:
        clerk.get(HOME)

    assert len(many.captured_queries) == len(few.captured_queries)


def test_a_page_asks_as_often_for_a_long_agenda_as_for_a_short_one(
    clerk, django_assert_max_num_queries
):
    secretary = people.secretary()
    row, item = make.opened(secretary)
    make.decided(secretary, item)
    with django_assert_max_num_queries(40) as few:
        clerk.get(f"{HOME}{row.code}/")
    for n in range(10):
        make.decided(secretary, make.item(secretary, row, f"Item number {n}"))
    with django_assert_max_num_queries(40) as many:
        clerk.get(f"{HOME}{row.code}/")

    assert len(many.captured_queries) == len(few.captured_queries)


def test_a_planned_session_is_cancelled_on_a_page(clerk):
    row = called(clerk)

    page = clerk.post(f"{HOME}{row.code}/cancel/", follow=True).content.decode()

    assert ">Cancelled</b>" in page
    assert sessions.queries.visible_to(people.secretary()).get().state == "cancelled"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_item_is_written_by_keyboard_alone_and_without_script(as_administrator, live_server):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    _row, home, (item, _second) = opened(clerk, "On the portal", "On the register")
    with chromium() as browser:
        page = browser.new_page(java_script_enabled=False)
        signed_in_cookie(clerk, page, live_server.url)
        page.goto(f"{live_server.url}{home}items/{item.code}/")
        for name, keys in (
            ("minutes", "The ministry was heard."),
            ("text", "Open the register of forms."),
            ("outcome", " "),
            ("task-0-lead", "Ministry of Dig"),
            ("task-0-deadline", "30.12.2030"),
        ):
            reach(page, name)
            page.keyboard.type(keys)
        page.keyboard.press("Enter")
        page.wait_for_url("**/?done=written")

    assert Decision.objects.get().text == "Open the register of forms."
    assert Assignment.objects.get().lead.code == "digital"


def reach(page, name):
    """Go on with the Tab key until a field has the focus; lists of radios are one stop."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.locator(f'[name="{name}"]:focus').count():
            return
    raise AssertionError(f"{name} cannot be reached")
