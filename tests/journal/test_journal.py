"""The journal: who may read it, what may stand in it, and that it stays."""

import subprocess
import sys

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from marra.journal.actions import record
from marra.journal.models import Entry
from marra.journal.queries.entries import about, visible_to
from marra.journal.rules.facts import checked_deed, checked_facts
from tests.house.source import PACKAGE


@pytest.mark.django_db
def test_an_entry_says_who_did_what_to_which_thing_and_when(as_analyst):
    record(as_analyst, "plan.drafted", "plan-1", edition=2024)

    entry = Entry.objects.get(thing="plan-1")

    assert (entry.by, entry.deed, entry.at) == (as_analyst.by, "plan.drafted", as_analyst.at)
    assert entry.facts == {"edition": 2024}


@pytest.mark.django_db
def test_people_read_their_own_deeds_and_administrators_all(
    as_administrator, as_analyst, as_visitor
):
    record(as_analyst, "plan.drafted", "plan-1")
    record(as_administrator, "account.closed", "account-1")
    record(as_administrator, "release.withdrawn", "plan-1")

    seen = {
        stamp.by: {entry.deed for entry in visible_to(stamp) if not entry.deed.endswith("adopted")}
        for stamp in (as_administrator, as_analyst, as_visitor)
    }

    assert seen[as_administrator.by] == {"plan.drafted", "account.closed", "release.withdrawn"}
    assert seen[as_analyst.by] == {"plan.drafted", "release.withdrawn"}
    assert seen[as_visitor.by] == {"release.withdrawn"}
    assert [entry.deed for entry in about(as_visitor, "plan-1")] == ["release.withdrawn"]


@pytest.mark.django_db
def test_a_visitor_does_not_read_what_other_visitors_tried(as_visitor):
    record(as_visitor, "sign-in.tried", "sign-in-1")

    assert not visible_to(as_visitor).filter(thing="sign-in-1").exists()


@pytest.mark.django_db
def test_the_database_refuses_to_change_an_entry(as_analyst):
    record(as_analyst, "plan.drafted", "plan-1")

    with pytest.raises(DatabaseError, match="stays as it was written"), transaction.atomic():
        Entry.objects.update(by="somebody-else")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor == "sqlite", reason="taken away there; see conftest.py")
def test_the_database_refuses_to_remove_an_entry(as_analyst):
    record(as_analyst, "plan.drafted", "plan-1")

    with pytest.raises(DatabaseError, match="stays as it was written"), transaction.atomic():
        Entry.objects.all().delete()


@given(st.sampled_from("@ \n'\"<>&"), st.text(max_size=40))
def test_a_fact_that_is_no_code_is_a_fault_of_the_caller(letter, rest):
    with pytest.raises(ValueError, match="holds no names"):
        checked_facts({"reason": rest + letter})


@pytest.mark.parametrize("deed", ["", "drafted", "Plan.drafted", "plan drafted"])
def test_a_deed_has_the_form_thing_done(deed):
    with pytest.raises(ValueError, match=r"thing\.done"):
        checked_deed(deed)


def test_the_trigger_that_guards_removal_is_set_by_the_migration(tmp_path):
    address = f"sqlite:///{tmp_path}/fresh.sqlite3"
    code = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "from django.db import connection\n"
        "call_command('migrate', 'journal', verbosity=0)\n"
        "cursor = connection.cursor()\n"
        'cursor.execute("INSERT INTO journal_entry (at, by, deed, thing, facts) '
        "VALUES ('2026-03-02', 'a', 'b.c', 'd', '{}')\")\n"
        "cursor.execute('DELETE FROM journal_entry')\n"
    )
    environment = {
        "MARRA_DATABASE": address,
        "MARRA_DATA": str(tmp_path),
        "PYTHONPATH": str(PACKAGE.parent),
        "DJANGO_SETTINGS_MODULE": "marra.settings",
    }

    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True
    )

    assert "stays as it was written" in done.stderr
