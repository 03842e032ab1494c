"""`marra work --once`: from a deed to a message that left, and no job stops another."""

import json

import pytest
from click.testing import CliRunner

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
