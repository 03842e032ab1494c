"""Every action has its four beats: atomic, one right, the rows, one record."""

import ast

import pytest

from tests.house.source import FUNCTIONS, modules, named, tree

ACTIONS = [
    pytest.param(node, id=f"{named(path)}:{node.name}")
    for path in [*modules("*/actions.py"), *modules("*/actions/*.py")]
    for node in tree(path).body
    if isinstance(node, FUNCTIONS) and not node.name.startswith("_")
    if named(path) != "journal/actions.py"  # `record` itself is the fourth beat of all others
]


def calls(node: ast.AST, written: str) -> int:
    return sum(
        isinstance(each, ast.Call) and ast.unparse(each.func) == written for each in ast.walk(node)
    )


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_is_atomic_asks_one_right_and_leaves_one_record(action):
    decorators = [ast.unparse(each) for each in action.decorator_list]

    assert decorators == ["transaction.atomic"]
    assert action.args.args[0].arg == "stamp"
    assert len(action.args.args) <= 2, "The thing by its code; the rest by keyword."
    assert calls(action, "stamp.require") == 1
    assert calls(action, "record") == 1
