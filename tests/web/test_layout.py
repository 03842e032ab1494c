"""What every page carries: its language, ways on, headers, and nothing that follows the reader."""

import re

import pytest
from django.conf import settings

from marra.kit.text import LANGUAGES
from marra.web.layout import LANGUAGE_NAMES, SECTIONS
from tests.web.make import administrator

PAGES = (
    "",
    "country/UZB/",
    "country/UZB/?edition=2018&to=10",
    "compare/",
    "map/",
    "what-if/",
    "climbers/",
    "climbers/KAZ-2008-2014/",
    "edition/2024/",
    "edition/2003/?region=asia&sort=egdi",
    "method/",
    "method/2024/",
    "method/2003/",
    "data/",
    "search/?q=guin",
    "about/",
    "parts/",
    "problems/people.weak-password/",
    "sign-in/",
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_stands_in_each_language_with_one_heading(client, language, page):
    answer = client.get(f"/{language}/{page}")
    text = answer.content.decode()

    assert answer.status_code == 200
    assert f'<html lang="{LANGUAGE_NAMES[language][0]}">' in text
    assert len(re.findall(r"<h1[ >]", text)) == 1
    assert re.search(r"<title>[^<–]{3,} – Marra</title>", text)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_sets_a_cookie_but_the_forms(client, page):
    answer = client.get(f"/uz/{page}")

    assert set(answer.cookies) <= ({"csrftoken"} if page == "sign-in/" else set())


@pytest.mark.parametrize("page", PAGES)
def test_ids_on_a_page_are_unique_and_labels_lead_somewhere(client, page):
    text = client.get(f"/en/{page}").content.decode()

    ids = re.findall(r'\sid="([^"]+)"', text)
    wanted = set(re.findall(r'\sfor="([^"]+)"', text))

    assert sorted(ids) == sorted(set(ids))
    assert wanted <= set(ids)


def test_the_language_switch_keeps_the_page_and_its_query(client):
    text = client.get("/ru/edition/2022/?region=asia&q=%D1%83%D0%B7").content.decode()

    assert 'href="/uz-cyrl/edition/2022/?region=asia&amp;q=%D1%83%D0%B7"' in text


def test_the_first_page_is_in_uzbek(client):
    assert client.get("/").headers["Location"] == "/uz/"


def test_every_section_is_there_with_the_ways_of_this_one(client):
    text = client.get("/en/edition/2024/").content.decode()
    ways = dict(SECTIONS)["Measure"]

    assert all(f">{name}</a>" in text for _, name, _ in ways)
    assert '<a href="/en/edition/2024/" aria-current="page">All countries</a>' in text
    assert '<a href="/en/" aria-current="true">Measure</a>' in text


def test_a_page_of_work_stands_under_the_way_that_it_belongs_to(client):
    administrator(client)
    text = client.get("/en/work/seal/").content.decode()

    assert '<a href="/en/forecast/" aria-current="true">Forecast</a>' in text or (
        '<a href="/en/forecast/" aria-current="page">Forecast</a>' in text
    )


def test_a_way_shows_only_to_those_who_may_go_it(client, as_administrator):
    visitor = client.get("/en/").content.decode()
    administrator(client)
    inside = client.get("/en/").content.decode()

    assert "/en/work/journal/" not in visitor
    assert "/en/work/journal/" in inside


def test_nothing_inline_and_nothing_from_elsewhere_may_run(client):
    policy = client.get("/uz/").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_another_country_in_focus_changes_the_page(client, settings):
    settings.COUNTRY = "KAZ"

    text = client.get("/en/").content.decode()

    assert "Kazakhstan is in place 24 of 193" in text


def test_styles_and_script_are_sent_for_good_and_compressed(client):
    text = client.get("/uz/").content.decode()
    sheet = re.search(r'<link rel="stylesheet" href="([^"]+)"', text).group(1)

    answer = client.get(sheet, headers={"accept-encoding": "gzip"})

    assert sheet.startswith(settings.STATIC_URL)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    answer.close()
