"""People apply on pages, one thing on each, and officials decide on theirs."""

import pytest

from marra.door import terminal_stamp
from marra.people import actions as people
from marra.portal.models.cases import Case
from marra.portal.queries import cases
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
