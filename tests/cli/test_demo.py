"""`marra demo` plays a quarter of work through the real actions, and every page has something."""

import re

import pytest
from click.testing import CliRunner

from marra.__main__ import marra
from marra.inventory.actions.bodies import open_body
from marra.kit.text import Text
from tests.house.rights import World
from tests.web.pages import OPEN, WORK

pytestmark = pytest.mark.django_db

FULL = (
    "obligations/", "execution/", "groups/", "acts/", "inventory/", "services-list/", "features/",
    "features/next/", "evidence/", "work/assignments/", "work/assignments/to-judge/",
    "work/sessions/", "work/proposals/", "work/reports/", "work/desk/", "work/features/",
    "work/due/", "work/outbox/", "inbox/",
)  # fmt: skip
"""Pages that begin empty and show something of the example."""


def played(*words: str):
    return CliRunner().invoke(marra, ["demo", *words])


@pytest.fixture
def told():
    done = played()
    assert done.exit_code == 0, done.output
    return done.stdout


def test_every_page_opens_and_shows_something_of_the_example(client, told):
    name, password = re.search(r"(namuna\.kotib) +(\S+)", told).groups()
    client.post("/uz/sign-in/", {"name": name, "password": password})

    broken = [page for page in (*OPEN, *WORK) if client.get(f"/uz/{page}").status_code >= 500]
    empty = [page for page in FULL if 'class="empty' in client.get(f"/uz/{page}").content.decode()]

    assert (broken, empty) == ([], [])


def test_the_example_is_played_once(told):
    again = played()

    assert "here already" in again.output
    assert "namuna" in told


def test_the_example_is_not_put_among_work_of_people():
    open_body(World.root, name=Text("Bir", "Бир", "Один", "One"), kind="agency")

    done = played()

    assert done.exit_code == 1
    assert "work of people here already" in done.output
