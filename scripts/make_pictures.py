"""Take the pictures of the README: real pages of a house opened for it, with packaged figures.

    .venv/bin/python scripts/make_pictures.py

Needs Debian's Chromium. Writes docs/pictures/*.png.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
MARRA = Path(sys.executable).parent / "marra"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PICTURES = (
    ("cockpit-1280", "/uz/", 1280, 1000, "light"),
    ("cockpit-360", "/uz/", 360, 740, "light"),
    ("country-1280-dark", "/en/country/UZB/", 1280, 1000, "dark"),
    ("forecast-1280", "/uz/forecast/", 1280, 1000, "light"),
    ("plan-1280", "/ru/plan/", 1280, 1000, "light"),
    ("scenario-360", "/uz/scenario/?osi=0.9", 360, 740, "light"),
)
"""Name, page, width, height and theme."""


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def house() -> Iterator[str]:
    """A house of its own on a free port; its address."""
    with tempfile.TemporaryDirectory() as data:
        port = free_port()
        outside = {name: value for name, value in os.environ.items() if "MARRA_" not in name}
        place = outside | {"MARRA_DATA": data, "MARRA_WORKERS": "1"}
        subprocess.run([MARRA, "setup"], env=place, check=True)
        subprocess.run([MARRA, "plan", "warm"], env=place, check=True)  # a minute
        server = subprocess.Popen([MARRA, "serve", "--port", str(port)], env=place)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait()


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urlopen(f"{address}/uz/").close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"Nothing answers at {address}.")


def main() -> None:
    """Open the house and take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with house() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, page, width, height, scheme in PICTURES:
            sheet = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            sheet.goto(f"{address}{page}")
            sheet.wait_for_load_state("networkidle")
            sheet.screenshot(path=FOLDER / f"{name}.png")
            print(FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
