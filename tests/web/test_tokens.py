"""Every pair of text and ground on our pages, light and dark, and what must stand out from it."""

import re
from pathlib import Path

import pytest

SHEET = Path(__file__).parents[2] / "frontend" / "styles" / "tokens.css"

GROUNDS = ("paper", "mist", "wash")
BODY = ("ink", "soft")
SPEAKING = ("lapis", "lapis-deep", "turquoise", "saffron", "pomegranate", "leaf")
ON_COLOUR = (
    ("on-lapis", "lapis"),
    ("on-lapis", "lapis-deep"),
    ("paper", "pomegranate"),
    ("on-night", "night"),
    ("on-night-soft", "night"),
    ("tile", "night"),
)
EDGES = ("edge", "ring", "ring-edge")


def tokens(dark: bool) -> dict[str, str]:
    light, rest = SHEET.read_text("utf-8").split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    if dark:
        nightly = rest.split("@media (forced-colors: active)")[0]
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", nightly))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", GROUNDS)
def test_running_text_reaches_seven_to_one_on_every_ground(dark, ground):
    found = tokens(dark)

    low = {name: contrast(found[name], found[ground]) for name in BODY}

    assert min(low.values()) >= 7, low


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", GROUNDS)
def test_coloured_words_and_edges_reach_four_and_a_half_to_one(dark, ground):
    found = tokens(dark)

    low = {name: contrast(found[name], found[ground]) for name in (*SPEAKING, *EDGES)}

    assert min(low.values()) >= 4.4999, low


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("words", "ground"), ON_COLOUR)
def test_words_on_colour_can_be_read(dark, words, ground):
    found = tokens(dark)

    assert contrast(found[words], found[ground]) >= 4.5


def test_every_token_that_is_used_is_defined():
    parts = SHEET.parents[2] / "src" / "marra" / "web" / "parts"
    sheets = [
        sheet.read_text("utf-8") for sheet in (*SHEET.parent.glob("*.css"), *parts.glob("*/*.css"))
    ]
    used = {name for sheet in sheets for name in re.findall(r"var\(--([\w-]+)", sheet)}

    known = {name for sheet in sheets for name in re.findall(r"--([\w-]+):", sheet)}

    assert used <= known, used - known
