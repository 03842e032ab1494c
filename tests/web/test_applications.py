"""People apply on pages, one thing on each, and officials decide on theirs."""

import socket
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from marra.archive.actions import keep_file
from marra.door import terminal_stamp
from marra.people import actions as people
from marra.portal.actions import applying
from marra.portal.models.cases import Case
from marra.portal.queries import cases
from marra.store import NothingNamed
from tests.portal import bundle as bundles
from tests.portal import make
from tests.web.make import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(as_administrator):
    return make.running(as_administrator, *bundles.PLAIN).code


def citizen(client, name="a.karimova"):
    account = people.register(terminal_stamp(), name=name, password=PASSWORD)
    sign_in(client, name)
    return account.code


def official(client, name="r.xodim", body="justice"):
    account = people.register(terminal_stamp(), name=name, password=PASSWORD)
    people.appoint(terminal_stamp(), account.code, role="body executor", body=body)
    sign_in(client, name)
    return account.code


def text(answer):
    return answer.content.decode()


def filled(client, service, **answers):
    """A draft with all its pages answered; the address of its check."""
    begun = client.post(f"/en/services/{service}/apply/", follow=True)
    base = begun.redirect_chain[0][0]
    told = {"full_name": "Anora", "copies": "2", "abroad": "no", **answers}
    for step in ("who", "copies", "abroad"):
        client.post(f"{base}{step}/", told)
    return f"{base}check/"


def sent(client, service):
    address = filled(client, service)
    client.post(address)
    return Case.objects.get(code=address.split("/")[3])


def test_a_service_offers_to_apply_and_leads_strangers_to_the_way_in(client, service):
    page = client.get(f"/en/services/{service}/")
    way = client.get(f"/en/services/{service}/apply/")

    assert f"/en/services/{service}/apply/" in text(page)
    assert way.status_code == 302
    assert way.headers["Location"].startswith("/en/sign-in/")


def test_one_question_stands_on_a_page_and_a_wrong_answer_is_told_beside_it(client, service):
    citizen(client)
    begun = client.post(f"/en/services/{service}/apply/", follow=True)
    base = begun.redirect_chain[0][0]

    first = text(begun)
    wrong = client.post(f"{base}copies/", {"copies": "99"})

    assert 'name="full_name"' in first
    assert 'name="copies"' not in first
    assert wrong.status_code == 422
    assert "The most that can be is 9." in text(wrong)
    assert 'value="99"' in text(client.get(f"{base}copies/"))


def test_what_cannot_be_read_stays_in_its_box(client, service):
    citizen(client)
    begun = client.post(f"/en/services/{service}/apply/", follow=True)

    wrong = client.post(f"{begun.redirect_chain[0][0]}copies/", {"copies": "ikki"})

    assert wrong.status_code == 422
    assert "“ikki” is no number" in text(wrong)
    assert 'value="ikki"' in text(wrong)


def test_answers_are_read_once_more_sent_and_followed(client, service):
    citizen(client)
    address = filled(client, service, copies="3")

    check = text(client.get(address))
    done = client.post(address, follow=True)
    again = client.post(address, follow=True)

    assert "Check your answers" in check
    assert "?back=check" in check
    assert "The application was sent." in text(done)
    assert "05.03.2026" not in text(done)  # due by the clock of the door, not of the tests
    assert done.redirect_chain == again.redirect_chain
    assert Case.objects.count() == 1


def test_a_condition_asks_its_page_only_where_it_holds(client, service):
    citizen(client)
    base = filled(client, service).removesuffix("check/")

    asked = client.post(f"{base}abroad/?back=check", {"abroad": "yes"})
    back = client.post(f"{base}abroad/?back=check", {"abroad": "no"})

    assert asked.headers["Location"].endswith("/country/")
    assert back.headers["Location"].endswith("/check/")


def test_an_incomplete_application_is_not_sent(client, service):
    citizen(client)
    begun = client.post(f"/en/services/{service}/apply/", follow=True)

    answer = client.post(f"{begun.redirect_chain[0][0]}check/")

    assert answer.status_code == 422
    assert "cannot be sent yet" in text(answer)
    assert "Answer what is missing" in text(answer)


