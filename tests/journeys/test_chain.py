"""The chain: a gap becomes a proposal, a plan, a decision, an assignment, a proof, and a rank."""

import pytest

from marra.commission.queries import answers
from marra.commission.rules.proposals import TOLD, State
from marra.door import now
from marra.kit.days import quarter_of
from marra.people import actions
from marra.people.rules.rights import Role, Stamp
from tests.journeys.deeds import a_session_decides, two_secretaries_accept
from tests.journeys.walking import Person, uz
from tests.people.make import account
from tests.web.chromium import chromium

BODY = "school-education"
MEASURED = "hci.expected_years"

PEOPLE = {
    "tahlilchi": (Role.ANALYST, ""),
    "guruh.kotibi": (Role.SECRETARY, "WG-5"),
    "kotib": (Role.SECRETARY, ""),
    "rais": (Role.CHAIR, ""),
    "ijrochi": (Role.EXECUTOR, BODY),
}
"""Who takes part: name to sign in with, role, and where it is held."""

TITLE = "Oʻqish davomiyligi maʼlumotlarini UNESCOga yetkazish"
REMEDY = "Namuna: milliy qabul maʼlumotlari asosida hisoblash va UNESCO bilan kelishish."
PLAN = "Namuna: 30-oʻringa yoʻl"
ADDRESS = "https://example.uz/maktab"

NEWER = (
    "With the inputs that are out since, the edition of %(edition)s would have place %(after)s "
    "instead of %(before)s"
)

EXECUTED = "%(share)s %% was done on time in %(quarter)s: %(n)s of %(m)s assignments"

PORTFOLIO = """
code = "namuna"
title = { uz = "Namuna toʻplami", uz_cyrl = "Намуна тўплами", ru = "Образец", en = "Sample" }
place = "UZB"

[[budgets]]
source = "budjet"
year = 2026
amount = 900_000_000_000

[[budgets]]
source = "budjet"
year = 2027
amount = 900_000_000_000

[[names]]
code = "budjet"
title = { uz = "Budjet", uz_cyrl = "Бюджет", ru = "Бюджет", en = "Budget" }

[[names]]
code = "school-education"
title = { uz = "Maktabgacha va maktab taʼlimi vazirligi", uz_cyrl = "Мактабгача ва мактаб таълими вазирлиги", ru = "Министерство дошкольного и школьного образования", en = "Ministry of Preschool and School Education" }

[[initiatives]]
code = "maktab"
title = { uz = "Namuna: yangi maktablar", uz_cyrl = "Намуна: янги мактаблар", ru = "Образец: новые школы", en = "Sample: new schools" }
reasoning = { uz = "Namuna", uz_cyrl = "Намуна", ru = "Образец", en = "Sample" }
starts = [2026, 2027]
duration = 1
lag = 1
chance = 0.95
cost = [200_000_000_000]
source = "budjet"
body = "school-education"
group = "WG-5"
effects = [
  { indicator = "hci", low = 0.25, likely = 0.3, high = 0.35, unit = "index points" },
  { indicator = "osi", low = 0.25, likely = 0.3, high = 0.35, unit = "index points" },
  { indicator = "tii", low = 0.25, likely = 0.3, high = 0.35, unit = "index points" },
]
"""  # noqa: E501

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


def test_a_gap_is_followed_to_the_rank_that_its_remedy_wins(walkers):
    before = place_now(walkers["tahlilchi"])

    proposal = a_proposal_from_the_gap(walkers["tahlilchi"])
    plan = a_plan_is_proposed(walkers["tahlilchi"])
    the_proposal_is_put_into_the_plan(walkers["tahlilchi"], proposal, plan)
    a_session_decides(walkers["kotib"], TITLE, proposal, lead=BODY, group="WG-5", plan=plan)
    the_chair_adopts(walkers["rais"], plan)
    assignment = the_body_delivers(walkers["ijrochi"])
    two_secretaries_accept(walkers["guruh.kotibi"], walkers["kotib"], assignment)

    assert place_now(walkers["rais"]) < before
    the_value_names_its_assignment(walkers["rais"])
    the_execution_is_counted_and_only_figures_are_public(walkers["rais"])


