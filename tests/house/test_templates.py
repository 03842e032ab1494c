"""Pages run and style nothing inline, every form that changes something is guarded."""

import re

import pytest

from tests.house.source import PACKAGE, modules, named

TEMPLATES = sorted([*PACKAGE.glob("web/templates/**/*.html"), *PACKAGE.glob("web/parts/*/*.html")])
INLINE = re.compile(r"""\sstyle=["']|\son[a-z]+=["']|javascript:|<script(?![^>]*\ssrc=)""")
FORMS = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
MARKED_SAFE = {"charts", "templatetags"}
"""Folders that write SVG and small pieces of HTML, and escape what goes into them."""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_has_nothing_that_the_content_policy_forbids(path):
    assert not INLINE.search(path.read_text("utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_form_that_is_posted_carries_the_token_against_forgery(path):
    forms = FORMS.findall(path.read_text("utf-8"))

    posted = [form for form in forms if re.search(r'<form[^>]*method="post"', form)]

    assert all("{% csrf_token %}" in form for form in posted)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_escapes_whatever_it_shows(path):
    assert not re.search(r"\|\s*safe\b|autoescape off", path.read_text("utf-8"))


def test_no_view_is_exempt_from_the_guard_against_forgery():
    assert not [named(path) for path in modules() if "csrf_exempt" in path.read_text("utf-8")]


def test_only_a_few_places_mark_text_as_safe():
    marking = {
        named(path)
        for path in modules("web/**/*.py")
        if "mark_safe(" in path.read_text("utf-8") and not MARKED_SAFE & set(path.parts)
    }

    assert marking <= {"web/index/choices.py"}


def test_kept_files_leave_by_one_door_alone():
    readers = {
        named(path)
        for pattern in ("web/**/*.py", "api/**/*.py", "cli/**/*.py")
        for path in modules(pattern)
        if re.search(
            r"marra\.archive(\.queries)? import (queries|content)", path.read_text("utf-8")
        )
    }

    assert readers <= {"web/files.py"}
