"""Kept files: bytes before rows, one copy, damage found, orphans swept, served by nobody."""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import Resolver404, resolve

from marra.archive import actions, queries
from marra.archive.rules.keeping import FileDamaged, FileLost
from marra.archive.rules.kinds import KindRefused
from marra.journal.models import Entry
from marra.people.rules import Role, SignInFirst, Stamp
from marra.store import NothingNamed
from tests.archive import make
from tests.people.make import later

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(tmp_path, settings):
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def as_holder(as_visitor):
    return Stamp("account-00000007", as_visitor.at, frozenset({(Role.HOLDER, "account-00000007")}))


def kept_bytes(folder):
    return list((folder / "files").glob("??/*"))


def test_a_file_comes_back_as_it_was_kept(as_holder):
    made = actions.keep_file(as_holder, name="../Hisobot.pdf", content=make.PDF)

    found = queries.file(made.code)
    assert queries.content(found) == make.PDF
    assert (found.name, found.type, found.size) == (
        "Hisobot.pdf",
        "application/pdf",
        len(make.PDF),
    )
    assert (found.kept_by, found.kept_at) == (as_holder.by, as_holder.at)


def test_the_journal_holds_the_digest_and_not_the_name(as_holder):
    made = actions.keep_file(as_holder, name="A. Karimov.pdf", content=make.PDF)

    entry = Entry.objects.get(deed="file.kept")
    assert (entry.thing, entry.facts["digest"]) == (made.code, made.digest)
    assert "Karimov" not in str(entry.facts)


def test_the_same_bytes_lie_there_once_and_only_their_owner_reads_them(as_holder, data):
    first = actions.keep_file(as_holder, name="a.pdf", content=make.PDF)
    second = actions.keep_file(as_holder, name="b.pdf", content=make.PDF)

    (path,) = kept_bytes(data)
    assert first.code != second.code
    assert path.name == first.digest == second.digest
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_stranger_keeps_nothing(as_visitor, data):
    with pytest.raises(SignInFirst):
        actions.keep_file(as_visitor, name="a.pdf", content=make.PDF)

    assert not kept_bytes(data)


def test_a_refused_file_leaves_no_bytes(as_holder, data):
    with pytest.raises(KindRefused):
        actions.keep_file(as_holder, name="a.html", content=b"<html>")

    assert not kept_bytes(data)


def test_damage_is_told_and_the_bytes_are_not_given(as_holder, data):
    made = actions.keep_file(as_holder, name="a.pdf", content=make.PDF)
    kept_bytes(data)[0].write_bytes(make.PDF + b" ")

    with pytest.raises(FileDamaged):
        queries.content(made)


def test_lost_bytes_are_told(as_holder, data):
    made = actions.keep_file(as_holder, name="a.pdf", content=make.PDF)
    kept_bytes(data)[0].unlink()

    with pytest.raises(FileLost):
        queries.content(made)


def test_a_code_that_nobody_was_told_finds_nothing():
    with pytest.raises(NothingNamed):
        queries.file("file-0000")


def abandon(stamp):
    try:
        with transaction.atomic():
            actions.keep_file(stamp, name="lost.pdf", content=make.PDF + b"lost")
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass


def grow_old(folder, stamp):
    for path in kept_bytes(folder):
        when = (stamp.at - timedelta(days=2)).timestamp()
        os.utime(path, (when, when))


def test_the_sweep_takes_what_failed_actions_left_and_only_after_a_day(
    as_holder, as_administrator, data
):
    kept = actions.keep_file(as_holder, name="a.pdf", content=make.PDF)
    abandon(as_holder)
    (data / "files" / "ab").mkdir(exist_ok=True)
    (data / "files" / "ab" / ("ab" * 32 + ".0123456789abcdef")).write_bytes(b"cut off")
    soon = later(as_administrator, 0)
    for path in kept_bytes(data):
        os.utime(path, (soon.at.timestamp(),) * 2)

    assert actions.sweep(soon) == 0
    assert actions.sweep(later(as_administrator, 25 * 60)) == 2
    assert queries.content(kept) == make.PDF


def test_keeping_an_orphan_again_saves_it_from_the_sweep(as_holder, as_administrator, data):
    abandon(as_holder)
    grow_old(data, as_administrator)
    kept = actions.keep_file(as_holder, name="a.pdf", content=make.PDF + b"lost")

    assert actions.sweep(as_administrator) == 0
    assert queries.content(kept) == make.PDF + b"lost"


def test_no_address_of_its_own_leads_to_a_file(as_holder, client, data, settings):
    made = actions.keep_file(as_holder, name="a.pdf", content=make.PDF)
    path = queries.where(made.digest)
    tries = [f"/files/{made.digest[:2]}/{made.digest}", f"/archive/{made.code}",
             f"/media/{made.digest}", f"/static/{path}", f"/static/../../../../..{path}",
             f"/uz/files/{made.code}/", f"/uz/work/files/{made.code}/"]  # fmt: skip

    assert not path.is_relative_to(settings.STATIC_ROOT)
    for address in tries:
        assert make.PDF not in b"".join(client.get(address, follow=True))
        with pytest.raises(Resolver404):
            resolve(address)
