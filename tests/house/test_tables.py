"""Foreign keys point down the house, never up or sideways."""

from django.apps import apps

from tests.house.source import contracts

FLOORS = [
    {room.strip(" ()") for room in floor.split("|")}
    for floor in contracts()["The floors of the house"]["layers"]
]


def height(room: str) -> int:
    return next(len(FLOORS) - n for n, floor in enumerate(FLOORS) if room in floor)


def test_a_foreign_key_stays_in_its_room_or_points_down():
    upward = []
    for model in apps.get_models():
        room = model.__module__.split(".")[1]
        for field in model._meta.get_fields() if model.__module__.startswith("marra.") else ():
            if field.is_relation and field.concrete:
                other = field.related_model.__module__.split(".")[1]
                if other != room and height(other) >= height(room):
                    upward.append(f"{model.__name__}.{field.name} -> {other}")

    assert not upward


def test_every_room_with_tables_keeps_its_migrations():
    rooms = {model.__module__.split(".")[1] for model in apps.get_models()
             if model.__module__.startswith("marra.")}  # fmt: skip

    assert rooms == {"people", "journal", "archive", "inventory", "portal", "evidence",
                     "commission"}  # fmt: skip