def test_another_persons_application_is_not_there(client, service):
    citizen(client)
    made = sent(client, service)
    citizen(client, "b.boshqa")

    for part in ("", "fill/", "fill/who/", "withdraw/", "rate/", "appeal/"):
        assert client.get(f"/en/applications/{made.code}/{part}").status_code == 404
    assert client.post(f"/en/applications/{made.code}/withdraw/").status_code == 404
    official(client, body="digital")
    assert client.get(f"/en/work/applications/{made.code}/").status_code == 404


def test_an_official_takes_and_grants_and_the_applicant_reads_it(client, service):
    citizen(client)
    made = sent(client, service)
    official(client)
    listed = text(client.get("/en/work/applications/"))
    task = cases.task_of(made)
    address = f"/en/work/applications/{made.code}/"

    client.post(f"{address}take/", {"number": task.number})
    page = text(client.get(address))
    client.post(f"{address}decide/", {"number": task.number, "decide": "grant"})
    sign_in(client, "a.karimova")
    read = text(client.get(f"/en/applications/{made.code}/"))

    assert made.code in listed
    assert "Grant it" in page
    assert "It was granted." in read
    assert "Rate the service" in read


def test_a_refusal_without_ground_is_told_and_nothing_is_lost(client, service):
    citizen(client)
    made = sent(client, service)
    official(client)
    number = cases.task_of(made).number
    address = f"/en/work/applications/{made.code}/"
    client.post(f"{address}take/", {"number": number})

    wrong = client.post(f"{address}decide/", {"number": number, "decide": "refuse", "ground": "x"})
    made.refresh_from_db()

    assert wrong.status_code == 422
    assert "Write it in 3 to 2000 characters." in text(wrong)
    assert made.stage == "running"


def test_a_returned_application_says_why_and_is_sent_again(client, service):
    citizen(client)
    made = sent(client, service)
    official(client)
    number = cases.task_of(made).number
    address = f"/en/work/applications/{made.code}/"
    client.post(f"{address}take/", {"number": number})
    client.post(f"{address}return/", {"number": number, "why": "Nusxa soni xato."})
    sign_in(client, "a.karimova")

    read = text(client.get(f"/en/applications/{made.code}/"))
    page = text(client.get(f"/en/applications/{made.code}/fill/copies/"))
    client.post(f"/en/applications/{made.code}/fill/copies/", {"copies": "5"})
    client.post(f"/en/applications/{made.code}/fill/check/")
    made.refresh_from_db()

    assert "Returned to you: correct it and send it again. Nusxa soni xato." in read
    assert "Nusxa soni xato." in page
    assert cases.data(made)["copies"] == 5
    assert cases.task_of(made).state == "open"


def test_both_sides_read_what_the_other_wrote(client, service):
    citizen(client)
    made = sent(client, service)
    client.post(f"/en/applications/{made.code}/", {"text": "Qachon tayyor?"})
    official(client)

    client.post(f"/en/work/applications/{made.code}/say/", {"text": "Ertaga."})
    theirs = text(client.get(f"/en/work/applications/{made.code}/"))
    sign_in(client, "a.karimova")

    assert "Qachon tayyor?" in theirs
    assert "Ertaga." in text(client.get(f"/en/applications/{made.code}/"))


def test_what_a_register_knows_is_told_and_not_asked(client, as_administrator):
    citizen(client)
    service = make.running(as_administrator, *bundles.WHOLE).code

    begun = client.post(f"/en/services/{service}/apply/", follow=True)

    assert "Anora Karimova" in text(begun) or begun.redirect_chain[-1][0].endswith("/copies/")
    base = begun.redirect_chain[0][0]
    page = text(client.get(f"{base}who/"))
    assert "Anora Karimova" in page
    assert "sample data" in page
    assert 'name="full_name"' not in page


def test_a_draft_is_thrown_away_and_forgotten(client, service):
    citizen(client)
    address = filled(client, service)
    code = address.split("/")[3]

    done = client.post(f"/en/applications/{code}/withdraw/", follow=True)

    assert done.status_code == 200
    assert Case.objects.get(code=code).answers == {}


