"""Plans for programs: typed, bounded, and the same as on the page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from marra.commission.queries import answers
from marra.commission.queries.sources import source
from marra.commission.rules.questions import Question
from tests.web.make import analyst
from tests.web.planning import file, shown, worked_out

pytestmark = pytest.mark.django_db

PLAN = "/api/v1/plan"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A data folder of its own for each test."""
    settings.DATA = tmp_path


@pytest.fixture
def answered(as_analyst, as_visitor):
    """A portfolio shown to everybody, with its answers worked out; the answer for 2030."""
    shown(as_analyst)
    worked_out(as_visitor)
    return answers.find(Question(source(as_visitor).digest, "UZB", 30, 2030, 0.8))


def test_a_plan_is_the_planners_own(client, answered):
    told = client.get(f"{PLAN}?top=30&by=2030&odds=0.8").json()

    assert told["cost"] == answered.cost
    assert told["odds_check"] == answered.odds_check
    assert [step["code"] for step in told["steps"]] == [step.code for step in answered.steps]
    assert told["portfolio"]["illustrative"] is False
    assert told["grounds"]["data_version"] == answered.grounds.data_version


def test_the_frontier_rises(client, answered):
    points = client.get(f"{PLAN}/frontier?by=2030").json()["points"]

    assert [each["odds"] for each in points] == sorted(each["odds"] for each in points)
    assert points[0]["cost"] == 0


def test_an_answer_that_is_not_there_yet_is_202_and_comes_later(client, as_analyst, as_visitor):
    shown(as_analyst)

    early = client.get(PLAN)
    worked_out(as_visitor)
    late = client.get(PLAN, headers={"if-none-match": early.headers.get("ETag", '"x"')})

    assert early.status_code == 202
    assert early.headers["Retry-After"] == str(early.json()["retry_after"])
    assert late.status_code == 200


@pytest.mark.parametrize("query", ["odds=0.55", "budget=1e11", "top=31", "by=2029", "by=2032"])
def test_strangers_ask_what_is_offered_and_for_editions_there_are(client, answered, query):
    told = client.get(f"{PLAN}?{query}")

    assert told.status_code == 422
    assert told.json()["type"].startswith("/problems/")


def test_an_analyst_may_ask_for_money(client, answered):
    analyst(client)

    assert client.get(f"{PLAN}?budget=150000000000").status_code == 202
    answers.work()
    told = client.get(f"{PLAN}?budget=150000000000").json()

    assert told["cost"] <= 150e9
    assert told["odds_asked"] is None


def test_what_the_planner_refuses_is_a_problem_that_says_why(client, answered, as_visitor):
    found = source(as_visitor)
    asked = Question(found.digest, "UZB", 30, 2026, 0.8)
    answers.ask(asked, found.portfolio)
    task = answers.waiting()[0]
    task.write_text(task.read_text().replace('"tries": 0', '"tries": 2'))

    told = client.get(f"{PLAN}?by=2026")

    assert told.status_code == 409
    assert "could not be worked out" in told.json()["detail"] or told.json()["detail"]


def test_checking_a_file_takes_nothing_in_and_asks_who_you_are(client):
    from marra.commission.models.plans import Portfolio

    stranger = client.post(f"{PLAN}/check", {"file": SimpleUploadedFile("road.toml", file())})
    analyst(client)
    told = client.post(f"{PLAN}/check", {"file": SimpleUploadedFile("road.toml", file())})

    assert stranger.status_code in (401, 403)
    assert told.json()["initiatives"] == 4
    assert told.json()["cost"] == 1000e9
    assert not Portfolio.objects.exists()


def test_every_fault_of_a_file_is_told_with_its_place(client):
    analyst(client)
    wrong = file().replace(b"chance = 0.9", b"chance = 9")

    told = client.post(f"{PLAN}/check", {"file": SimpleUploadedFile("road.toml", wrong)})

    assert told.status_code == 422
    findings = told.json()["findings"]
    assert len(findings) == 4
    assert all(each["sheet"] and each["line"] and each["column"] for each in findings)
