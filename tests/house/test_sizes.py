"""Nothing grows beyond what one can keep in mind."""

import ast

from tests.house.source import functions, modules, named

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 40
LARGER: dict[str, int] = {}
"""Files that may be larger, with their size; an entry may shrink or go, never grow or come."""


def test_no_file_outgrows_its_size():
    found = {named(path): len(path.read_text("utf-8").splitlines()) for path in modules()}

    assert not {name: n for name, n in found.items() if n > LARGER.get(name, LINES_OF_A_FILE)}


def test_the_list_of_larger_files_only_shrinks():
    found = {named(path): len(path.read_text("utf-8").splitlines()) for path in modules()}

    assert {name: found.get(name, 0) for name in LARGER} == LARGER
    assert not [name for name, size in LARGER.items() if size <= LINES_OF_A_FILE]


def explained(node: ast.AST) -> int:
    """Lines of the docstring: examples are welcome and do not count."""
    first = node.body[0]
    return first.end_lineno - first.lineno + 1 if ast.get_docstring(node) else 0


def test_no_function_outgrows_its_size():
    found = {
        f"{named(path)}:{node.name}": node.end_lineno - node.lineno + 1 - explained(node)
        for path in modules()
        for node in functions(path)
    }

    assert not {name: size for name, size in found.items() if size > LINES_OF_A_FUNCTION}