def test_a_page_of_the_work_list_asks_the_same_for_one_and_for_many(
    client, service, django_assert_max_num_queries
):
    for number in range(12):
        make.sent(make.citizen(f"c{number}.kishi"), service)
    official(client)
    client.get("/en/work/applications/")

    with django_assert_max_num_queries(16):
        page = client.get("/en/work/applications/")

    assert text(page).count("/en/work/applications/") > 12


@pytest.fixture
def with_file(as_administrator, settings, tmp_path):
    settings.DATA = tmp_path
    return make.running(as_administrator, bundle=bundles.with_file(*bundles.PLAIN)).code


def attached(client, service, name="nusxa.txt", content=b"Nusxa"):
    address = filled(client, service)
    page = address.replace("check/", "scan/")
    return address, client.post(page, {"scan": SimpleUploadedFile(name, content)})


def test_a_file_is_attached_and_read_by_the_applicant_and_the_body_alone(client, with_file):
    citizen(client)
    address, kept = attached(client, with_file)
    check = text(client.get(address))
    client.post(address)
    made = Case.objects.get()
    code = made.answers["apply"]["scan"]
    own = client.get(f"/en/applications/{made.code}/files/{code}/")
    official(client)
    theirs = client.get(f"/en/work/applications/{made.code}/files/{code}/")
    page = text(client.get(f"/en/work/applications/{made.code}/"))
    citizen(client, "b.boshqa")
    others = client.get(f"/en/applications/{made.code}/files/{code}/")

    assert kept.status_code == 302
    assert "nusxa.txt" in check
    assert code not in check
    assert (own.content, theirs.content, others.status_code) == (b"Nusxa", b"Nusxa", 404)
    assert "nusxa.txt" in page


def test_a_page_sent_again_without_a_file_keeps_the_one_before(client, with_file):
    citizen(client)
    address, _kept = attached(client, with_file)
    before = Case.objects.get().answers

    again = client.post(address.replace("check/", "scan/"), {})

    assert again.status_code == 302
    assert Case.objects.get().answers == before


@pytest.mark.parametrize(
    ("name", "content"),
    [("virus.exe", b"MZ"), ("page.pdf", b"<html>"), ("../../etc/passwd", b"x"), ("a.txt", b"")],
)
def test_a_file_that_is_not_kept_is_told_and_nothing_is_lost(client, with_file, name, content):
    citizen(client)

    _address, wrong = attached(client, with_file, name, content)

    assert wrong.status_code == 422
    assert "scan" not in Case.objects.get().answers["apply"]


def test_the_file_of_somebody_else_answers_nothing(client, with_file):
    other = make.citizen("c.begona")
    theirs = keep_file(other, name="sir.txt", content=b"Sir").code
    code = citizen(client)
    who = make.holder(code)
    made = applying.begin(who, with_file)

    with pytest.raises(NothingNamed):
        applying.save_page(who, made.code, step="scan", answers={"scan": theirs})


def test_what_the_scanner_finds_is_not_taken(client, with_file, settings):
    citizen(client)
    with Clamd(b"stream: Eicar-Signature FOUND\0") as place:
        settings.CLAMAV = f"tcp://127.0.0.1:{place}"
        _address, found = attached(client, with_file)
    settings.CLAMAV = "tcp://127.0.0.1:9"
    _address, away = attached(client, with_file)
    with Clamd(b"stream: OK\0") as place:
        settings.CLAMAV = f"tcp://127.0.0.1:{place}"
        _address, fine = attached(client, with_file)

    assert (found.status_code, away.status_code, fine.status_code) == (422, 422, 302)
    assert "found something in it" in text(found)


class Clamd:
    """A scanner that reads one file whole, and says what it is told to."""

    def __init__(self, said):
        self.said = said
        self.line = socket.create_server(("127.0.0.1", 0))

    def __enter__(self):
        self.thread = Thread(target=self.serve)
        self.thread.start()
        return self.line.getsockname()[1]

    def __exit__(self, *_fault):
        self.thread.join()
        self.line.close()

    def serve(self):
        asked, _ = self.line.accept()
        with asked, asked.makefile("rb") as read:
            assert read.read(10) == b"zINSTREAM\0"
            while size := int.from_bytes(read.read(4), "big"):
                read.read(size)
            asked.sendall(self.said)
