"""Files come back as downloads that nothing runs in; several are sent in one field."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from marra.archive import actions
from marra.archive.rules.keeping import FileLost
from marra.web.files import FilesField, sent
from tests.archive import make


class Proof(forms.Form):
    files = FilesField()


class Needed(forms.Form):
    files = FilesField(required=True)


def given(form, *files):
    return form({}, MultiValueDict({"files": list(files)}))


@pytest.mark.django_db
def test_a_file_is_a_download_under_its_name_and_nothing_in_it_runs(
    as_administrator, tmp_path, settings
):
    settings.DATA = tmp_path
    kept = actions.keep_file(as_administrator, name='Ҳисобот "1".pdf', content=make.PDF)

    answer = sent(kept)

    assert answer.content == make.PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="_______ _1_.pdf"; '
        "filename*=UTF-8''%D2%B2%D0%B8%D1%81%D0%BE%D0%B1%D0%BE%D1%82%20_1_.pdf"
    )
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_a_file_that_is_gone_is_told(as_administrator, tmp_path, settings):
    settings.DATA = tmp_path / "one"
    kept = actions.keep_file(as_administrator, name="a.pdf", content=make.PDF)
    settings.DATA = tmp_path / "other"

    with pytest.raises(FileLost):
        sent(kept)


def test_several_files_come_in_one_field():
    form = given(Proof, SimpleUploadedFile("a.txt", b"1"), SimpleUploadedFile("b.txt", b"2"))

    assert form.is_valid()
    assert form.cleaned_data["files"] == [("a.txt", b"1"), ("b.txt", b"2")]


def test_no_file_is_an_empty_list_unless_one_is_needed():
    form = given(Proof)

    assert form.is_valid()
    assert form.cleaned_data["files"] == []
    assert not given(Needed).is_valid()


def test_an_empty_file_is_told():
    assert not given(Proof, SimpleUploadedFile("a.txt", b"")).is_valid()
