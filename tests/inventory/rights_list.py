"""How the deeds of functions, processes, services and lists are done, for the test of rights."""

from collections.abc import Callable
from datetime import date

from marra.inventory.actions import approving, functions, importing, processes, services
from marra.inventory.queries import functions as function_rows
from marra.inventory.queries import processes as process_rows
from marra.inventory.queries import services as service_rows
from tests.house.rights import Deed, Registry, World
from tests.inventory import make

RULE = date(2024, 6, 1)


def seen(rows, code: str) -> Callable[..., bool]:
    return lambda stamp: rows.visible_to(stamp).filter(code=code).exists()


def function_entered(world: World) -> Deed:
    return Deed(lambda stamp: functions.enter_function(stamp, world.body, title=make.TITLE))


def function_changed(world: World) -> Deed:
    made = make.function(world.root, world.body)
    return Deed(
        lambda stamp: functions.change_function(stamp, made.code, version=1, title="Boshqa ish"),
        seen(function_rows, made.code),
    )


def function_removed(world: World) -> Deed:
    made = make.function(world.root, world.body)
    return Deed(
        lambda stamp: functions.remove_function(stamp, made.code), seen(function_rows, made.code)
    )


def process_entered(world: World) -> Deed:
    return Deed(lambda stamp: processes.enter_process(stamp, world.body, title="Qabul qilish"))


def process_changed(world: World) -> Deed:
    made = make.process(world.root, body=world.body)
    return Deed(
        lambda stamp: processes.change_process(stamp, made.code, version=1, title="Boshqa ish"),
        seen(process_rows, made.code),
    )


def process_decided(world: World) -> Deed:
    made = make.process(world.root, body=world.body)

    def do(stamp):
        return processes.decide_process(
            stamp, made.code, version=1, decision="leave", reason="Kam soʻraladi."
        )

    return Deed(do, seen(process_rows, made.code))


def process_removed(world: World) -> Deed:
    made = make.process(world.root, body=world.body)
    return Deed(
        lambda stamp: processes.remove_process(stamp, made.code), seen(process_rows, made.code)
    )


def service_entered(world: World) -> Deed:
    return Deed(lambda stamp: services.enter_service(stamp, world.body, title="Guvohnoma"))


def service_changed(world: World) -> Deed:
    made = make.service(world.root, owner=world.body)
    return Deed(
        lambda stamp: services.change_service(stamp, made.code, version=1, title="Boshqasi"),
        seen(service_rows, made.code),
    )


def service_removed(world: World) -> Deed:
    made = make.service(world.root, owner=world.body)
    return Deed(
        lambda stamp: services.remove_service(stamp, made.code), seen(service_rows, made.code)
    )


def service_launched(world: World) -> Deed:
    made = make.service(world.root, owner=world.body)
    return Deed(
        lambda stamp: services.launch_service(stamp, made.code, portal=date(2025, 1, 1)),
        seen(service_rows, made.code),
    )


def service_excepted(world: World) -> Deed:
    made = make.service(world.root, owner=world.body, on_portal_since=date(2025, 1, 1))
    return Deed(
        lambda stamp: services.except_service(
            stamp, made.code, reason="Faqat kompyuterda ishlaydi.", since=RULE
        ),
        seen(service_rows, made.code),
    )


def list_imported(world: World) -> Deed:
    content = b"funksiya\nNikohni qayd etish\n"
    return Deed(
        lambda stamp: importing.import_list(stamp, world.body, name="r.csv", content=content)
    )


def list_approved(world: World) -> Deed:
    make.exact(world.root, world.body)
    return Deed(lambda stamp: approving.approve_list(stamp, world.body))


RIGHTS: Registry = {
    "function.entered": function_entered,
    "function.changed": function_changed,
    "function.removed": function_removed,
    "process.entered": process_entered,
    "process.changed": process_changed,
    "process.decided": process_decided,
    "process.removed": process_removed,
    "service.entered": service_entered,
    "service.changed": service_changed,
    "service.removed": service_removed,
    "service.launched": service_launched,
    "service.excepted": service_excepted,
    "list.imported": list_imported,
    "list.approved": list_approved,
}
