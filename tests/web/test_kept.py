"""Pages for anonymous readers are drawn once; whoever signed in gets them freshly drawn."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from marra.evidence.actions.releases import import_release, withdraw_release
from marra.journal.actions import record
from marra.web.kept import Kept, Sheet, Shelf

pytestmark = pytest.mark.django_db

PAGE = "/uz/edition/2024/"


def test_a_reader_who_has_the_page_is_told_so(client):
    first = client.get(PAGE)

    again = client.get(PAGE, headers={"if-none-match": first.headers["ETag"]})

    assert again.status_code == 304
    assert again.content == b""


def test_a_page_is_sent_compressed_to_those_who_can_read_it(client):
    plain = client.get(PAGE)
    packed = client.get(PAGE, headers={"accept-encoding": "gzip, br"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 4


def test_a_kept_page_costs_two_questions_to_the_database(client, django_assert_num_queries):
    client.get(PAGE)

    with django_assert_num_queries(2):
        client.get(PAGE)


def test_a_deed_draws_every_page_anew_and_a_sign_in_none(client, as_analyst):
    drawn = []
    kept = Kept(lambda request: drawn.append(request.path) or HttpResponse("a page"))
    request = RequestFactory().get(PAGE)

    kept(request)
    record(as_analyst, "sign-in.tried", "sign-in-1")
    kept(request)
    before = len(drawn)
    record(as_analyst, "obligation.proved", "obligation-1")
    kept(request)

    assert (before, len(drawn)) == (1, 2)


def test_another_address_is_another_page(client):
    assert client.get(PAGE).headers["ETag"] != client.get(f"{PAGE}?q=uz").headers["ETag"]


def test_new_figures_make_a_new_page(client, as_administrator):
    before = client.get("/uz/data/").headers["ETag"]
    rows = client.get("/en/edition/2024.csv").content.decode("utf-8-sig").splitlines()
    head = next(at for at, line in enumerate(rows) if line.startswith("rank,"))
    text = _tidy(rows[head:])

    (release,) = import_release(as_administrator, name="x.csv", content=text.encode())

    assert client.get("/uz/data/").headers["ETag"] != before
    withdraw_release(as_administrator, release.code)
    assert client.get("/uz/data/").headers["ETag"] == before


def _tidy(lines: list[str]) -> str:
    """The downloaded table as a tidy file, with one value changed."""
    import csv

    rows = list(csv.DictReader(lines))
    out = ["edition,iso3,country,rank,egdi,osi,tii,hci,epi,flag"]
    for row in rows:
        epi = "0.5" if row["place"] == "UZB" else row["epi"]
        values = ",".join(row[name] for name in ("rank", "egdi", "osi", "tii", "hci"))
        out.append(f"2024,{row['place']},,{values},{epi},")
    return "\n".join(out)


def test_the_shelf_keeps_within_its_room_and_drops_what_nobody_read():
    shelf = Shelf(room=10)
    shelf.put(("a",), Sheet(b"12345", "a", ""))
    shelf.put(("b",), Sheet(b"12345", "b", ""))
    shelf.find(("a",))

    shelf.put(("c",), Sheet(b"1", "c", ""))

    assert shelf.find(("b",)) is None
    assert shelf.find(("a",)) is not None
    assert shelf.taken == 6
