"""Two administrators press the button at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from marra.door import terminal_stamp
from marra.evidence.actions import releases as actions
from marra.evidence.models.releases import Release
from marra.evidence.rules.releases import AlreadyTakenIn
from tests.evidence import make

FILE = make.export(2024, year=2026)


def take_in(_: int) -> str:
    try:
        actions.import_release(terminal_stamp(), name="export.csv", content=FILE)
    except AlreadyTakenIn as refusal:
        return refusal.code()
    finally:
        connection.close()
    return "taken in"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="a test database in memory has one writer"
)
def test_the_same_file_is_taken_in_once():
    with ThreadPoolExecutor(4) as pool:
        said = sorted(pool.map(take_in, range(4)))

    assert said == ["evidence.already-taken-in"] * 3 + ["taken in"]
    assert Release.objects.filter(edition=2026).count() == 1
