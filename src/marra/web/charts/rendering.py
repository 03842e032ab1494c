"""From a chart to the bytes of a file: SVG, PNG or PDF, kept on disk once made.

A picture's name on disk is the digest of everything that makes it: data version, parameters,
language, look, and the code of this package with its translations. So nothing is ever stale, and
an old picture is only a file to be removed when there are too many.

Source: ours; vl-convert turns SVG into PNG and PDF and brings its own letters.
"""

import hashlib
import os
import struct
import tempfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import vl_convert
from django.conf import settings

from marra.web.charts.chart import Chart, Look
from marra.web.charts.frame import svg
from marra.web.formats import MINUS

MOST_BYTES: Final = 256 * 1024 * 1024
"""Room that kept pictures take on disk; the oldest go first."""
PNG_MARK: Final = b"\x89PNG\r\n\x1a\n"
EN_DASH: Final = "\N{EN DASH}"
"""Stands for a minus in PNG and PDF: Debian's Noto Sans has no minus sign, and the whole line
would be drawn in another font."""
SHARPNESS: Final = 2.0
"""Pixels of a PNG for each pixel of the drawing, so that it is sharp on paper and on phones."""


@cache
def code_version() -> str:
    """A digest of what draws: this package, its translations and the formats it writes with."""
    package = Path(__file__).resolve().parents[2]
    files = [
        *sorted((package / "web" / "charts").glob("*.py")),
        *sorted((package / "index").rglob("*.py")),
        *sorted((package / "index" / "figures").glob("components*.csv")),
        package / "index" / "projection" / "skill.json",
        package / "web" / "formats.py",
        *sorted((package / "locale").rglob("*.mo")),
    ]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def tag(*parts: object) -> str:
    """One word for everything that makes a file; also its ETag."""
    written = "\x1f".join([code_version(), *map(str, parts)])
    return hashlib.sha256(written.encode()).hexdigest()[:32]


def picture(make: Callable[[], Chart], look: Look, kind: str, key: str) -> bytes:
    """The picture of that kind, from disk when it was drawn before."""
    path = _folder() / key[:2] / f"{key}.{kind}"
    if path.exists():
        return path.read_bytes()
    drawn = draw(make(), look, kind)
    _keep(path, drawn)
    return drawn


def draw(chart: Chart, look: Look, kind: str) -> bytes:
    """The picture, drawn now."""
    text = svg(chart, look)
    if kind == "svg":
        return text.encode()
    text = text.replace(MINUS, EN_DASH)
    if kind == "pdf":
        return bytes(vl_convert.svg_to_pdf(text))
    return smaller(bytes(vl_convert.svg_to_png(text, scale=SHARPNESS)))


def smaller(png: bytes) -> bytes:
    """The same picture packed tighter; the rasteriser is quick and packs loosely (RFC 2083)."""
    parts: list[tuple[bytes, bytes]] = []
    place = len(PNG_MARK)
    while place < len(png):
        (size,) = struct.unpack_from(">I", png, place)
        parts.append((png[place + 4 : place + 8], png[place + 8 : place + 8 + size]))
        place += 12 + size
    pixels = zlib.decompress(b"".join(body for name, body in parts if name == b"IDAT"))
    packed = [(b"IDAT", zlib.compress(pixels, 9))]
    kept = [part for part in parts if part[0] not in (b"IDAT", b"IEND")]
    return PNG_MARK + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in (*kept, *packed, (b"IEND", b""))
    )


def _folder() -> Path:
    return Path(settings.DATA) / "pictures"


def _keep(path: Path, content: bytes) -> None:
    """Write beside, then rename: a reader never sees half a picture. A full disk keeps nothing."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        opened, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(opened, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        return
    if path.name.startswith("00"):  # one in 256 looks after the size of the whole
        tidy(_folder())


def tidy(folder: Path, most: int = MOST_BYTES) -> None:
    """Remove the oldest pictures beyond the bound; another process may have been quicker."""
    found = [(file.stat(), file) for file in folder.glob("*/*") if file.exists()]
    taken = sum(facts.st_size for facts, _file in found)
    if taken <= most:
        return
    for facts, file in sorted(found, key=lambda each: each[0].st_mtime):
        file.unlink(missing_ok=True)
        taken -= facts.st_size
        if taken <= most * 3 // 4:
            return
