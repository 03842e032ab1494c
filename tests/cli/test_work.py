"""`marra work --once`: from a deed to a message that left, and no job stops another."""

import json

import pytest
from click.testing import CliRunner
from django.db import connection, connections

from marra.cli import post, work
from marra.commission.models.notices import Notice
from marra.door import now
from marra.links.letters import WayAway
from marra.people import actions as people
from marra.people.rules.contacts import Way
from marra.people.rules.rights import Role, Stamp
from tests.commission import assignments as make
from tests.people.make import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(as_administrator, tmp_path, settings):
    """An assignment given today, to a body that somebody acts for and is reached by two ways."""
    settings.DATA = tmp_path
    settings.MAIL = settings.TELEGRAM = settings.SMS = ""
    made = account(as_administrator, name="ijrochi")
    people.appoint(as_administrator, made.code, role=Role.EXECUTOR, body="digital")
    own = Stamp(made.code, now(), frozenset({(Role.HOLDER, made.code)}))
    ways = {Way.MAIL: ("x@gov.uz", True), Way.SMS: ("+998901234567", True)}
    people.set_contacts(own, made.code, language="uz", is_quiet=False, ways=ways)
    clerk = make.secretary()
    today = Stamp(clerk.by, now(), clerk.roles)
    return make.assignment(today, deadline=today.at.date())


@pytest.fixture(autouse=True)
def _nobody_leads():
    """A session of PostgreSQL keeps what it leads when the transaction of a test ends."""
    yield
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")


def once():
    return CliRunner().invoke(work.work, ["--once"])


def kept(folder, way):
    return [json.loads(each.read_text())["text"] for each in folder.glob(f"sent/{way}/*.json")]


def test_a_deed_becomes_a_notice_and_a_message_in_one_round(owed, tmp_path):
    first, _again = once(), once()

    assert first.exit_code == 0
    assert "tell what happened: 1" in first.stderr
    assert Notice.objects.filter(kind="given").count() == 1
    assert len(kept(tmp_path, "mail")) == len(kept(tmp_path, "sms")) == 1
    assert f"{owed.number}-son topshiriq organingizga berildi" in kept(tmp_path, "mail")[0]


def test_a_channel_that_refuses_stops_neither_the_others_nor_the_jobs_after_it(
    owed, tmp_path, monkeypatch
):
    class Away:
        def send(self, _letter):
            raise WayAway

    monkeypatch.setitem(post.CHANNELS, Way.MAIL, Away)

    done = once()

    assert done.exit_code == 0
    assert kept(tmp_path, "mail") == []
    assert len(kept(tmp_path, "sms")) == 1


def test_another_house_in_the_same_server_of_databases_does_not_stop_the_work(owed):
    if connection.vendor != "postgresql":
        pytest.skip("a file of SQLite is a house of its own")
    theirs = connections.create_connection("default")
    theirs.settings_dict = {**theirs.settings_dict, "NAME": "postgres"}
    with theirs.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [work.LOCK])

    done = once()
    theirs.close()

    assert "seal the journal" in done.stderr


def test_where_another_machine_works_on_the_database_nothing_is_done(owed):
    if connection.vendor != "postgresql":
        pytest.skip("a file of SQLite has one machine")
    theirs = connections.create_connection("default")
    with theirs.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [work.LOCK])

    done = once()
    theirs.close()

    assert (done.exit_code, done.stderr) == (0, "")
