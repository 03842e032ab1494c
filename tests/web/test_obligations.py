"""Pages of obligations, acts and readings: the answer first, every state with what shows it."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marra.commission.actions.assignments import make
from marra.commission.actions.obligations import prove
from marra.commission.models.acts import Act, ObligationDay, ObligationProof
from marra.commission.models.plans import Reading
from marra.commission.rules.acts.packaged import packaged
from marra.commission.rules.acts.writer import to_toml
from marra.door import terminal_stamp
from marra.people import actions as people
from marra.people.rules.rights import Role, Stamp
from tests.commission.acts import file, secretary, without_acts
from tests.house.rights import World
from tests.web.make import PASSWORD, administrator, analyst, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A data folder of its own for each test."""
    settings.DATA = tmp_path


def holder(client, role: str, body: str = "", name: str = "k.kotib") -> str:
    """Somebody with a role, signed in through the page; their code."""
    account = people.register(terminal_stamp(), name=name, password=PASSWORD)
    people.appoint(terminal_stamp(), account.code, role=role, body=body)
    sign_in(client, name)
    return account.code


def text(answer) -> str:
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def sent(content: bytes, name: str = "act.toml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


# ── For everybody ────────────────────────────────────────────────────────────────────────────


def test_the_first_sentence_counts_the_obligations_of_acts_alone(client):
    page = client.get("/en/obligations/")

    assert re.search(r"<h1>2 of 23 obligations are met, 4 are overdue", page.content.decode())
    assert "What other sources report beyond the text of the act stands apart" in text(page)


def test_each_row_has_a_word_a_number_a_day_and_a_source(client):
    rows = text(client.get("/en/obligations/"))

    assert re.search(r"O-02 · P3 · Coordination Commission in time [\d\s]+ days left place 63 "
                     r"31\.12\.2024 UN E-Government Survey 2024 place 30 or better 31\.12\.2030",
                     rows)  # fmt: skip
    assert re.search(r"O-10 .{,60}overdue [\d\s]+ days overdue; nothing has been measured "
                     r"PQ-308 ≥ 700 services 31\.12\.2024 the text", rows)  # fmt: skip
    assert re.search(r"O-14 .{,30}met stated by the text itself 20\.09\.2023 PQ-308", rows)


def test_filters_stand_in_the_address(client):
    overdue = text(client.get("/en/obligations/?state=overdue&act=pq-308"))
    sources = text(client.get("/en/obligations/?act=spot-2023-09-20"))
    nothing = client.get("/en/obligations/?state=met&act=spot-2023-09-20")
    wrong = client.get("/en/obligations/?state=gone")

    assert "4 obligations" in overdue
    assert "O-10" in overdue
    assert "O-02" not in overdue
    assert "X-01" in sources
    assert "O-10" not in sources
    assert "No obligation fits the filters" in text(nothing)
    assert wrong.status_code == 422


def test_before_the_first_start_the_page_says_how_to_begin(client):
    without_acts()

    for address in ("obligations/", "acts/", "groups/"):
        page = client.get(f"/en/{address}")
        assert page.status_code == 200
        assert "marra setup" in text(page)


def test_an_obligation_shows_clause_target_readings_values_and_proofs(client):
    page = text(client.get("/en/obligations/O-02/"))

    for said in (
        "In time",
        "place 63 ( 31.12.2024 )",
        "by 2030 into the first thirty states",
        "Coordination Commission quoted",
        "31.12.2030 (how the text is read)",
        "place 30 or better",
        "read so now 31.12.2030",
        "31.12.2029",
        "31.12.2022 place 69",
        "No proof has been accepted yet",
    ):
        assert said in page, said
    assert "Accept a proof" not in page
    assert client.get("/en/obligations/O-99/").status_code == 404


def test_the_file_of_a_proof_comes_back_to_everybody(client, as_administrator):
    held = frozenset({(Role.SECRETARY, ""), (Role.HOLDER, "account-1")})
    made = prove(
        Stamp("account-1", as_administrator.at, held),
        "X-02",
        text="The portal is open to all.",
        day=as_administrator.at.date(),
        file=("proof.txt", b"Signed."),
    )

    assert "proof.txt" in text(client.get("/en/obligations/X-02/"))
    answer = client.get(f"/en/obligations/proofs/{made.code}/file/")

    assert answer.content == b"Signed."
    assert "attachment" in answer.headers["Content-Disposition"]
    assert client.get("/en/obligations/proofs/proof-0/file/").status_code == 404


@pytest.mark.parametrize("page", ["obligations/X-02/", "obligations/", "acts/spot-2023-09-20/"])
def test_a_visitor_sees_at_once_what_was_accepted(client, as_administrator, page):
    before = text(client.get(f"/en/{page}"))
    clerk = secretary(as_administrator)
    prove(clerk, "X-02", text="It is open.", day=as_administrator.at.date(), link="https://a.uz")

    after = client.get(f"/en/{page}")

    assert text(after) != before
    assert after.headers["Cache-Control"] == "no-cache"


def test_the_card_of_an_act_has_days_clauses_obligations_terms_and_its_file(client):
    page = text(client.get("/en/acts/pq-308/"))
    listed = text(client.get("/en/acts/"))
    content = client.get("/en/acts/pq-308.toml").content

    for said in ("14.09.2023", "20.09.2023", "not entered yet", "P4-b", "O-05a", "xatlov"):
        assert said in page, said
    assert "kept apart from it" in listed
    assert "spot.uz, 20.09.2023" in listed
    assert content == to_toml(packaged()[0])
    assert client.get("/en/acts/no-such-act/").status_code == 404


def test_assignments_stand_with_their_obligation_and_group_for_those_who_may_know(client):
    world = World()
    given = {"lead": world.body, "deadline": date(2026, 12, 1), "group": "WG-2", "give": True}
    made = make(world.root, title="Bring more services", obligation="O-10", **given)

    for page in ("obligations/O-10/", "groups/WG-2/"):
        assert "Bring more services" not in text(Client().get(f"/en/{page}"))
    holder(client, "secretary")
    for page in ("obligations/O-10/", "groups/WG-2/"):
        assert f"{made.number} Bring more services" in text(client.get(f"/en/{page}"))


# ── For those who work on them ───────────────────────────────────────────────────────────────


def test_a_secretary_accepts_a_proof_and_takes_it_back(client):
    holder(client, "secretary")
    address = "/en/obligations/X-03/prove/"
    told = {"met": "yes", "text": "The portal is open.", "day": "01.06.2025", "value": "1,5"}

    wrong = client.post(address, {**told, "day": "soon", "value": "many"})
    bare = client.post(address, told)
    done = client.post(address, {**told, "file": sent(b"Signed.", "a.txt")}, follow=True)

    assert wrong.status_code == bare.status_code == 422
    assert "Write a day like 23.11.2026" in text(wrong)
    assert "“many” is not a number" in text(wrong)
    assert "has a link or a file beside it" in text(bare)
    assert "The portal is open." in bare.content.decode()
    assert "The proof was accepted" in text(done)
    assert "k.kotib" in text(done)
    assert "k.kotib" not in text(Client().get("/en/obligations/X-03/"))
    assert "seen 365 days after the deadline" in text(done)
    proof = ObligationProof.objects.get()
    assert (proof.value, proof.file.name, proof.met) == (1.5, "a.txt", True)

    withdraw = f"/en/obligations/proofs/{proof.code}/withdraw/"
    assert "Withdraw this proof?" in text(client.get(withdraw))
    back = client.post(withdraw, follow=True)
    again = client.post(withdraw)

    assert "counts no more" in text(back)
    assert "overdue" in text(back)
    assert again.status_code == 422


def test_a_secretary_sets_a_deadline_where_the_text_has_none(client):
    holder(client, "secretary")
    address = "/en/obligations/O-04a/day/"

    assert "The text has no deadline" in text(client.get(address))
    wrong = client.post(address, {"due": "01.01.2020", "reason": "Minutes 4"})
    done = client.post(address, {"due": "31.12.2030", "reason": "Minutes 4"}, follow=True)

    assert wrong.status_code == 422
    assert "31.12.2030 (set by the Commission)" in text(done)
    assert ObligationDay.objects.count() == 1
    assert "Set a deadline" in text(client.get("/en/obligations/O-04a/"))
    assert "Set a deadline" not in text(client.get("/en/obligations/O-10/"))


@pytest.mark.parametrize("page", ["obligations/X-03/prove/", "obligations/O-04a/day/"])
def test_others_do_not_open_the_forms(client, page):
    assert client.get(f"/en/{page}").status_code == 302
    analyst(client)

    assert client.get(f"/en/{page}").status_code == 403


def test_an_act_is_checked_shown_and_then_taken_in(client):
    administrator(client)

    checked = client.post("/en/acts/import/", {"file": sent(file())})
    token = re.search(r'name="token" value="([^"]+)"', checked.content.decode())[1]
    assert not Act.objects.filter(code="vmq-1").exists()
    done = client.post("/en/acts/import/confirm/", {"token": token}, follow=True)
    again = client.post("/en/acts/import/confirm/", {"token": token})
    second = client.post("/en/acts/import/", {"file": sent(file(**{"900": "950"}))})

    assert "a new act" in text(checked)
    assert "1 with its official text" in text(checked)
    assert "The act was taken in" in text(done)
    assert "Asl matn." in text(done)
    assert again.status_code == 422
    assert "was taken in before" in text(again)
    assert "version 1 would be replaced" in text(second)
    assert re.search(r"Obligation V-01 target", text(second))


def test_a_file_with_faults_is_refused_with_all_of_them(client):
    administrator(client)
    content = file(**{'kind = "resolution"': "", "target = 900": "target = true"})

    refused = client.post("/en/acts/import/", {"file": sent(content)})
    altered = client.post("/en/acts/import/confirm/", {"token": "x"})

    assert refused.status_code == 422
    assert "2 places are wrong" in text(refused)
    assert "Sheet “obligations”, line 34, column “target”" in text(refused)
    assert "Choose the file again" in text(altered)


def test_an_analyst_does_not_import_acts(client):
    analyst(client)

    assert client.get("/en/acts/import/").status_code == 403
    assert "Import the file" not in text(client.get("/en/acts/"))


def test_a_reading_is_decided_with_a_reason_and_its_history_stays(client):
    administrator(client)
    address = "/en/work/readings/by-2030/"

    assert "assumed" in text(client.get(address))
    assert "0 of 4 open questions are decided" in text(client.get("/en/work/readings/"))
    missing = client.post(address, {"answer": "2028", "reason": ""})
    done = client.post(address, {"answer": "2028", "reason": "Minutes No. 1"}, follow=True)
    client.post(address, {"answer": "2030", "reason": "Minutes No. 2"})

    assert missing.status_code == 422
    assert "Minutes No. 1" in text(done)
    assert Reading.objects.count() == 2
    page = text(client.get(address))
    assert page.index("Minutes No. 2") < page.index("Minutes No. 1")
    assert "1 of 4 open questions are decided" in text(client.get("/en/work/readings/"))
    assert client.get("/en/work/readings/no-such/").status_code == 404


def test_an_analyst_sees_the_readings_and_cannot_decide_them(client):
    analyst(client)

    page = text(client.get("/en/work/readings/automation/"))
    refused = client.post("/en/work/readings/automation/", {"answer": "mean", "reason": "Mine"})

    assert "The chair, the secretary or an administrator records the decision" in page
    assert refused.status_code == 422
    assert not Reading.objects.exists()


def test_the_chair_decides_a_reading(client):
    holder(client, "chair")

    client.post("/en/work/readings/automation/", {"answer": "mean", "reason": "Minutes No. 1"})

    assert Reading.objects.get().answer == "mean"
