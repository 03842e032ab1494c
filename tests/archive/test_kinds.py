"""What may be kept is known by its content, and nothing that runs gets in."""

import struct
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from marra.archive.rules.kinds import (
    LARGEST,
    FileEmpty,
    FileTooLarge,
    KindRefused,
    NameDiffers,
    PictureTooLarge,
    checked,
)
from marra.archive.rules.names import LONGEST, clean
from marra.archive.rules.office import (
    DocumentBroken,
    DocumentHoldsFiles,
    DocumentRuns,
    DocumentSwells,
)
from marra.kit.errors import Invalid
from tests.archive import make

GOOD = {
    "a.pdf": make.PDF,
    "a.PNG": make.PNG,
    "a.jpg": make.JPG,
    "a.jpeg": make.JPG,
    "a.csv": "tuman;aholi\nOltinkoʻl;1\n".encode(),
    "b.csv": "район;население\n".encode("cp1251"),
    "c.csv": "район\tнаселение\n".encode("utf-16"),
    "a.txt": b"Hisobot: 3 < 5\n",
    "a.docx": make.docx(),
    "a.xlsx": make.xlsx(),
}


@pytest.mark.parametrize("name", GOOD)
def test_the_kinds_an_office_needs_are_kept(name):
    assert checked(name, GOOD[name]).size == len(GOOD[name])


BAD = {
    "page.html": (b"<!doctype html><script>1</script>", KindRefused),
    "page.txt": (b"\xef\xbb\xbf  <html>", KindRefused),
    "drawing.svg": (b'<?xml version="1.0"?><svg/>', KindRefused),
    "drawing.csv": (b'a,b\n<svg onload="x">,1', KindRefused),
    "program.pdf": (b"MZ\x90\0\3\0", KindRefused),
    "script.sh": (b"#!/bin/sh\necho\n", NameDiffers),
    "report.pdf.exe": (make.PDF, NameDiffers),
    "list.csv": (make.PNG, NameDiffers),
    "book.docx": (make.xlsx(), NameDiffers),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, KindRefused),
    "many.zip": (make.archive({"a.txt": "a"}), KindRefused),
    "more.docx": (make.archive({"a.txt": "a"}), KindRefused),
    "cut.xlsx": (make.xlsx()[:-40], DocumentBroken),
    "empty.pdf": (b"", FileEmpty),
    "large.txt": (b"a" * (LARGEST + 1), FileTooLarge),
    "huge.png": (make.PNG[:16] + struct.pack(">II", 9000, 9000) + make.PNG[24:], PictureTooLarge),
}


@pytest.mark.parametrize("name", BAD)
def test_everything_else_is_refused_with_a_reason(name):
    content, refusal = BAD[name]

    with pytest.raises(refusal) as refused:
        checked(name, content)

    assert name in str(refused.value)


RUNS = {
    "word/vbaProject.bin": b"\xd0\xcf\x11\xe0",
    "word/activeX/activeX1.bin": b"x",
    "xl/macrosheets/sheet1.xml": b"<x/>",
    "xl/externalLinks/externalLink1.xml": b'<externalLink><ddeLink ddeService="cmd"/>',
    "word/_rels/settings.xml.rels": make.RELATION.format(kind="attachedTemplate").encode(),
    "word/_rels/document.xml.rels": make.RELATION.format(kind="oleObject").encode("utf-16"),
}


@pytest.mark.parametrize("part", RUNS)
def test_a_document_that_runs_or_fetches_is_refused(part):
    with pytest.raises(DocumentRuns):
        checked("a.docx", make.docx(**{part: RUNS[part]}))


def test_a_document_that_calls_itself_macro_enabled_is_refused():
    types = make.TYPES.replace("</Types>", '<D ContentType="x.macroEnabled.main+xml"/></Types>')

    with pytest.raises(DocumentRuns):
        checked("a.docx", make.docx(**{"[Content_Types].xml": types}))


def test_links_that_a_reader_clicks_are_no_danger():
    link = make.RELATION.format(kind="hyperlink")

    assert checked("a.docx", make.docx(**{"word/_rels/document.xml.rels": link})).kind == "docx"


def test_definitions_in_a_list_of_relations_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><Relationships>&a;</Relationships>'

    with pytest.raises(DocumentBroken):
        checked("a.docx", make.docx(**{"word/_rels/document.xml.rels": bomb}))


@pytest.mark.parametrize("within", [make.xlsx(), b"\x1f\x8b\x08", b"Rar!\x1a", b"MZ\x90"])
def test_files_within_a_document_are_refused(within):
    with pytest.raises(DocumentHoldsFiles):
        checked("a.docx", make.docx(**{"word/embeddings/a.xlsx": within}))


def test_a_document_that_would_unpack_to_gigabytes_is_refused_unread():
    with pytest.raises(DocumentSwells):
        checked("a.docx", make.docx(**{"word/media/a.xml": b"\0" * 40_000_000}))


@given(st.binary(max_size=300))
@example(b"PK\x03\x04")
def test_any_bytes_are_kept_or_refused_and_never_a_fault(content):
    with suppress(Invalid):
        assert checked("a.txt", content).kind == "txt"


@given(st.text(max_size=400))
def test_a_clean_name_is_short_one_line_and_no_path(name):
    cleaned = clean(name)

    assert 1 <= len(cleaned) <= LONGEST
    assert cleaned.isprintable()
    assert not set(cleaned) & set('/\\<>:"|?*\n')
    assert clean(cleaned) == cleaned
