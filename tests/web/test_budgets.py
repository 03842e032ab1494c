"""What a page may cost: questions to the database, and bytes on the way."""

import gzip
import re

import pytest

from marra.web.assets import BUILT
from tests.web.make import administrator
from tests.web.pages import OPEN, WORK

pytestmark = pytest.mark.django_db

WHOLE = 45_000
WITH_MAP = 250_000
ASKS = {"inventory/digital/": 19, "work/reports/new/?quarter=2026Q3": 19}
"""Pages that ask more than 16 times, with how often; an entry may shrink or go."""


@pytest.mark.parametrize("page", OPEN)
def test_a_page_freshly_drawn_asks_little(client, django_assert_max_num_queries, page):
    administrator(client)
    client.get(f"/en/{page}")

    with django_assert_max_num_queries(ASKS.get(page, 16)):
        client.get(f"/en/{page}")


@pytest.mark.parametrize("page", WORK)
def test_a_list_asks_no_more_when_it_grows(client, django_assert_max_num_queries, page):
    administrator(client)
    for number in range(15):
        form = {"name": f"person{number}", "password": "olma anor behi"}
        client.post("/en/work/accounts/new/", form)
    client.get(f"/en/{page}")  # what a process keeps of the figures is read once

    with django_assert_max_num_queries(ASKS.get(page, 16)):
        client.get(f"/en/{page}")


@pytest.mark.parametrize("page", OPEN)
def test_a_first_load_is_small(client, page):
    answer = client.get(f"/uz/{page}", headers={"accept-encoding": "gzip"})
    body = answer.content
    text = gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body
    files = set(re.findall(rb'/static/build/([\w.-]+\.(?:css|js))"', text))
    sizes = [(BUILT / f"{name.decode()}.gz").stat().st_size for name in files]

    limit = WITH_MAP if page.startswith("map/") else WHOLE
    assert len(body if body != text else gzip.compress(text)) + sum(sizes) <= limit
