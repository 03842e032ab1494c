"""The API: every answer has the shape it promises, every error says what to do."""

import json
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings as settings_of_django
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from marra.api.docs import operations
from marra.api.root import api
from marra.evidence.queries import releases as queries
from marra.index import explain, load, what_if
from marra.index.uncertainty import uncertainty
from marra.journal.actions import seal
from marra.kit.places import PLACES
from marra.portal.models.catalogue import Service
from tests.conftest import NOON
from tests.evidence import make
from tests.house.rights import World
from tests.people.make import account
from tests.portal import make as portal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("released")]

SNAPSHOT = Path(__file__).parents[2] / "docs" / "api" / "openapi.json"
HERE = "/api/v1/editions/{edition}/countries/{country}"
READ = {
    "/api/v1/editions": "",
    "/api/v1/editions/{edition}": "",
    "/api/v1/editions/{edition}/ranking": "?region=asia&sort=osi&order=desc&q=kist",
    "/api/v1/editions/{edition}/groups": "?by=income",
    "/api/v1/editions/{edition}/compare": "?places={country},EST",
    "/api/v1/editions/{edition}/method": "",
    HERE: "",
    f"{HERE}/explain": "?to_rank=30",
    f"{HERE}/what-if": "?set=osi=0.5&set=EST.hci=0.9",
    f"{HERE}/uncertainty": "?draws=100&seed=7&k=40&certain=data",
    f"{HERE}/sensitivity": "?n=64&seed=7&k=40",
    f"{HERE}/peers": "?kind=income&count=5",
    "/api/v1/countries/{country}/trend": "",
    "/api/v1/countries/{country}/climb": "?since=2018&until=2024",
    "/api/v1/index/reference-class": "?country={country}&goal=20&years=4",
    "/api/v1/index/scenario": "?country={country}&set=osi=0.9&by=2028&top=40",
    "/api/v1/index/projection": "?country={country}&top=40",
    "/api/v1/index/needed": "?country={country}&top=40&edition=2028&odds=0.5",
    "/api/v1/index/skill": "",
    "/api/v1/forecasts": "",
    "/api/v1/plan": "?top=40&by=2028&odds=0.5",
    "/api/v1/plan/frontier": "?top=40",
    "/api/v1/journal/head": "",
    "/api/v1/journal/extension": "?first=0&second=1",
    "/api/v1/commission/obligations": "?act=pq-308",
    "/api/v1/commission/obligations/{obligation}": "",
    "/api/v1/commission/acts": "",
    "/api/v1/evidence/indicators": "",
    "/api/v1/evidence/indicators/{indicator}": "",
    "/api/v1/evidence/observations": "?indicator=egdi.rank",
    "/api/v1/evidence/nowcast": "?country={country}&edition={edition}",
    "/api/v1/services": "?audience=individual&limit=5",
    "/api/v1/services/{service}": "",
    "/api/v1/services/{service}/screens/{step}": "?language=ru",
    "/api/v1/inventory/bodies": "",
    "/api/v1/inventory/services": "?weight=0.5",
    "/api/v1/inventory/features": "?state=unknown",
    "/api/v1/inventory/features/sums": "",
    "/api/v1/inventory/features/next": "",
    "/api/v1/standard": "",
    "/api/v1/standard/results": "?limit=5",
    "/api/v1/places": "",
    "/api/v1/places/{country}": "",
    "/api/v1/data": "",
}


@pytest.fixture(autouse=True)
def sealed(released, tmp_path_factory):
    """The journal under one seal."""
    settings_of_django.DATA, before = tmp_path_factory.mktemp("data"), settings_of_django.DATA
    seal(NOON)
    yield
    settings_of_django.DATA = before


class Description(dict):
    """The description of the API, told in two words where a test that fails shows it."""

    def __repr__(self) -> str:
        return "the description"


@pytest.fixture(scope="module")
def schema() -> dict:
    return Description(json.loads(SNAPSHOT.read_text("utf-8")))


def holds(schema: dict, shape: dict, body: object) -> None:
    Draft202012Validator({**shape, "components": schema["components"]}).validate(body)


def shape(schema: dict, path: str, status: str = "200") -> dict:
    answers = schema["paths"][path]["get"]["responses"]
    return next(iter(answers[status]["content"].values()))["schema"]


def problem(schema: dict, answer) -> dict:
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    holds(schema, {"$ref": "#/components/schemas/Problem"}, told)
    assert told["status"] == answer.status_code
    return told


def test_the_description_beside_the_code_is_the_one_of_the_code(schema):
    now = json.loads(json.dumps(api.get_openapi_schema()))

    assert now == schema, "Changed on purpose? Run: python scripts/make_openapi.py"
    assert schema["openapi"].startswith("3.1")


