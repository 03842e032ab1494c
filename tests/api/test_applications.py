"""The API of one's own applications: screens, drafts, and applying in one piece, once."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from marra.door import terminal_stamp
from marra.people import actions as people
from marra.portal.models.cases import Case
from marra.portal.queries import cases
from tests.portal import bundle as bundles
from tests.portal import make
from tests.web.make import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
HERE = "/api/v1/applications"


@pytest.fixture
def service(as_administrator):
    return make.running(as_administrator, *bundles.PLAIN).code


def citizen(client, name="a.karimova"):
    account = people.register(terminal_stamp(), name=name, password=PASSWORD)
    sign_in(client, name)
    return account.code


def post(client, address, body=None, key=""):
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(address, body or {}, content_type="application/json", headers=headers)


def apply(client, service, key="request-1", **answers):
    body = {"service": service, "answers": {**bundles.ANSWERS, **answers}}
    return post(client, HERE, body, key)


def test_a_screen_of_a_service_is_open_to_all(client, service):
    page = client.get(f"/api/v1/services/{service}/screens/copies?language=en").json()
    check = client.get(f"/api/v1/services/{service}/screens/check").json()

    assert (page["title"], page["next"], page["previous"]) == ("Copies", "abroad", "who")
    assert page["fields"][0]["rules"] == {"type": "integer", "minimum": 1, "maximum": 9}
    assert (check["next"], check["complete"]) == ("who", False)


def test_a_screen_that_is_not_there_is_404(client, service):
    assert client.get(f"/api/v1/services/{service}/screens/nowhere").status_code == 404
    assert client.get("/api/v1/services/nothing/screens/who").status_code == 404
    assert client.get(f"/api/v1/services/{service}/screens/who?form=other").status_code == 409


def test_strangers_see_no_applications(client, service):
    assert client.get(HERE).status_code == 401
    assert apply(client, service).status_code == 401


def test_the_same_key_sent_again_is_answered_as_before(client, service):
    citizen(client)

    first, again = apply(client, service), apply(client, service)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["code"] == again.json()["code"]
    assert first.json()["stage"] == "running"
    assert Case.objects.count() == 1
    assert "private" in first.headers["Cache-Control"]


def test_a_key_with_other_answers_is_refused_and_one_without_too(client, service):
    citizen(client)
    apply(client, service)

    assert apply(client, service, copies=9).status_code == 409
    assert apply(client, service, key="short").status_code == 422
    assert apply(client, service, key="").status_code == 422
    assert Case.objects.count() == 1


def test_wrong_answers_make_no_application(client, service):
    citizen(client)

    answer = apply(client, service, copies=99)

    assert answer.status_code == 422
    assert not Case.objects.exclude(sent_at=None).exists()


def test_a_draft_is_kept_page_by_page_and_sent(client, service):
    citizen(client)
    made = post(client, f"{HERE}/drafts", {"service": service}).json()
    screens = f"{HERE}/{made['code']}/screens"

    def put(step, **answers):
        body = {"answers": answers}
        address = f"{screens}/{step}?language=en"
        return client.put(address, body, content_type="application/json").json()

    wrong = put("copies", copies=99)
    put("who", full_name="Anora")
    put("copies", copies=2)
    put("abroad", abroad=False)
    check = client.get(f"{screens}/check").json()
    sent = post(client, f"{HERE}/{made['code']}/send").json()

    assert made["step"] == "who"
    assert wrong["fields"][0]["problem"]["sentence"] == "The most that can be is 9."
    assert check["complete"] is True
    assert (sent["stage"], sent["step"]) == ("running", None)
    assert [each["what"] for each in sent["events"]] == ["sent", "opened"]


def test_registers_are_asked_between_the_request_and_its_answer(client, as_administrator):
    citizen(client)
    service = make.running(as_administrator, *bundles.WHOLE).code

    told = post(
        client, HERE, {"service": service, "answers": {"copies": 1, "abroad": False}}, "request-1"
    )

    assert told.status_code == 201
    case = Case.objects.get()
    assert client.get(f"{HERE}/{case.code}").json()["standing"] == "payment"
    assert cases.data(case)["full_name"] == "Anora Karimova"


def test_another_persons_application_is_404_everywhere(client, service):
    citizen(client)
    code = apply(client, service).json()["code"]
    citizen(client, "b.boshqa")

    assert client.get(f"{HERE}/{code}").status_code == 404
    assert client.get(f"{HERE}/{code}/screens/who").status_code == 404
    for part in ("send", "withdraw"):
        assert post(client, f"{HERE}/{code}/{part}").status_code == 404
    assert post(client, f"{HERE}/{code}/messages", {"text": "Salom."}).status_code == 404
    assert client.get(HERE).json()["total"] == 0


def test_an_application_is_withdrawn_and_written_about(client, service):
    citizen(client)
    code = apply(client, service).json()["code"]

    said = post(client, f"{HERE}/{code}/messages", {"text": "Qachon tayyor?"}).json()
    gone = post(client, f"{HERE}/{code}/withdraw").json()

    assert [(each["own"], each["text"]) for each in said["messages"]] == [(True, "Qachon tayyor?")]
    assert (gone["stage"], gone["standing"]) == ("ended", "withdrawn")


def test_a_file_is_kept_and_answers_for_its_sender_alone(
    client, as_administrator, settings, tmp_path
):
    settings.DATA = tmp_path
    service = make.running(as_administrator, bundle=bundles.with_file(*bundles.PLAIN)).code
    citizen(client)

    file = SimpleUploadedFile("nusxa.txt", b"Nusxa")
    kept = client.post(f"{HERE}/files", {"file": file}).json()
    mine = apply(client, service, scan=kept["code"])
    citizen(client, "b.boshqa")
    theirs = apply(client, service, scan=kept["code"])

    assert (kept["name"], kept["size"]) == ("nusxa.txt", 5)
    assert (mine.status_code, theirs.status_code) == (201, 404)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(["full_name", "copies", "abroad", "country", "granted", ""])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(answers=st.dictionaries(NAMES, JSON), step=st.text(max_size=20))
@example(answers={"full_name": "\0"}, step="who")
@example(answers={"full_name": "\ud800"}, step="who")
@example(answers={"copies": float("nan"), "abroad": 10**400}, step="copies")
@example(answers={"full_name": "x" * 300_000}, step="who")
def test_whatever_is_sent_is_taken_or_refused_and_never_a_fault(client, service, answers, step):
    if not client.cookies.get("sessionid"):
        citizen(client)
    code = post(client, f"{HERE}/drafts", {"service": service}).json()["code"]
    body = json.dumps({"service": service, "answers": answers})
    kinds = {"content_type": "application/json"}
    page = step.replace("/", "") if step.isascii() and step.isprintable() else "who"

    kept = client.put(f"{HERE}/{code}/screens/{page or 'who'}", body, **kinds)
    whole = client.post(HERE, body, headers={"Idempotency-Key": "request-1"}, **kinds)
    said = client.post(f"{HERE}/{code}/messages", json.dumps({"text": step}), **kinds)

    assert kept.status_code in {200, 404, 422}
    assert whole.status_code in {200, 201, 409, 422}
    assert said.status_code in {409, 422}
    Case.objects.exclude(code=code).delete()
