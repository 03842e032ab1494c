"""What changes something through the API asks who you are."""

from marra.api.root import api

SIGNED = {"/payme", "/click"}
"""Calls of payment systems: their protocols say who asks by a key or a signature, and how somebody
else is answered; tests/api/test_payments.py tries forged ones."""


def test_whatever_the_api_changes_asks_who_you_are():
    operations = [
        operation
        for _, router in api._routers
        for path in router.path_operations.values()
        for operation in path.operations
    ]

    assert operations
    assert not [
        each.path
        for each in operations
        if each.methods != ["GET"] and not each.auth_callbacks and each.path not in SIGNED
    ]
