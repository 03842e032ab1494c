"""Portfolios, plans on record and readings, through the pages of those who make them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from marra.commission.actions import portfolios
from marra.commission.models.plans import PlanVersion, Portfolio, PortfolioVersion
from marra.index.plan.files import read, to_xlsx
from marra.journal.models import Entry
from tests.web.make import administrator, analyst, sign_in
from tests.web.planning import file, worked_out
from tests.web.test_languages import kept, latin_words
from tests.web.test_plan import plain, text

pytestmark = pytest.mark.django_db

WRITTEN_SO = {"boshliq", "New", "road", "toml"}
"""Names of persons and files."""

PAGES = ("portfolios/", "portfolios/upload/", "portfolios/columns/", "plans/")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A data folder of its own for each test."""
    settings.DATA = tmp_path


def checked(client, content: bytes, name: str = "road.toml", **more: str):
    upload = SimpleUploadedFile(name, content)
    return client.post("/en/work/portfolios/upload/", {"file": upload, "note": "New", **more})


def taken(client, content: bytes, name: str = "road.toml", **more: str):
    page = checked(client, content, name, **more)
    return client.post(
        "/en/work/portfolios/confirm/", {"token": page.context["token"]}, follow=True
    )


@pytest.fixture
def version(client, as_analyst):
    """A portfolio with its plan worked out; an administrator is signed in."""
    administrator(client)
    made = portfolios.open_portfolio(as_analyst, name="road.toml", content=file())
    worked_out(as_analyst, made.code)
    return made


def recorded(client, version, title: str = "Road to place 30") -> PlanVersion:
    address = f"/en/work/plans/record/?portfolio={version.code}"
    client.post(address, {"title": title, "note": ""})
    return PlanVersion.objects.get(title=title)


@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_led_to_the_way_in_and_people_without_the_role_are_told(
    client, as_administrator, page
):
    from tests.people import make

    make.account(as_administrator, "n.nobody")

    assert client.get(f"/en/work/{page}").status_code == 302
    sign_in(client, "n.nobody")
    assert client.get(f"/en/work/{page}").status_code == 403


@pytest.mark.parametrize("name", ["road.toml", "road.xlsx"])
def test_a_file_is_checked_first_and_then_that_very_file_is_taken_in(client, name):
    analyst(client)
    content = file() if name.endswith("toml") else to_xlsx(read("road.toml", file()))

    page = checked(client, content, name)

    assert "can be taken in" in text(page)
    assert not Portfolio.objects.exists()
    done = client.post(
        "/en/work/portfolios/confirm/", {"token": page.context["token"]}, follow=True
    )
    assert "was taken in" in text(done)
    kept_version = PortfolioVersion.objects.get()
    assert bytes(kept_version.content) == content
    assert kept_version.note == "New"
    original = client.get(f"/en/work/portfolios/{kept_version.code}/file/")
    assert original.content == content


def test_a_file_with_faults_is_refused_with_sheet_line_and_column_and_nothing_is_kept(client):
    analyst(client)

    page = checked(client, file().replace(b"chance = 0.9", b"chance = 9", 1))

    assert page.status_code == 422
    assert "chance" in text(page)
    assert "initiatives" in text(page)
    assert any(row.line for row in page.context["rows"])
    assert page.context["form"]["note"].value() == "New"  # nothing is written twice
    assert not Portfolio.objects.exists()


def test_an_altered_check_is_refused(client):
    analyst(client)
    token = checked(client, file()).context["token"]

    page = client.post("/en/work/portfolios/confirm/", {"token": token[:-2] + "xx"})

    assert "altered" in text(page)
    assert not Portfolio.objects.exists()


def test_what_a_new_version_would_change_is_shown_before_and_after(client, version):
    code = version.portfolio.code
    dearer = file(cost=200)

    before = text(checked(client, dearer, into=code))
    after = text(taken(client, dearer, into=code))

    assert "What it would change" in before
    assert "Costs by year 100 bn soʻm 200 bn soʻm" in before
    assert "What changed from version 1 to 2" in after
    assert "Costs by year 100 bn soʻm 200 bn soʻm" in after
    assert "Version 2 stands" in after


def test_the_same_portfolio_in_another_file_changes_nothing(client, version):
    same = to_xlsx(read("road.toml", file()))

    page = checked(client, same, "road.xlsx", into=version.portfolio.code)

    assert "changes nothing" in text(page)
    assert "Take this portfolio in" not in text(page)


def test_a_portfolio_is_shown_to_everybody_and_closed_again(client, version):
    code = version.portfolio.code

    client.post(f"/en/work/portfolios/{code}/readers/", {"public": "yes"})
    assert Portfolio.objects.get().is_public
    client.post(f"/en/work/portfolios/{code}/readers/", {"public": "no"})
    assert not Portfolio.objects.get().is_public
    assert Entry.objects.filter(deed="portfolio.shown").count() == 2


def test_a_version_is_withdrawn_after_a_question(client, version):
    address = f"/en/work/portfolios/{version.code}/withdraw/"

    assert "Withdraw version 1" in text(client.get(address))
    done = client.post(address, follow=True)

    assert "was withdrawn" in text(done)
    assert "Every version is withdrawn" in text(done)
    again = client.post(address)
    assert again.status_code == 422
    assert "is withdrawn" in text(again)


def test_a_title_is_changed_or_refused_in_a_sentence(client, version):
    code = version.portfolio.code

    assert "The Commission's" in text(
        client.post(
            f"/en/work/portfolios/{code}/rename/", {"title": "The Commission's"}, follow=True
        )
    ).replace("&#x27;", "'")
    assert client.post(f"/en/work/portfolios/{code}/rename/", {"title": "x"}).status_code == 422


