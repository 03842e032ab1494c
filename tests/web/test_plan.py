"""The page of a plan: answer first, both readings of the goal, every number the planner's own."""

import io
import json
import re

import openpyxl
import pypdf
import pytest
from django.http import QueryDict
from django.test import Client

from marra.commission.actions import portfolios, readings
from marra.commission.queries import answers
from marra.commission.queries.sources import source
from marra.commission.rules.answers import Answer
from marra.commission.rules.questions import Question
from marra.kit.text import LANGUAGES
from marra.web.charts.chart import NARROW, WIDE, Look
from marra.web.charts.money import money
from marra.web.charts.planned import percent
from marra.web.charts.rendering import draw
from marra.web.plan.asking import state
from marra.web.plan.looking import planned
from marra.web.plan.page import CHARTS
from tests.web import planning
from tests.web.chromium import chromium, signed_in_cookie, violations
from tests.web.make import administrator, analyst
from tests.web.planning import file, shown, worked_out
from tests.web.test_languages import kept, latin_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A data folder of its own for each test."""
    settings.DATA = tmp_path
    return tmp_path / "plans"


@pytest.fixture
def answered(as_analyst, as_visitor):
    """A portfolio shown to everybody, with its answers worked out; the answer for 2030."""
    version = shown(as_analyst)
    worked_out(as_visitor)
    found = source(as_visitor)
    assert found.code == version.code
    told = answers.find(Question(found.digest, "UZB", 30, 2030, 0.8))
    assert isinstance(told, Answer)
    return told


def text(answer) -> str:
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]
    return plain(re.sub(r"<[^>]+>", " ", main))


def plain(words: str) -> str:
    return " ".join(words.replace("\u2011", "-").split())


def test_without_a_portfolio_of_its_own_the_page_is_about_the_example_and_says_so(client):
    page = text(client.get("/en/plan/"))

    assert "illustrative assumptions, not facts" in page
    assert "packaged example" in page


def test_a_page_whose_answer_is_not_there_says_so_and_loads_itself_again(client, folder):
    page = client.get("/en/plan/")

    assert "is being worked out" in text(page)
    assert page.headers["Refresh"]
    assert len(list(folder.glob("*.task"))) == 3  # both readings of the goal, and what odds cost


def test_what_could_not_be_worked_out_is_said_and_can_be_asked_for_again(client, folder):
    client.get("/en/plan/")
    for task in folder.glob("*.task"):  # as a planner that was killed twice leaves them
        task.write_text(json.dumps({**json.loads(task.read_text()), "tries": 2}))

    page = client.get("/en/plan/")
    client.post("/en/plan/again/", {"top": "30", "by": "2030", "odds": "0.8"})
    again = client.get("/en/plan/")

    assert "could not be worked out" in text(page)
    assert "Refresh" not in page.headers
    assert "is being worked out" in text(again)
    assert again.headers["Refresh"]


def test_a_plan_without_its_frontier_says_what_is_missing(client, answered, folder):
    state_ = Client().get("/en/plan/").context["state"]
    key = answers._key(state_.question.frontier())
    (folder / f"{key}.json").unlink()
    answers.ask(state_.question.frontier(), state_.source.portfolio)
    task = folder / f"{key}.task"
    task.write_text(json.dumps({**json.loads(task.read_text()), "tries": 2}))

    page = text(client.get("/en/plan/"))

    assert "Place 30 or better with odds of 80 %" in page
    assert "what odds cost" in page
    assert "Try again" in page


def test_a_whole_plan_is_kept_for_the_next_visitor(
    client, answered, django_assert_max_num_queries
):
    client.get("/en/plan/")

    with django_assert_max_num_queries(2):
        again = client.get("/en/plan/")

    assert again.headers["ETag"]
    assert "Place 30 or better" in text(again)


def test_the_first_sentence_has_the_answer_for_both_readings_of_the_goal(client, answered):
    page = text(client.get("/en/plan/"))

    heading = page.split("Without any plan")[0]
    assert "Place 30 or better with odds of 80 %" in heading
    assert f"2030 edition: {plain(money(answered.cost))}" in heading
    assert "2028 edition: " in heading
    assert "Refresh" not in client.get("/en/plan/").headers


def test_the_reading_that_was_decided_stands_first(client, answered, as_administrator):
    readings.decide_reading(as_administrator, "by-2030", answer="2028", reason="Minutes No. 1")

    heading = text(client.get("/en/plan/")).split("Without any plan")[0]

    assert heading.index("2028 edition") < heading.index("2030 edition")


def test_the_page_shows_every_number_of_the_answer(client, answered):
    page = text(client.get("/en/plan/"))

    for step in answered.steps:
        assert plain(money(step.cost)) in page
        assert plain(percent(step.fails)) in page
    assert plain(percent(answered.nothing)) in page
    assert plain(percent(answered.odds_check)) in page


def test_a_goal_out_of_reach_says_what_to_relax(client, as_analyst, as_visitor):
    tight = file().replace(b"amount = 2\n", b"amount = 0\n").replace(b"amount = 3", b"amount = 1")
    shown(as_analyst, tight)
    worked_out(as_visitor, odds=0.9)

    page = text(client.get("/en/plan/?odds=0.9"))

    assert "out of reach" in page
    assert "What to relax" in page
    assert "more load" in page


def test_a_stranger_who_asks_for_other_odds_is_told_what_is_offered(client, answered):
    assert client.get("/en/plan/?odds=0.55").status_code == 422
    assert client.get("/en/plan/?top=31").status_code == 422
    assert client.get("/en/plan/?billions=100").status_code == 422


def test_an_analyst_may_ask_for_any_odds_and_for_money(client, answered):
    analyst(client)

    assert client.get("/en/plan/?odds=55").status_code == 200
    assert client.get("/en/plan/?top=31&odds=0,6").status_code == 200
    assert "bn soʻm" in text(client.get("/en/plan/?billions=150"))


def test_an_address_asks_the_very_same_question_again(as_analyst):
    shown(as_analyst)

    for asked in ({"billions": "1234,5678901"}, {"odds": "81,23456"}):
        first = state(asked, as_analyst)
        again = state(QueryDict(first.query), as_analyst)
        assert again.question == first.question


@pytest.mark.parametrize(
    "wrong",
    ["by=2029", "by=x", "top=0", "odds=x", "portfolio=none", "top=1e3", f"top={'9' * 5000}"],
)
def test_an_address_without_sense_is_refused_with_a_sentence(client, answered, wrong):
    assert client.get(f"/en/plan/?{wrong}").status_code in (404, 422)


def test_a_portfolio_that_is_not_shown_stays_closed_in_every_form(client, as_analyst, as_visitor):
    version = portfolios.open_portfolio(as_analyst, name="road.toml", content=file())
    worked_out(as_analyst, version.code)

    for address in (
        "plan/?",
        "plan/plan.pdf?",
        "plan/plan.xlsx?",
        "plan/initiative/work-1/?",
        "plan/chart/plan-timeline/?",
        "plan/chart/plan-money.csv?",
    ):
        assert client.get(f"/en/{address}portfolio={version.code}").status_code == 404
    assert client.get(f"/api/v1/plan?portfolio={version.code}").status_code == 404


def test_a_closed_portfolio_is_open_to_analysts_and_never_kept(client, as_analyst):
    version = portfolios.open_portfolio(as_analyst, name="road.toml", content=file())
    worked_out(as_analyst, version.code)
    analyst(client)

    page = client.get(f"/en/plan/?portfolio={version.code}")

    assert "Work 1" in text(page)
    assert page.headers["Cache-Control"] == "private, no-store"


def test_an_initiative_has_a_page_with_its_reasoning(client, answered, as_visitor):
    page = text(client.get("/en/plan/initiative/work-2/"))

    assert "Reason 2" in page
    assert "200 bn soʻm" in page
    assert client.get("/en/plan/initiative/none/").status_code == 404


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_comes_in_every_form_with_the_same_rows(client, answered, name):
    rows = client.get(f"/en/chart/{name}.json")
    assert rows.status_code == 404  # the charts of a plan have an address of their own

    told = client.get(f"/en/plan/chart/{name}.json").json()
    sheet = openpyxl.load_workbook(
        io.BytesIO(client.get(f"/en/plan/chart/{name}.xlsx").content)
    ).worksheets[0]
    written = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(written) == len(told["rows"]) > 0
    for row, cells in zip(told["rows"], written, strict=True):
        assert list(row.values()) == pytest.approx(list(cells))
    assert told["data_version"] == answered.grounds.data_version
    for form, begins in (("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")):
        picture = client.get(f"/en/plan/chart/{name}.{form}")
        assert picture.content.startswith(begins)
        again = client.get(
            f"/en/plan/chart/{name}.{form}", headers={"if-none-match": picture["ETag"]}
        )
        assert again.status_code == 304


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_keeps_its_words_inside_its_sheet(answered, as_visitor, name, width, language):
    from django.utils import translation

    with translation.override(language):
        chart = CHARTS[name](planned(state({}, as_visitor), language))
        picture = draw(chart, Look("light", width), "svg").decode()

    height = float(re.search(r'height="(\d+)"', picture)[1])
    spots = re.findall(r'<text class="[^"]*" x="([\d.-]+)" y="([\d.-]+)"', picture)
    assert len(spots) > 2
    assert all(-1 <= float(x) <= width + 1 and -1 <= float(y) <= height for x, y in spots)


def test_the_workbook_has_all_tables_and_the_same_numbers(client, answered):
    book = openpyxl.load_workbook(io.BytesIO(client.get("/en/plan/plan.xlsx").content))

    assert len(book.sheetnames) == 7
    rows = list(book["Initiatives"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(answered.steps)
    assert sum(row[4] for row in rows) * 1e9 == pytest.approx(answered.cost)
    heads = [cell.value for cell in book["Answer"][4]]
    first = dict(zip(heads, [cell.value for cell in book["Answer"][5]], strict=True))
    assert first["Odds, percent"] == pytest.approx(100 * answered.odds)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_for_a_session_can_be_read_and_searched(client, answered, language):
    sent = client.get(f"/{language}/plan/plan.pdf")

    words = " ".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(sent.content)).pages
    )
    title = {"uz": "Ish 1", "uz-cyrl": "Иш 1", "ru": "Дело 1", "en": "Work 1"}[language]
    assert title in words
    assert "1 / " in words


def test_a_file_of_a_plan_that_is_not_there_yet_is_refused(client):
    assert client.get("/en/plan/plan.pdf").status_code == 409
    assert client.get("/en/plan/chart/plan-money.svg").status_code == 409
    assert client.get("/en/plan/plan.doc").status_code == 404


@pytest.mark.parametrize("language", ["uz-cyrl", "ru"])
@pytest.mark.parametrize("page", ["plan/", "plan/initiative/work-1/", "plan/chart/plan-load/"])
def test_a_page_has_no_latin_word_without_a_reason(client, answered, language, page):
    body = client.get(f"/{language}/{page}").content.decode()

    assert sorted(latin_words(body) - kept()) == []


@pytest.mark.parametrize("language", ["uz-cyrl", "ru"])
def test_a_page_that_waits_for_its_answer_has_no_latin_word_either(client, language):
    body = client.get(f"/{language}/plan/").content.decode()

    assert sorted(latin_words(body) - kept()) == []


def test_a_page_asks_the_database_little_and_is_small(
    client, answered, django_assert_max_num_queries
):
    client.get("/en/plan/")

    with django_assert_max_num_queries(16):
        page = client.get("/en/plan/", headers={"accept-encoding": "gzip"})
    assert len(page.content) < 25_000


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_on_plans_and_portfolios_and_none_is_wider_than_a_phone(
    live_server, client
):
    administrator(client)
    found, wide = {}, []
    addresses = planning.pages(client)
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 360, "height": 800}, bypass_csp=True)
        signed_in_cookie(client, page, live_server.url)

        def look(name: str) -> None:
            found[name] = violations(page)
            if page.evaluate("document.documentElement.scrollWidth") > 360:
                wide.append(name)

        for address in addresses:
            page.goto(f"{live_server.url}/ru/{address}")
            look(address)
        for state_ in planning.states(page, f"{live_server.url}/ru"):
            look(state_)
        page.emulate_media(color_scheme="dark")
        page.goto(f"{live_server.url}/uz/{addresses[0]}")
        look("dark")

    assert not any(found.values()), found
    assert not wide


def test_the_pages_that_axe_visits_are_in_the_states_that_they_are_made_for(client):
    administrator(client)

    told = {address: text(client.get(f"/en/{address}")) for address in planning.pages(client)}

    assert "Place 30 or better with odds of 80 %" in told["plan/"]
    assert "What to relax" in told["plan/?top=10&by=2028"]
    assert "could not be worked out" in told[planning.UNFINISHED]
    assert not [address for address, page in told.items() if "does not exist" in page]
    assert any("Road: adopted" in page for page in told.values())
