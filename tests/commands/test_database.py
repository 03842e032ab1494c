"""The tests run on the database that was asked for."""

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_of_the_kind_that_was_asked_for():
    address = os.environ.get("MARRA_TEST_DATABASE", "sqlite:")

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")

    assert address.startswith(connection.vendor)