def test_every_open_address_is_read_by_a_test_below(schema):
    reads = {path: each["get"] for path, each in schema["paths"].items() if "get" in each}

    assert set(READ) == {path for path, each in reads.items() if "security" not in each}


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    edition=st.sampled_from([2003, 2008, 2012, 2020, 2024]),
    country=st.sampled_from(["UZB", "SOM", "UKR", "TUV"]),
)
@pytest.mark.parametrize("path", READ)
def test_an_answer_has_the_shape_it_promises(client, schema, path, edition, country):
    published_once("415")
    address = (path + READ[path]).format(
        edition=edition,
        country=country,
        obligation="O-10",
        indicator="egdi.rank",
        service="415",
        step="check",
    )

    answer = client.get(address)

    if answer.status_code in (200, 202):  # a plan is worked out beside the server
        holds(schema, shape(schema, path, str(answer.status_code)), answer.json())
    else:  # a country without an index in this edition has no gap and no standing to change
        assert country in {"UZB", "SOM", "TUV"}
        assert edition < 2014
        problem(schema, answer)


def published_once(code: str) -> None:
    """A service of that code that everybody sees."""
    if not Service.objects.filter(code=code).exists():
        portal.published(World.root, code=code)


def test_the_figures_are_those_of_the_survey(client):
    row = client.get("/api/v1/editions/2024/countries/UZB").json()

    assert (row["rank"], row["egdi"], row["osi"]) == (63, 0.7999, 0.76484)
    assert row["data_version"] == queries.survey(2024).version


def test_the_ranking_is_filtered_sorted_and_names_who_has_no_index(client):
    asia = client.get("/api/v1/editions/2024/ranking?region=asia&sort=osi&order=desc").json()
    early = client.get("/api/v1/editions/2003/ranking").json()

    scores = [row["osi"] for row in asia["rows"]]
    assert asia["count"] == sum(place.region == "asia" for place in PLACES.values())
    assert scores == sorted(scores, reverse=True)
    assert "UZB" in early["without_index"]
    assert len(early["rows"]) == early["count"] == 191
    assert early["rows"][-1]["rank"] is None


@pytest.mark.parametrize("sought", ["Oʻzbek", "O'zbek", "ўзбек", "Узбек", "uzbek", "UZB"])
def test_a_country_is_found_in_any_script(client, sought):
    found = client.get("/api/v1/editions/2024/ranking", {"q": sought}).json()

    assert [row["country"] for row in found["rows"]] == ["UZB"]


def test_an_explanation_is_the_engines_own_and_sums_to_the_gap(client):
    told = client.get("/api/v1/editions/2024/countries/UZB/explain?to_rank=30").json()

    assert told["gap"] == explain(load(2024), "UZB", to_rank=30).gap
    assert sum(each["value"] for each in told["contributions"]) == pytest.approx(
        told["gap"], 1e-12
    )


def test_what_if_is_the_engines_own_and_names_all_who_move(client):
    told = client.get("/api/v1/editions/2024/countries/UZB/what-if?set=osi=0.9").json()

    found = what_if(load(2024), {("UZB", "osi"): 0.9})
    assert (told["before"]["rank"], told["after"]["rank"]) == (63, found.after["UZB"].rank)
    assert [each["country"] for each in told["moved"]] == list(found.moved)


def test_what_odds_take_is_what_a_scenario_with_these_values_gives(client):
    told = client.get("/api/v1/index/needed?edition=2030&odds=0.5").json()
    ahead = client.get("/api/v1/index/projection").json()

    assert told["odds_now"] == pytest.approx(ahead["editions"][-1]["p_top"], abs=0.002)
    ways = [way for way in told["ways"] if way["values"]]
    assert ways
    for way in ways:
        moved = [f"set={name}={way['values'][name]}" for name, p in way["points"].items() if p]
        answer = client.get(f"/api/v1/index/scenario?by=2030&{'&'.join(moved)}").json()
        after = next(each["after"] for each in answer["editions"] if each["edition"] == 2030)
        assert after["p_top"] == pytest.approx(0.5, abs=0.005)


def test_a_sealed_forecast_is_told_with_its_text_and_never_from_a_stale_copy(
    client, as_administrator
):
    from hashlib import sha256

    from marra.evidence.actions.forecasts import seal_forecast

    assert client.get("/api/v1/forecasts").json() == []
    made = seal_forecast(
        as_administrator, title="Trial", edition=2026, place="UZB", k=30, seed=1, futures=1000
    )

    (listed,) = client.get("/api/v1/forecasts").json()
    (one,) = client.get(f"/api/v1/forecasts?code={made.code}").json()

    assert listed["document"] is None
    assert sha256(one["document"].encode()).hexdigest() == one["sha256"] == made.digest
    assert (one["country"], one["top"], one["scores"]) == ("UZB", 30, [])
    assert "ETag" not in client.get("/api/v1/forecasts").headers
    assert client.get("/api/v1/forecasts?code=forecast-none").status_code == 404


