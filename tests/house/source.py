"""What the tests of the house read: the package's own source."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "marra"
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def modules(pattern: str = "**/*.py") -> list[Path]:
    """Python files of the package but migrations, by a pattern below it."""
    return sorted(path for path in PACKAGE.glob(pattern) if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, methods too."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, FUNCTIONS))


def named(path: Path) -> str:
    """A file as it stands in lists: relative to the package."""
    return path.relative_to(PACKAGE).as_posix()


def contracts() -> dict[str, dict[str, object]]:
    """The import contracts by name."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {each["name"]: each for each in settings["tool"]["importlinter"]["contracts"]}
