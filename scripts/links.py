"""Check the documentation: every link to a file of the repository leads somewhere."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(<?([^)>\s]+)>?(?:\s+\"[^\"]*\")?\)")
ELSEWHERE = ("https://", "http://", "mailto:", "#")


def pages(root: Path = ROOT) -> list[Path]:
    """Every page of the documentation."""
    return sorted([*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("changelog.d/*.md")])


def broken(page: Path) -> Iterator[str]:
    """The links of a page that lead nowhere."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in LINK.findall(text):
        if not target.startswith(ELSEWHERE):
            path = page.parent / target.partition("#")[0]
            if not path.exists():
                yield target


def main() -> int:
    """Say every broken link, one a line."""
    wrong = [
        f"{page.relative_to(ROOT)}: no such file: {link}"
        for page in pages()
        for link in broken(page)
    ]
    print("\n".join(wrong) or f"{len(pages())} pages, every link leads somewhere.")
    return min(len(wrong), 1)


if __name__ == "__main__":
    sys.exit(main())
