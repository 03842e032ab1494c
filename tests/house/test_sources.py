"""Every rule says where it is from, and nobody but the door reads the clock."""

import ast

import pytest

from tests.house.source import modules, named, tree

RULES = [
    path
    for path in [*modules("*/rules.py"), *modules("*/rules/*.py"), *modules("index/*.py")]
    if path.name != "__init__.py"
]
CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time",
    "timezone.now", "timezone.localtime", "timezone.localdate", "time.localtime", "time.gmtime",
}  # fmt: skip


@pytest.mark.parametrize("path", RULES, ids=named)
def test_a_rule_names_its_source(path):
    assert "Source:" in (ast.get_docstring(tree(path)) or "")


def test_only_the_door_reads_the_clock():
    readers = {
        named(path)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in CLOCKS and not node.args
    }

    assert readers <= {"door.py"}