@pytest.mark.parametrize("form", ["xlsx", "csv", "toml"])
def test_templates_come_in_three_forms_and_the_guide_explains_their_columns(client, form):
    analyst(client)

    sent = client.get(f"/ru/work/portfolios/template.{form}")

    assert sent.status_code == 200
    assert len(sent.content) > 1000
    guide = text(client.get("/en/work/portfolios/columns/"))
    assert "cost_1, cost_2, …" in guide
    assert "tii.internet" in guide
    assert client.get("/en/work/portfolios/template.doc").status_code == 404


def test_a_plan_is_recorded_proposed_and_adopted_and_the_journal_has_each_step(client, version):
    plan = recorded(client, version)
    address = f"/en/work/plans/{plan.code}/"

    assert "draft" in text(client.get(address))
    for move, word in (("propose", "proposed"), ("adopt", "adopted")):
        page = client.post(f"{address}move/", {"move": move}, follow=True)
        assert f"Road to place 30: {word}" in text(page)

    deeds = list(Entry.objects.filter(thing=plan.code).values_list("deed", flat=True))
    assert sorted(deeds) == ["plan.adopted", "plan.kept", "plan.proposed"]
    assert client.post(f"{address}move/", {"move": "reject"}).status_code == 422


def test_a_recorded_plan_says_what_the_planner_found(client, version):
    page = client.get(f"/en/plan/?portfolio={version.code}")
    plan = recorded(client, version)

    own = page.context["own"]
    shown = text(client.get(f"/en/work/plans/{plan.code}/"))
    assert plain(own.cost) in shown
    assert plain(own.odds) in shown
    assert (plan.k, plan.edition, plan.odds_asked) == (30, 2030, 0.8)
    assert plan.version == version


def test_a_plan_of_the_example_is_not_recorded(client, as_administrator):
    administrator(client)
    worked_out(as_administrator, "example", odds=0.5, k=50)

    page = client.get("/en/work/plans/record/?portfolio=example&odds=0.5&top=50")

    assert page.status_code == 409
    assert "assumptions" in text(page)


def test_only_an_administrator_decides_on_a_plan(client, version):
    plan = recorded(client, version)
    client.post(f"/en/work/plans/{plan.code}/move/", {"move": "propose"})
    analyst(client)

    page = text(client.get(f"/en/work/plans/{plan.code}/"))

    assert "The next step is for the chair or an administrator" in page
    assert "Adopt it" not in page


def test_a_draft_can_be_corrected_and_a_proposed_plan_cannot(client, version):
    plan = recorded(client, version)
    address = f"/en/work/plans/{plan.code}/"

    done = client.post(f"{address}correct/", {"title": "Another", "note": "Why"}, follow=True)
    client.post(f"{address}move/", {"move": "propose"})
    late = client.post(f"{address}correct/", {"title": "Third", "note": ""})

    assert "Another: draft" in text(done)
    assert late.status_code == 422
    assert "what it says stays" in text(late)


def test_two_plans_stand_side_by_side(client, version, as_analyst):
    first = recorded(client, version)
    worked_out(as_analyst, version.code, odds=0.5)
    address = f"/en/work/plans/record/?portfolio={version.code}&odds=0.5"
    client.post(address, {"title": "Cheaper", "note": ""})
    second = PlanVersion.objects.get(title="Cheaper")

    page = text(client.get(f"/en/work/plans/beside/?first={first.code}&second={second.code}"))

    assert first.cost > second.cost
    assert "“Cheaper” costs" in page
    assert "less" in page
    assert page.index("Work 2") < page.index("Work 1") or "Work 1" in page
    assert client.get("/en/work/plans/beside/?first=x&second=y").status_code == 404


def test_the_ways_of_work_are_those_of_the_role(client):
    analyst(client)

    page = client.get("/en/").content.decode()

    assert "/en/work/portfolios/" in page
    assert "/en/work/accounts/" not in page


@pytest.mark.parametrize("language", ["uz-cyrl", "ru"])
def test_pages_of_portfolios_and_plans_have_no_latin_word_without_a_reason(
    client, version, language
):
    plan = recorded(client, version, "30")
    Portfolio.objects.update(title="30")
    taken(client, file(cost=200), into=version.portfolio.code)
    for page in (
        *PAGES,
        f"portfolios/{version.portfolio.code}/",
        f"portfolios/{version.code}/withdraw/",
        f"plans/{plan.code}/",
        f"plans/{plan.code}/correct/",
        f"plans/beside/?first={plan.code}&second={plan.code}",
    ):
        body = client.get(f"/{language}/work/{page}").content.decode()
        words = latin_words(body) - kept() - WRITTEN_SO
        assert sorted(words) == [], page


def test_lists_ask_no_more_when_they_grow(
    client, version, as_analyst, django_assert_max_num_queries
):
    for _ in range(12):
        portfolios.open_portfolio(as_analyst, name="road.toml", content=file())
    for turn in range(3):
        recorded(client, version, f"Plan {turn}")
    plan = PlanVersion.objects.first()

    for page in (*PAGES, f"portfolios/{version.portfolio.code}/", f"plans/{plan.code}/"):
        with django_assert_max_num_queries(16):
            assert client.get(f"/en/work/{page}").status_code == 200


def test_a_workbook_is_what_the_template_of_it_reads_back(client):
    analyst(client)

    page = checked(client, client.get("/en/work/portfolios/template.xlsx").content, "t.xlsx")

    assert page.status_code == 422  # an empty template has no initiative, and says so
    assert io.BytesIO(page.content).read(1)
