"""What all tests share: the database, stamps of three persons, and the figures that came along.

The database is the one of the settings (MARRA_DATABASE), or another one named by
MARRA_TEST_DATABASE; Django makes a test database beside it and removes it afterwards.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, connections
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from marra.settings import database

# No test is timed: a busy machine is not a fault.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop of its own

if address := os.environ.get("MARRA_TEST_DATABASE"):
    settings.DATABASES = {"default": database(address)}
    connections.settings = connections.configure_settings(settings.DATABASES)
    del connections["default"]  # made before anybody could say which one
settings.PLANNER = settings.WORK = False  # no process of its own while tests run
os.environ["MARRA_PLANNER"] = os.environ["MARRA_WORK"] = "0"
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for tests

NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)
"""Noon of a Monday in Tashkent."""


GUARDED = ("journal_entry", "journal_leaf", "journal_head", "evidence_forecast", "evidence_score")
"""Tables that refuse to forget."""

EMPTIED = pytest.StashKey[bool]()


def take_in() -> None:
    """Take in the packaged figures, acts and groups, as every machine does at its first start."""
    from marra.commission.actions.acts import adopt_acts
    from marra.commission.actions.groups import adopt_groups
    from marra.door import terminal_stamp
    from marra.evidence.actions.releases import adopt
    from marra.inventory.actions.bodies import adopt as adopt_bodies

    adopt(terminal_stamp())
    adopt_bodies(terminal_stamp())
    adopt_acts(terminal_stamp())
    adopt_groups(terminal_stamp())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The test database with the packaged figures, taken in once for the whole run."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:  # else the tests with a server cannot tidy up
                for table in GUARDED:
                    cursor.execute(f"DROP TRIGGER {table}_DELETE")
        take_in()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Take the figures in again after a test that emptied the database, as those with a server."""
    if item.config.stash.get(EMPTIED, False):
        with item.config.stash[blocking_manager_key].unblock():
            take_in()
        item.config.stash[EMPTIED] = False


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Note which tests empty the database when they end."""
    mark = item.get_closest_marker("django_db")
    used = set(getattr(item, "fixturenames", ()))
    yield
    if used & {"live_server", "transactional_db"} or (mark and mark.kwargs.get("transaction")):
        item.config.stash[EMPTIED] = True


@pytest.fixture
def released(db: None) -> None:
    """The packaged figures, for tests that read the database."""


@pytest.fixture
def as_administrator():
    """The stamp of somebody who looks after the house."""
    from marra.people.rules import Role, Stamp

    roles = frozenset({(Role.ADMINISTRATOR, ""), (Role.VISITOR, "")})
    return Stamp(by="account-00000001", at=NOON, roles=roles)


@pytest.fixture
def as_analyst():
    """The stamp of somebody who works with the figures."""
    from marra.people.rules import Role, Stamp

    roles = frozenset({(Role.ANALYST, ""), (Role.VISITOR, "")})
    return Stamp(by="account-00000002", at=NOON, roles=roles)


@pytest.fixture
def as_visitor():
    """The stamp of somebody who has not signed in."""
    from marra.people.rules import VISITOR, Role, Stamp

    return Stamp(by=VISITOR, at=NOON, roles=frozenset({(Role.VISITOR, "")}))
