"""What tests of the portal share: no index of an earlier test is left."""

import pytest

from marra.portal.queries.finding import SHELVES


@pytest.fixture(autouse=True)
def fresh_shelves():
    """Tests roll the journal back, so the same state may mean another catalogue."""
    for shelf in SHELVES.values():
        shelf.ready = None