def test_chance_comes_from_the_seed_and_says_what_is_assumed(client):
    address = "/api/v1/editions/2024/countries/UZB/uncertainty?draws=500&seed={}"

    first, again, other = (client.get(address.format(seed)).json() for seed in (0, 0, 1))

    found = uncertainty(load(2024), "UZB", rng=np.random.default_rng(0), draws=500)
    assert first == again
    assert first["distribution"] != other["distribution"]
    assert (first["seed"], first["median"], first["chance"]) == (0, found.median, found.chance)
    assert sum(each["share"] for each in first["distribution"]) == pytest.approx(1)
    assert {each["basis"] for each in first["assumptions"]} <= {"assumed", "proved"}


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("editions/2023", 404, "evidence.no-such-edition"),
        ("editions/next", 422, "api.invalid-request"),
        ("editions/2024/countries/XYZ", 404, "places.no-such-place"),
        ("editions/2003/countries/MNE", 404, "index.not-in-edition"),
        ("editions/2024/ranking?sort=size", 422, "api.invalid-request"),
        ("editions/2024/groups?by=size", 422, "index.no-such-grouping"),
        ("editions/2024/compare?places=", 422, "api.too-many-places"),
        ("editions/2024/countries/UZB/what-if", 422, "api.invalid-request"),
        ("editions/2024/countries/UZB/what-if?set=osi", 422, "api.no-change"),
        ("editions/2024/countries/UZB/what-if?set=osi=nan", 422, "index.out-of-range"),
        ("editions/2003/countries/UZB/explain", 422, "index.no-score"),
        ("editions/2024/countries/UZB/explain?to_rank=0", 422, "index.no-such-rank"),
        ("editions/2024/countries/UZB/peers?count=51", 422, "api.invalid-request"),
        ("editions/2024/countries/UZB/uncertainty?draws=20001", 422, "api.invalid-request"),
        ("editions/2024/countries/UZB/uncertainty?certain=luck", 422, "index.no-such-uncertainty"),
        ("editions/2024/countries/UZB/sensitivity?n=100", 422, "index.wrong-size"),
        ("nowhere", 404, "api.no-such-address"),
        ("data/releases", 405, "api.method-not-open"),
    ],
)
def test_an_error_is_a_problem_with_a_page_behind_it(client, schema, address, status, code):
    answer = client.get(f"/api/v1/{address}")

    told = problem(schema, answer)
    assert (answer.status_code, told["type"]) == (status, f"/problems/{code}")
    assert client.get(told["type"], follow=True).status_code == 200


def test_errors_speak_the_language_asked_for(client):
    spoken = {
        client.get("/api/v1/editions/2023", headers={"Accept-Language": language}).json()["detail"]
        for language in ("uz", "ru", "en")
    }

    assert len(spoken) == 3


def test_an_answer_need_not_be_sent_again_until_a_figure_changes(client, as_administrator):
    from marra.evidence.actions.releases import import_release

    address = "/api/v1/editions/2022/ranking"
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304

    import_release(as_administrator, name="e.csv", content=make.export(2024, year=2026))

    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_pages_of_other_sites_may_read_and_nothing_else(client):
    assert client.get("/api/v1/editions").headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in client.get("/api/v1/editions").headers


# ── Taking a file in ─────────────────────────────────────────────────────────────────────────


def send(client, content: bytes, **more):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("export.csv", content)
    return client.post("/api/v1/data/releases", {"file": file, "source": "UN"}, **more)


def test_a_stranger_and_an_analyst_take_nothing_in(client, schema, as_administrator):
    assert send(client, make.export(2024, year=2026)).status_code == 401

    client.force_login(account(as_administrator, "ali", "analyst"))
    told = problem(schema, send(client, make.export(2024, year=2026)))

    assert told["type"] == "/problems/people.role-missing"
    assert 2026 not in queries.years()


def test_an_administrator_takes_a_file_in(client, as_administrator):
    client.force_login(account(as_administrator, "admin", "administrator"))

    answer = send(client, make.export(2024, year=2026))

    (made,) = answer.json()
    assert (answer.status_code, made["edition"], made["provisional"]) == (201, 2026, True)
    assert client.get("/api/v1/editions/2026").json()["provisional"]


def test_a_wrong_file_is_told_with_all_its_faults(client, schema, as_administrator):
    client.force_login(account(as_administrator, "admin", "administrator"))

    answer = send(client, make.export().replace(b"Uzbekistan", b"Uzbekstan"))

    (fault,) = problem(schema, answer)["findings"]
    assert (answer.status_code, fault["column"]) == (422, "country name")


def test_a_session_without_the_forms_token_takes_nothing_in(as_administrator, schema):
    from django.test import Client

    careful = Client(enforce_csrf_checks=True)
    careful.force_login(account(as_administrator, "admin", "administrator"))

    answer = send(careful, make.export(2024, year=2026))

    assert problem(schema, answer)["type"] == "/problems/api.request-not-allowed"


# ── The page of the API ──────────────────────────────────────────────────────────────────────


def test_the_page_lists_every_address_without_script_or_other_sites(client, schema):
    page = client.get("/api/v1/docs", headers={"Accept-Language": "en"}).content.decode()

    assert all(path in page for path in schema["paths"])
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page


def test_every_example_on_the_page_answers(client):
    published_once("415")
    found = [each.example for each in operations() if each.example]

    assert len(found) == len(READ)
    late = {"/api/v1/plan", "/api/v1/plan/frontier"}  # worked out beside the server
    assert {client.get(each).status_code for each in found if each not in late} == {200}
    assert {client.get(each).status_code for each in late} <= {200, 202}
