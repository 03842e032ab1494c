"""Where the built style sheet and script lie: names with a digest, so browsers keep them for good.

Source: ours; the manifest is written by Vite (frontend/vite.config.js).
"""

import json
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

BUILT: Final = Path(__file__).parent / "static" / "build"


@cache
def _manifest() -> dict[str, str]:
    path = BUILT / "manifest.json"
    if not path.exists():
        raise ImproperlyConfigured(f"{path} is missing. Build the pages' assets: scripts/setup")
    entries = json.loads(path.read_text("utf-8"))
    files = {}
    for name, entry in entries.items():
        files[name] = entry["file"]
        for sheet in entry.get("css", []):
            files[name.replace(".js", ".css")] = sheet
    return files


def asset(name: str) -> str:
    """The address of a built file, asked for by its plain name: `main.css`, `main.js`."""
    return f"{settings.STATIC_URL}build/{_manifest()[name]}"


@cache
def digest() -> str:
    """One word for the whole set of built files; pages that are kept bear it in their tag."""
    return "-".join(sorted(_manifest().values()))
