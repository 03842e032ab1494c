"""Two secretaries close two sessions at the same moment: each gets a number of its own."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from marra.commission.actions import sessions
from marra.commission.models.sessions import Session
from tests.commission import assignments as people
from tests.commission import sessions as make


def close(code: str) -> int:
    try:
        return sessions.close_session(people.secretary(), code).number
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="a test database in memory has one writer"
)
def test_numbers_are_given_once_and_without_a_gap():
    clerk, codes = people.secretary(), []
    for _ in range(6):
        row, item = make.opened(clerk)
        make.attended(clerk, row)
        make.decided(clerk, item)
        codes.append(row.code)

    with ThreadPoolExecutor(6) as pool:
        numbers = list(pool.map(close, codes))

    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]
    assert Session.objects.exclude(number=None).count() == 6
