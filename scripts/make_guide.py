"""Write the tables of docs/guide/portfolio.md from the table of columns.

    python scripts/make_guide.py           # write
    python scripts/make_guide.py --check   # say whether they are up to date

What stands between the two marks of the page is written here; a test runs `--check`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from marra.index.plan.files.columns import TABLES
from marra.index.plan.files.guide import HEADS, about, guide, indicators

PAGE = Path(__file__).parent.parent / "docs/guide/portfolio.md"
FIRST = "<!-- Written by scripts/make_guide.py from the table of columns. -->\n"
LAST = "<!-- Here the written part ends. -->\n"


def tables() -> Iterator[str]:
    """The columns of each table, and the indicators."""
    for table in TABLES:
        yield f"\n### {table}\n\n{about(table)}\n\n"
        yield row(*HEADS[1:])
        yield row(*("---" for _ in HEADS[1:]))
        for line in guide():
            if line.table == table:
                names = ", ".join(f"`{name}`" for name in line.column.split(", ") if name != "…")
                more = ", …" if line.column.endswith("…") else ""
                example = f"`{line.example}`" if line.example else ""
                yield row(names + more, line.means, line.unit, example, line.required)
    yield "\n### Indicators\n\n"
    yield row("indicator", "unit", "mind")
    yield row("---", "---", "---")
    yield from (row(f"`{name}`", f"`{unit}`", note) for name, unit, note in indicators())
    yield "\n"


def row(*cells: str) -> str:
    """One row of a Markdown table."""
    return f"| {' | '.join(cells)} |\n"


def page() -> str:
    """The page with its written part renewed."""
    before, rest = PAGE.read_text(encoding="utf-8").split(FIRST)
    after = rest.split(LAST)[1]
    return before + FIRST + "".join(tables()) + LAST + after


if __name__ == "__main__":
    if "--check" in sys.argv:
        if page() != PAGE.read_text(encoding="utf-8"):
            sys.exit(f"{PAGE.name} is not up to date. Run: make docs")
    else:
        PAGE.write_text(page(), encoding="utf-8")
