"""Results: a note that cannot be forged, a paper that is sealed, and what a revoked one says."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pypdf
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from marra.cli.papers import verify, write_papers
from marra.cli.portal import portal
from marra.door import terminal_stamp
from marra.journal.models import Entry
from marra.links import papers, seal
from marra.people.rules.rights import Role, Stamp
from marra.portal.actions import results as actions
from marra.portal.models.results import Result
from marra.portal.queries import results as queries
from marra.portal.rules import results as rules
from marra.portal.rules.results import Fact, NoNote, NoteForged, Told
from tests.conftest import NOON
from tests.portal import make

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TOLD = Told(
    "k7mp-42xw-9tdh",
    "Yashash joyi toʻgʻrisida maʼlumotnoma",
    "Adliya vazirligi",
    "Qodirova Anora",
    date(2026, 3, 2),
    date(2026, 9, 2),
    (Fact("Manzil", "Toshkent, Namuna koʻchasi, 1-uy"),),
)


@pytest.fixture
def issued(as_administrator, tmp_path, settings):
    settings.DATA = tmp_path
    service = make.published(as_administrator)
    return actions.issue(
        as_administrator,
        service,
        case_code="case-1",
        account="account-anora",
        holder="Qodirova Anora",
        language="uz",
        facts=[Fact("Manzil", "Toshkent, Namuna koʻchasi, 1-uy")],
        until=NOON.date() + timedelta(days=180),
    )


# ── The note ─────────────────────────────────────────────────────────────────────────────────


def test_a_note_says_what_it_was_made_of():
    found = rules.noted(rules.note(TOLD, KEY), KEY.public_key())

    assert (found.number, found.service, found.holder) == (TOLD.number, TOLD.service, TOLD.holder)
    assert (found.issued_on, found.until) == (TOLD.issued_on, TOLD.until)


def test_a_changed_fact_changes_the_digest_of_the_note():
    other = replace(TOLD, facts=(Fact("Manzil", "Samarqand"),))
    one, two = (rules.noted(rules.note(each, KEY), KEY.public_key()) for each in (TOLD, other))

    assert one.digest != two.digest


@given(st.integers(0, 400), st.sampled_from("Ab3_"))
def test_no_letter_of_a_note_can_be_changed(at, letter):
    note = rules.note(TOLD, KEY)
    at %= len(note)
    changed = note[:at] + letter + note[at + 1 :]

    if changed != note:
        try:
            found = rules.noted(changed, KEY.public_key())
        except (NoNote, NoteForged):
            return
        assert found == rules.noted(note, KEY.public_key())  # the last letter has spare bits


@given(st.text(max_size=300))
def test_any_text_is_refused_in_words(text):
    with pytest.raises(NoNote):
        rules.noted(text, KEY.public_key())


def test_a_note_of_another_house_is_forged_here():
    with pytest.raises(NoteForged, match="k7mp-42xw-9tdh"):
        rules.noted(rules.note(TOLD, Ed25519PrivateKey.generate()), KEY.public_key())


@pytest.mark.parametrize(
    "written",
    ["K7MP 42XW 9TDH", "k7mp42xw9tdh", "https://x.uz/ru/check/k7mp-42xw-9tdh/#R1.x.y"],
)
def test_a_number_is_read_however_it_is_typed(written):
    assert rules.number_in(written) == "k7mp-42xw-9tdh"


# ── Issued, written, revoked ─────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_what_is_issued_gets_a_sealed_paper_once(issued):
    assert write_papers(terminal_stamp()) == 1
    assert write_papers(terminal_stamp()) == 0
    issued.refresh_from_db()

    content = queries.content(issued)
    words = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert all(each in words for each in (issued.code, "Qodirova Anora", "Namuna koʻchasi, 1-uy"))
    found = seal.checked(content, at=datetime.now(UTC))
    assert (found.is_intact, found.covers_all, found.is_known) == (True, True, True)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Anora 😀", "张伟", "علي", "a\x07b", "\u202eanora", "x" * 190])
def test_no_name_stops_the_work(issued, as_administrator, name):
    other = actions.issue(
        as_administrator, issued.service, case_code="case-2", account="account-x", holder=name,
        language="ru", facts=[Fact(name, name)],
    )  # fmt: skip

    assert write_papers(terminal_stamp()) == 2

    other.refresh_from_db()
    assert queries.content(other).startswith(b"%PDF")


@pytest.mark.django_db
def test_a_paper_that_cannot_be_made_holds_no_other_up(issued, as_administrator, monkeypatch):
    other = actions.issue(
        as_administrator, issued.service, case_code="case-2", account="account-x", holder="B",
        language="uz", facts=[],
    )  # fmt: skip
    made = papers.pdf

    def broken(paper):
        if paper.number == issued.code:
            raise papers.PaperNotMade(number=paper.number)
        return made(paper)

    monkeypatch.setattr(papers, "pdf", broken)

    assert write_papers(terminal_stamp()) == 1
    assert set(Result.objects.exclude(file=None).values_list("code", flat=True)) == {other.code}


@pytest.mark.django_db
def test_a_paper_is_for_screen_readers_too(issued):
    write_papers(terminal_stamp())
    issued.refresh_from_db()

    root = pypdf.PdfReader(io.BytesIO(queries.content(issued))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("uz")
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


@pytest.mark.django_db
def test_a_paper_that_was_changed_shows_it(issued):
    write_papers(terminal_stamp())
    issued.refresh_from_db()
    content = bytearray(queries.content(issued))
    content[400] ^= 1

    try:
        found = seal.checked(bytes(content), at=datetime.now(UTC))
    except seal.NotSealed:
        return
    assert not found.is_intact


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"[" * 5000, b"salom"])
def test_a_file_without_a_seal_is_refused_in_words(content, tmp_path, settings):
    settings.DATA = tmp_path
    with pytest.raises(seal.NotSealed):
        seal.checked(content, at=NOON)


@pytest.mark.django_db
def test_what_was_revoked_says_why_and_is_revoked_once(issued, as_administrator):
    actions.revoke(as_administrator, issued.code, why=" Xato berilgan. ")

    row = Result.objects.get()
    assert queries.shown(row, NOON.date()).validity is rules.Validity.REVOKED
    assert row.revoked_why == "Xato berilgan."
    with pytest.raises(rules.RevokedBefore):
        actions.revoke(as_administrator, issued.code, why="Yana")


@pytest.mark.django_db
def test_a_reason_is_needed(issued, as_administrator):
    with pytest.raises(rules.NoReason):
        actions.revoke(as_administrator, issued.code, why="  ")
    assert Result.objects.get().revoked_at is None


@pytest.mark.django_db
def test_it_runs_out_after_its_last_day(issued):
    last = issued.until

    assert queries.shown(issued, last).validity is rules.Validity.STANDS
    assert queries.shown(issued, last + timedelta(days=1)).validity is rules.Validity.RUN_OUT


@pytest.mark.django_db
def test_what_was_changed_behind_its_back_is_told(issued):
    Result.objects.update(told=issued.told.replace("Anora", "Nodira"))

    assert not queries.shown(Result.objects.get(), NOON.date()).is_intact


@pytest.mark.django_db
def test_a_result_is_seen_by_its_holder_and_its_body_only(issued):
    def seen(by: str, *roles: tuple[Role, str]) -> bool:
        stamp = Stamp(by, NOON, frozenset(roles))
        return queries.visible_to(stamp).filter(pk=issued.pk).exists()

    assert seen("account-anora", (Role.HOLDER, "account-anora"))
    assert seen("account-x", (Role.EXECUTOR, "justice"))
    assert not seen("account-x", (Role.EXECUTOR, "health"))
    assert not seen("account-y", (Role.HOLDER, "account-y"))


@pytest.mark.django_db
def test_the_journal_says_nothing_of_what_it_says(issued):
    entry = Entry.objects.get(deed="result.issued")

    assert entry.thing == issued.code
    assert "Anora" not in str(entry.facts)


# ── Without a line ───────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_the_terminal_checks_a_paper_and_a_note(issued, tmp_path):
    write_papers(terminal_stamp())
    issued.refresh_from_db()
    told = queries.shown(issued, NOON.date()).told
    (tmp_path / "a.pdf").write_bytes(queries.content(issued))
    (tmp_path / "a.txt").write_text(queries.note_of(told))

    paper = CliRunner().invoke(portal, ["verify", str(tmp_path / "a.pdf"), "--json"])
    note = CliRunner().invoke(verify, [str(tmp_path / "a.txt")])

    assert '"intact": true' in paper.output
    assert f"number: {issued.code}" in note.output
    assert told.holder in note.output


def test_the_terminal_says_what_is_wrong(tmp_path, settings):
    settings.DATA = tmp_path
    (tmp_path / "a.txt").write_text("salom")

    done = CliRunner().invoke(verify, [str(tmp_path / "a.txt")])

    assert done.exit_code == 1
    assert "no" in done.output.lower()
