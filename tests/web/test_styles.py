"""The style sheet holds nothing that no page uses, and the pages hold no style of their own."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "src" / "marra" / "web"
SHEETS = (*ROOT.glob("frontend/styles/*.css"), *WEB.glob("parts/*/*.css"))
TEMPLATES = (*WEB.glob("templates/**/*.html"), *WEB.glob("parts/**/*.html"))
KNOWN_EVERYWHERE = {
    "Marra", "EGDI", "OSI", "TII", "HCI", "EPI", "SVG", "PNG", "PDF", "TXT", "CSV", "JSON", "XLSX",
    "API", "DOCX", "SHA",
}  # fmt: skip
FOR_PROGRAMMERS = {*WEB.glob("templates/api/*.html"), WEB / "templates" / "showcase.html"}
"""Pages whose subject is our code, which is English; they say so in `lang`."""
VALUES_OF_CLASSES = {
    "done", "warning", "proved", "quoted", "recalled", "assumed", "decided", "up", "down",
    "k1", "k2", "k3", "k4", "k5", "none",
    "spark", "other",
}  # fmt: skip
"""Words that a template writes into a class out of a variable; tested with the parts."""


def test_every_class_in_a_style_sheet_stands_in_a_template():
    styled = {
        name
        for sheet in SHEETS
        for name in re.findall(r"\.([a-z][\w-]*)", _without_values(sheet.read_text("utf-8")))
    }
    written = {
        word
        for template in TEMPLATES
        for attribute in re.findall(r'class="([^"]*)"', template.read_text("utf-8"))
        for word in re.findall(r"[a-z][\w-]*", attribute)
    }

    assert styled <= written | VALUES_OF_CLASSES, styled - written - VALUES_OF_CLASSES


def _without_values(sheet: str) -> str:
    return re.sub(r"(/\*.*?\*/|@import[^;]*;|\d\.\d)", "", sheet, flags=re.DOTALL)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_inline_style_or_script(template):
    text = template.read_text("utf-8")

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize(
    "template",
    [path for path in TEMPLATES if path not in FOR_PROGRAMMERS],
    ids=lambda path: path.name,
)
def test_no_template_speaks_english_past_the_translators(template):
    text = template.read_text("utf-8")
    bare = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", text, flags=re.DOTALL)
    bare = re.sub(r"{[%#].*?[%#]}|{{.*?}}", " ", bare, flags=re.DOTALL)
    bare = re.sub(r"<code>.*?</code>|<!--.*?-->|<[^>]*>|&\w+;", " ", bare, flags=re.DOTALL)
    words = set(re.findall(r"[A-Za-z]{3,}", bare))

    assert words <= KNOWN_EVERYWHERE
