"""The ledger shows every sealed forecast with its score, and nobody seals by chance."""

import re
from hashlib import sha256

import pytest

from marra.evidence.actions.forecasts import seal_forecast
from marra.evidence.actions.releases import import_release
from marra.evidence.queries import forecasts as queries
from marra.web.charts.words import of_100
from tests.evidence import make
from tests.journeys.reading import heading, text
from tests.web.make import administrator, analyst

pytestmark = pytest.mark.django_db

SEAL = "/en/work/seal/"
ASKED = {
    "title": "Before the survey of 2026",
    "edition": "2026",
    "place": "UZB",
    "k": "30",
    "futures": "1000",
    "seed": "5",
}


@pytest.fixture
def sealed(as_administrator):
    return seal_forecast(
        as_administrator, title="Trial", edition=2026, place="UZB", k=30, seed=5, futures=1000
    )


def test_an_empty_ledger_says_what_will_be_here_and_how_to_begin(client):
    page = text(client.get("/en/forecast/ledger/"))
    administrator(client)
    to_administrators = text(client.get("/en/forecast/ledger/"))

    assert "Nothing is sealed yet." in page
    assert "button" not in page
    assert "Seal one by the button above" in to_administrators
    assert "marra data seal" in to_administrators


def test_a_sealed_forecast_says_its_odds_its_day_and_how_to_check_it(client, sealed):
    page = client.get(f"/en/forecast/ledger/{sealed.code}/")
    kept = client.get(f"/en/forecast/ledger/{sealed.code}.json")

    odds = of_100(queries.sealed(sealed).chance("UZB", 30))
    assert f"Uzbekistan, 2026: place 30 or better in {odds}" in text(page)
    assert sealed.digest in text(page)
    assert sha256(kept.content).hexdigest() == sealed.digest
    assert "has not been taken in" in text(page)
    assert "02.03.2026" in text(page)


def test_the_same_text_holds_every_other_country_too(client, sealed):
    page = text(client.get(f"/en/forecast/ledger/{sealed.code}/?place=KAZ"))

    odds = of_100(queries.sealed(sealed).chance("KAZ", 30))
    assert f"Kazakhstan, 2026: place 30 or better in {odds}" in page


def test_when_the_edition_comes_the_score_stands_beside_todays_place(
    client, sealed, as_administrator
):
    import_release(as_administrator, name="e.csv", content=make.export(2024, year=2026))

    page = text(client.get(f"/en/forecast/ledger/{sealed.code}/"))
    listed = text(client.get("/en/forecast/ledger/"))

    (score,) = queries.judged(queries.forecasts().named(sealed.code))
    own, other = (
        f"{each.rank_crps:.2f}".replace(".", ",") for each in (score.projection, score.persistence)
    )
    assert f"CRPS, places {own} {other}" in page
    assert "What came: place 63." in page
    assert f"CRPS {own} against {other}" in listed
    nearer = score.projection.rank_crps < score.persistence.rank_crps
    assert ("not nearer than today's place" in listed) is not nearer
    assert heading(client.get("/en/forecast/ledger/")).startswith(
        f"{int(nearer)} of 1 sealed forecast"
    )


def test_the_ledger_is_never_read_from_a_stale_copy(client, sealed):
    first = client.get("/en/forecast/ledger/")

    assert sealed.title in first.content.decode()
    assert first["Cache-Control"] == "no-cache"


def test_sealing_is_asked_twice_and_then_stands(client):
    administrator(client)

    asked = client.post(SEAL, ASKED)
    assert "for ever?" in heading(asked)
    assert not queries.forecasts().exists()

    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', asked.content.decode())
    done = client.post(SEAL, {**dict(hidden), "sealed": "1"}, follow=True)

    (made,) = queries.forecasts()
    assert (made.title, made.edition, made.seed, made.futures) == (ASKED["title"], 2026, 5, 1000)
    assert "The forecast is sealed" in text(done)
    again = client.post(SEAL, {**ASKED, "sealed": "1"})
    assert again.status_code == 422
    assert "is sealed already" in text(again)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "This field is required"),
        ({"edition": "2024"}, "Select a valid choice"),
        ({"futures": "10"}, "greater than or equal to 1000"),
        ({"place": "XXX"}, "No member state has the code"),
        ({"k": "500"}, "There is no place 500"),
    ],
)
def test_a_wrong_answer_is_told_beside_its_field_and_seals_nothing(client, change, words):
    administrator(client)

    answer = client.post(SEAL, {**ASKED, **change})

    assert answer.status_code == 422
    assert words in text(answer)
    assert f'href="#field-{next(iter(change))}"' in answer.content.decode()
    assert not queries.forecasts().exists()


def test_only_administrators_seal(client):
    assert client.get(SEAL).status_code == 302
    analyst(client)

    assert client.post(SEAL, {**ASKED, "sealed": "1"}).status_code == 403
    assert not queries.forecasts().exists()
