"""What changes something through the API asks who you are."""

from marra.api.root import api


def test_whatever_the_api_changes_asks_who_you_are():
    operations = [
        operation
        for _, router in api._routers
        for path in router.path_operations.values()
        for operation in path.operations
    ]

    assert operations
    assert not [
        each.path for each in operations if each.methods != ["GET"] and not each.auth_callbacks
    ]
