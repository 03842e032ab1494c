"""The tables of rights say what the actions do: deed by deed, cell by cell."""

import ast
import importlib
from collections.abc import Mapping

import pytest
from django.db import transaction

from marra.journal.models import Entry
from marra.kit.errors import NotFound, Refusal
from marra.people.rules.rights import VISITOR, RoleMissing, SignInFirst, rights
from tests.house.rights import ROOMS, Cell, Deed, World, cells, registry, table
from tests.house.source import FUNCTIONS, PACKAGE, modules, named, tree

ACTIONS = [
    (room, path, node)
    for room in ROOMS
    for path in [*modules(f"{room}/actions.py"), *modules(f"{room}/actions/*.py")]
    for node in tree(path).body
    if isinstance(node, FUNCTIONS) and not node.name.startswith("_")
]


def called(node: ast.AST, written: str) -> ast.Call | None:
    calls = (each for each in ast.walk(node) if isinstance(each, ast.Call))
    return next((each for each in calls if ast.unparse(each.func) == written), None)


def deed_of(node: ast.AST) -> ast.expr | None:
    """What stands second in `record(stamp, …)`."""
    record = called(node, "record")
    return record.args[1] if record else None


def deeds_of(path, node) -> set[str]:
    """The deeds an action may record: one, or one of a table of moves as in `DEEDS[move]`."""
    deed = deed_of(node)
    if deed is None:  # told by the test of the four beats
        return set()
    if isinstance(deed, ast.Constant):
        return {deed.value}
    assert isinstance(deed, ast.Subscript), f"{named(path)}:{node.name} hides its deed."
    name = path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")
    moves = getattr(importlib.import_module(name), ast.unparse(deed.value))
    assert isinstance(moves, Mapping)
    return set(moves.values())


DONE = {deed for _, path, node in ACTIONS for deed in deeds_of(path, node)}
ROWS = [(room, deed) for room in ROOMS for deed in table(room)]


@pytest.mark.parametrize(
    ("room", "path", "node"),
    [pytest.param(*each, id=f"{named(each[1])}:{each[2].name}") for each in ACTIONS],
)
def test_an_action_asks_for_the_right_of_the_deed_it_records(room, path, node):
    require, deed = called(node, "stamp.require"), deed_of(node)
    assert require, "It asks for no right."
    assert deed, "It leaves no record."

    asked = ast.unparse(require.args[0])

    assert asked == f"*rights('{room}')[{ast.unparse(deed)}]"
    assert deeds_of(path, node) <= rights(room).keys()


@pytest.mark.parametrize(("room", "deed"), ROWS)
def test_a_row_of_the_table_has_its_action(room, deed):
    assert deed in DONE, f"No action records {deed}."
    assert rights(room)[deed], f"Nobody may do {deed}."


def test_a_deed_stands_in_one_table_only():
    deeds = [deed for _, deed in ROWS]

    assert sorted(set(deeds)) == sorted(deeds)


def test_nothing_is_tried_that_no_table_has():
    assert registry().keys() <= {deed for _, deed in ROWS}


@pytest.mark.django_db
@pytest.mark.parametrize(("room", "deed"), [each for each in ROWS if each[1] in DONE])
def test_each_role_may_do_what_the_table_says_and_nothing_else(room, deed, tmp_path, settings):
    settings.DATA = tmp_path
    known = registry()
    assert deed in known, f"Say in tests/{room}/rights_<subject>.py how “{deed}” is done."
    world = World.whole()
    tried = known[deed](world)

    wrong = [
        f"{cell}: {said}"
        for cell in cells(table(room)[deed], world)
        if (said := disagreement(deed, tried, cell))
    ]

    assert not wrong, "\n".join([deed, *wrong])


def disagreement(name: str, deed: Deed, cell: Cell) -> str:
    """What is otherwise than the table says, or nothing."""
    expected = None if cell.allowed else expected_refusal(deed, cell)
    with transaction.atomic():
        try:
            deed.do(cell.stamp)
            found = None
            told = Entry.objects.filter(deed=name, by=cell.stamp.by).exists()
        except Refusal as refusal:
            found, told = refusal, True
        transaction.set_rollback(True)
    if expected is None:
        left = "" if told else "it was done and left no entry in the journal"
        return left if found is None else f"it may, and was refused: {found!r}"
    if found is None:
        return "it may not, and it was done"
    return "" if isinstance(found, expected) else f"{expected.__name__} expected, told {found!r}"


def expected_refusal(deed: Deed, cell: Cell) -> type[Refusal]:
    """An outsider is not even told that there is such a thing."""
    if not deed.seen(cell.stamp):
        return NotFound
    return SignInFirst if cell.stamp.by == VISITOR else RoleMissing
