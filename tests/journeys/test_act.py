"""An act comes in as a file, is decided on, assigned, proved, accepted, and reported, in Uzbek."""

import pytest

from marra.commission.rules.obligations import State as Standing
from marra.door import now
from marra.kit.days import quarter_of
from marra.people import actions
from marra.people.rules.rights import Role, Stamp
from tests.commission import acts
from tests.journeys.deeds import a_session_decides, two_secretaries_accept
from tests.journeys.walking import Person, uz
from tests.people.make import account
from tests.web.chromium import chromium

BODY, GROUP = "digital", "WG-2"
OBLIGATION = "V-02"
TITLE = "Namuna: xizmatni sinovdan oʻtkazish"
RESULT = "Namuna: sinov oʻtdi, dalolatnoma imzolandi."

PEOPLE = {
    "guruh.kotibi": (Role.SECRETARY, GROUP),
    "kotib": (Role.SECRETARY, ""),
    "rais": (Role.CHAIR, ""),
    "ijrochi": (Role.EXECUTOR, BODY),
}
"""Who takes part: name to sign in with, role, and where it is held."""

EXECUTED = "%(share)s %% was done on time in %(quarter)s: %(n)s of %(m)s assignments"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def walkers(as_administrator: Stamp, live_server, settings, tmp_path):
    """Everybody who takes part, each signed in at a browser of their own."""
    settings.DATA = tmp_path
    for name, (role, scope) in PEOPLE.items():
        made = account(as_administrator, name)
        actions.appoint(as_administrator, made.code, role=role, body=scope)
    with chromium() as browser:
        yield {name: Person.signed_in(browser, live_server.url, name) for name in PEOPLE}


def test_an_act_is_followed_to_the_report_on_what_it_asked_for(walkers):
    an_act_is_taken_in(walkers["kotib"])
    proposal = its_obligation_is_answered(walkers["guruh.kotibi"])
    a_session_decides(walkers["kotib"], TITLE, proposal, lead=BODY, group=GROUP)
    assignment = the_body_proves_it(walkers["ijrochi"])
    two_secretaries_accept(walkers["guruh.kotibi"], walkers["kotib"], assignment)
    the_obligation_is_met(walkers["kotib"])
    the_quarter_that_runs_counts_it(walkers["kotib"])
    the_quarter_that_is_over_is_reported(walkers["kotib"], walkers["rais"])


def an_act_is_taken_in(secretary: Person) -> None:
    """The file is checked, what it would change is shown, and it is taken in."""
    secretary.opens("acts/import/")
    secretary.brings("file", "vmq-1.toml", acts.file())
    secretary.presses("Check the file")
    assert OBLIGATION in secretary.reads()
    secretary.presses("Take this act in")
    secretary.opens("acts/vmq-1/")
    assert "Sinov oʻtkaziladi." in secretary.reads()


def its_obligation_is_answered(secretary: Person) -> str:
    """From the act to the obligation, and on to a proposal that answers it."""
    secretary.opens("acts/vmq-1/")
    secretary.part(f"main a[href*='/obligations/{OBLIGATION}/']").first.click()
    secretary.follows("Open a proposal")
    assert secretary.part("main [name=obligation]").input_value() == OBLIGATION
    secretary.fills(title=TITLE, remedy="Namuna: bir hududda sinab koʻrish.", group=GROUP)
    secretary.fills(problem="Namuna: sinov oʻtkazilmagan.")
    secretary.presses("Keep as a draft")
    secretary.follows("Put it forward")
    secretary.presses("Yes")
    return secretary.page.url.split("/")[-2]


def the_body_proves_it(executor: Person) -> str:
    """What was decided is begun and submitted with its file; an empty proof is not taken."""
    executor.opens("work/assignments/mine/")
    executor.turns_to(TITLE)
    address = executor.page.url
    executor.follows("Start")
    executor.presses("Yes, it has begun")
    executor.follows("Submit with proof")
    executor.fills(text=RESULT)
    executor.page.locator("main").get_by_role("button", name=uz("Submit")).click()
    assert executor.part("main .errors").count() == 1
    executor.brings("proofs", "dalolatnoma.txt", b"Namuna dalolatnoma")
    executor.presses("Submit")
    assert "dalolatnoma.txt" in executor.reads()
    return address


def the_obligation_is_met(secretary: Person) -> None:
    """The accepted assignment stands beside the obligation; its proof is taken for everybody."""
    secretary.opens(f"obligations/{OBLIGATION}/")
    assert TITLE in secretary.reads()
    secretary.follows("Accept a proof")
    secretary.fills(met="yes", text=RESULT, link="https://example.uz/dalolatnoma")
    secretary.presses("Accept the proof")
    assert uz(Standing.MET.value).casefold() in secretary.part("p.lead").inner_text().casefold()


def the_quarter_that_runs_counts_it(secretary: Person) -> None:
    """The report as it would be now counts what was accepted, and goes out on paper."""
    running = "{}Q{}".format(*quarter_of(now().date()))
    secretary.opens(f"execution/?quarter={running}")
    assert secretary.learns(EXECUTED)["n"] == "1"
    secretary.opens(f"work/reports/new/?quarter={running}")
    with secretary.page.expect_download() as download:
        secretary.part(
            "main a[download]",
        ).first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def the_quarter_that_is_over_is_reported(secretary: Person, chair: Person) -> None:
    """The report of the quarter before is kept and published; then everybody reads it."""
    secretary.opens("work/reports/")
    secretary.presses("Make a report")
    secretary.fills(own_tasks="Namuna: sinovni hududlarda davom ettirish.")
    secretary.presses("Keep this report")
    chair.page.goto(secretary.page.url)
    chair.follows("Publish")
    chair.presses("Publish")
    chair.follows("What everybody reads")
    address = chair.page.url
    chair.page.context.clear_cookies()
    chair.page.goto(address)
    assert "sinovni hududlarda davom ettirish" in chair.reads()
    assert TITLE not in chair.reads()
