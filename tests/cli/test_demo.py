"""`marra demo` plays a quarter of work through the real actions, and every page has something."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import resolve
from pytest_django import DjangoDbBlocker

from marra.__main__ import marra
from marra.cli.example.stage import MARK
from marra.commission.queries import assignments, sessions
from marra.commission.rules.assignments import State, is_overdue
from marra.commission.rules.sessions import State as Held
from marra.door import now, terminal_stamp
from marra.inventory.actions.bodies import open_body
from marra.kit.text import Text
from marra.people.models import Account
from marra.people.queries import everybody_holding
from marra.people.rules.rights import APPOINTED
from marra.portal.actions.importing import adopt_passports
from tests.house.rights import World
from tests.journeys.reading import links
from tests.web.pages import OPEN, WORK

NOTHING = {
    "no-such-page/", "country/XXX/",
    "check/k7mp-42xw-9tdh/",  # nothing was issued yet
    "plan/initiative/itu-data/",  # of the packaged portfolio, which gives way to the example's
}  # fmt: skip
"""Addresses of what there is not."""

EMPTY = {
    "edition/2024/?q=zzzz", "search/?q=zzzz", "climbers/?place=SOM", "parts/",
    "services/search/?q=nikoh",  # the packaged passports stay drafts
}  # fmt: skip
"""Pages that show on purpose how nothing looks."""

READERS = {
    "scenario/mine/": "namuna.tahlilchi",
    "work/assignments/mine/": "namuna.raqamli",
    "work/applications/": "namuna.agentlik",
    "work/applications/?show=overdue": "namuna.agentlik",
    "work/journal/?deed=account.registered": "namuna.nazoratchi",
    "work/features/": "namuna.tahlilchi",
    "work/features/?of=1726": "namuna.tahlilchi",
    "work/features/answers/": "namuna.tahlilchi",
    "work/features/facts/": "namuna.tahlilchi",
}
"""Whose page it is, where it is neither the secretary's nor an administrator's."""

A_KIND = 2
"""How many pages of each address are opened, of those that other pages lead to."""


def run(*words: str) -> Result:
    return CliRunner().invoke(marra, ["demo", *words])


@pytest.fixture(scope="class")
def played(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Result]:
    """The example, played once for the tests here and forgotten afterwards."""
    before, settings.DATA = settings.DATA, tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), transaction.atomic():
        adopt_passports(terminal_stamp())  # as “marra setup” does
        done = run()
        assert done.exit_code == 0, done.output
        yield done
        transaction.set_rollback(True)
    settings.DATA = before


def reader(name: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(name=name))
    return client


def opened(page: str):
    """The page as somebody of the example sees it, whose right reaches so far."""
    names = [READERS[page]] if page in READERS else ["namuna.kotib", "namuna.administrator"]
    for name in names:
        answer = reader(name).get(f"/en/{page}")
        if answer.status_code not in (403, 404):
            break
    return answer


@pytest.mark.django_db
@pytest.mark.usefixtures("played")
class TestPlayed:
    @pytest.mark.parametrize("page", [*OPEN, *WORK])
    def test_every_page_shows_something(self, page):
        answer = opened(page)

        assert answer.status_code == (404 if page in NOTHING else 200)
        assert page in EMPTY or 'class="empty"' not in answer.content.decode()

    def test_whatever_pages_lead_to_opens(self):
        client, kinds = reader("namuna.kotib"), defaultdict(set)
        for page in sorted({*OPEN, *WORK} - NOTHING):
            for link in links(client.get(f"/en/{page}")):
                if link.startswith("/en/"):
                    kinds[resolve(link.partition("?")[0]).url_name].add(link)
        pages = [link for each in kinds.values() for link in sorted(each)[-A_KIND:]]

        assert len(kinds) > 100
        assert [link for link in pages if client.get(link).status_code != 200] == []

    def test_assignments_are_in_every_state_and_sessions_too(self):
        rows = list(assignments.visible_to(terminal_stamp()))
        today = now().date()

        assert {each.state for each in rows} == {*State}
        assert [each for each in rows if is_overdue(State(each.state), each.deadline, today)]
        assert {each.state for each in sessions.visible_to(terminal_stamp())} == {*Held}

    def test_whatever_people_wrote_says_that_it_is_an_example(self):
        rows = assignments.visible_to(terminal_stamp())

        assert not rows.exclude(title__contains=MARK).exists()
        assert not Account.objects.exclude(full_name__endswith=MARK).exists()

    def test_several_people_hold_each_role(self):
        held = everybody_holding(*APPOINTED)

        for role in APPOINTED:
            assert (
                len({who for (each, _), codes in held.items() if each == role for who in codes})
                > 1
            )

    def test_it_is_played_once(self):
        again = run()

        assert (again.exit_code, "here already" in again.output) == (0, True)


@pytest.mark.django_db
def test_the_example_is_not_put_among_work_of_people():
    open_body(World.root, name=Text("Bir", "Бир", "Один", "One"), kind="agency")

    done = run()

    assert done.exit_code == 1
    assert "work of people here already" in done.output