def place_now(person: Person) -> int:
    """The place that newer inputs would give the country."""
    person.opens("evidence/fresh/")
    return int(person.learns(NEWER)["after"])


def a_proposal_from_the_gap(analyst: Person) -> str:
    """From the share of a part on the first page to a proposal that waits for a session."""
    analyst.opens("")
    analyst.part("main a[href*='proposals/new/?indicator=hci']").click()
    assert "HCI" in analyst.reads()
    analyst.fills(title=TITLE, remedy=REMEDY, group="WG-5")
    analyst.presses("Keep as a draft")
    analyst.follows("Put it forward")
    analyst.presses("Yes")
    assert uz(TOLD[State.PUT_FORWARD]) in analyst.reads()
    return analyst.page.url.split("/")[-2]


def a_plan_is_proposed(analyst: Person) -> str:
    """A portfolio is taken in, planned with, and the plan recorded and proposed."""
    analyst.opens("work/portfolios/upload/")
    analyst.brings("file", "namuna.toml", PORTFOLIO.encode())
    analyst.presses("Check the file")
    analyst.presses("Take this portfolio in")
    analyst.follows("Plan with it")
    answers.work()  # what the planner's own process does
    analyst.page.reload()
    analyst.follows("Record this plan")
    analyst.fills(title=PLAN)
    analyst.presses("Record it as a draft")
    analyst.presses("Propose it")
    return analyst.page.url.split("/")[-2]


def the_proposal_is_put_into_the_plan(analyst: Person, proposal: str, plan: str) -> None:
    """The proposal says which initiative of the plan carries it out."""
    analyst.opens(f"work/proposals/{proposal}/")
    analyst.follows("Put it into a plan")
    analyst.fills(carrier=f"{plan}/maktab")
    analyst.presses("Yes")
    analyst.turns_to(PLAN)
    assert TITLE in analyst.reads()


def the_chair_adopts(chair: Person, plan: str) -> None:
    """The plan comes into force, and its initiatives become assignments of their bodies."""
    chair.opens(f"work/plans/{plan}/")
    chair.presses("Adopt it")
    chair.follows("Open its assignments")
    chair.presses("Open them")
    assert "Namuna: yangi maktablar" in chair.part("h2#assigned + ul").inner_text()


def the_body_delivers(executor: Person) -> str:
    """What was decided is begun, measured, and submitted with a file and the value measured."""
    executor.opens("work/assignments/mine/")
    executor.turns_to(TITLE)
    address = executor.page.url
    executor.follows("Start")
    executor.presses("Yes, it has begun")
    executor.follows("Submit with proof")
    executor.part("main summary").first.click()
    executor.part(f"main a[href*='indicator={MEASURED}']").click()
    last_year = now().year - 1
    executor.fills(value="15,5", day=f"31.12.{last_year}", basis="uis-method")
    executor.fills(source="Namuna: vazirlik hisoboti", reporter=BODY)
    executor.presses("Take the value in")
    assert executor.part("main [name='observations']:checked").count() == 1
    executor.fills(text="Namuna: hisob-kitob UNESCO bilan kelishildi.", links=ADDRESS)
    executor.brings("proofs", "namuna.txt", b"Namuna dalolatnoma")
    executor.presses("Submit")
    assert "namuna.txt" in executor.reads()
    return address


def the_value_names_its_assignment(person: Person) -> None:
    """From the indicator back to what was assigned, and on to where that came from."""
    person.opens(f"evidence/indicator/{MEASURED}/")
    person.part("main #values ~ div a[href*='/assignments/']").click()
    assert person.heading() == TITLE
    person.part("main dd a[href*='/proposals/']").click()
    assert person.part("main dd a[href*='/plans/']").count() == 1


def the_execution_is_counted_and_only_figures_are_public(person: Person) -> None:
    """Who reads all sees the running quarter; everybody sees those that are over, no titles."""
    running = "{}Q{}".format(*quarter_of(now().date()))
    person.opens(f"execution/?quarter={running}")
    assert person.learns(EXECUTED)["n"] == "1"
    person.page.context.clear_cookies()
    person.opens("execution/")
    assert TITLE not in person.reads()
    assert not person.part(f"option[value='{running}']").count()
