"""Make a portfolio that can be planned with in a second, shown to everybody, and its answers."""

import json
from collections.abc import Iterator
from typing import Final

from django.test import Client
from playwright.sync_api import FilePayload, Page

from marra.commission.actions import portfolios
from marra.commission.models.plans import PortfolioVersion
from marra.commission.queries import answers, futures
from marra.commission.queries.sources import source
from marra.commission.rules.questions import Question
from marra.door import terminal_stamp
from marra.index.plan.files import read
from marra.people.rules import Stamp

HEAD = """
code = "road"
title = { uz = "Yoʻl", uz_cyrl = "Йўл", ru = "Путь", en = "Road" }
place = "UZB"

[[budgets]]
source = "budget"
year = 2026
amount = 500_000_000_000

[[budgets]]
source = "budget"
year = 2027
amount = 400_000_000_000

[[capacities]]
group = "wg"
year = 2026
amount = 2

[[capacities]]
group = "wg"
year = 2027
amount = 3

[[names]]
code = "wg"
title = { uz = "Ishchi guruh", uz_cyrl = "Ишчи гуруҳ", ru = "Рабочая группа", en = "Group" }

[[names]]
code = "budget"
title = { uz = "Byudjet", uz_cyrl = "Бюджет", ru = "Бюджет", en = "Budget" }
"""

ONE = """
[[initiatives]]
code = "{code}"
title = {{ uz = "Ish {n}", uz_cyrl = "Иш {n}", ru = "Дело {n}", en = "Work {n}" }}
reasoning = {{ uz = "Sabab {n}", uz_cyrl = "Сабаб {n}", ru = "Довод {n}", en = "Reason {n}" }}
starts = [2026, 2027]
duration = 1
lag = 1
chance = {chance}
cost = [{cost}]
source = "budget"
group = "wg"
effects = [
  {{ indicator = "{part}", low = {low}, likely = {likely}, high = {high}, unit = "index points" }},
]
"""


def file(size: float = 0.3, cost: int = 100) -> bytes:
    """A portfolio of four initiatives, each of which moves a part by about `size`."""
    rows = [
        ONE.format(
            code=f"work-{n}",
            n=n,
            part=part,
            chance=0.9,
            cost=f"{n * cost}_000_000_000",
            low=size * 0.8,
            likely=size,
            high=size * 1.2,
        )
        for n, part in enumerate(("osi", "hci", "osi", "tii"), start=1)
    ]
    return "\n".join([HEAD, *rows]).encode()


def shown(stamp: Stamp, content: bytes | None = None) -> PortfolioVersion:
    """A portfolio that everybody may read."""
    version = portfolios.open_portfolio(stamp, name="road.toml", content=content or file())
    portfolios.show_portfolio(stamp, version.portfolio.code, is_public=True)
    return version


def question(content: bytes | None = None, **asked: object) -> Question:
    """What is asked of a portfolio that lies in no table."""
    from marra.commission.rules.portfolios import digest
    from marra.index.plan import document

    told = document.written(read("road.toml", content or file()))
    usual = {"place": "UZB", "k": 30, "edition": 2030, "odds": 0.8}
    return Question(digest(told), **(usual | asked))


def worked_out(stamp: Stamp, code: str = "", odds: float = 0.8, k: int = 30) -> None:
    """Have answered what the page of a plan asks, as the planner's own process does."""
    found = source(stamp, code)
    for edition in futures.goal_editions():
        asked = Question(found.digest, found.portfolio.place, k, edition, odds=odds)
        answers.ask(asked, found.portfolio)
        answers.ask(asked.frontier(), found.portfolio)
    answers.work()


UNFINISHED: Final = "plan/?top=40&odds=0.9"
"""What the planner could not work out, once `pages` has been called."""


def pages(client: Client) -> list[str]:
    """Addresses of a portfolio in two versions, of its plans, answered, out of reach and failed,
    and of two plans on record, one of them in force; an administrator is signed in."""
    stamp = terminal_stamp()
    code = shown(stamp).portfolio.code
    newest = portfolios.add_version(stamp, code, name="road.toml", content=file(cost=120))
    worked_out(stamp)
    worked_out(stamp, k=10)
    client.get(f"/en/{UNFINISHED}")
    for task in answers.waiting():
        task.write_text(json.dumps({**json.loads(task.read_text()), "tries": 2}))
    first, second = (_recorded(client, title, top) for title, top in (("Road", 30), ("Ten", 10)))
    for move in ("propose", "adopt"):
        client.post(f"/en/work/plans/{first}/move/", {"move": move})
    return [
        "plan/",
        "plan/?top=10&by=2028",
        UNFINISHED,
        "plan/initiative/work-1/",
        "plan/chart/plan-timeline/",
        "work/portfolios/",
        f"work/portfolios/{code}/",
        f"work/portfolios/{newest.code}/withdraw/",
        f"work/portfolios/upload/?into={code}",
        "work/plans/",
        "work/plans/record/",
        *(f"work/plans/{plan}/" for plan in (first, second)),
        f"work/plans/{first}/assign/",
        f"work/plans/{second}/correct/",
        f"work/plans/beside/?first={first}&second={second}",
    ]


def _recorded(client: Client, title: str, k: int) -> str:
    made = client.post(
        f"/en/work/plans/record/?top={k}", {"title": title, "note": "For a session"}
    )
    return str(made["Location"].split("/")[-2])


def states(page: Page, base: str) -> Iterator[str]:
    """Bring a browser of somebody who makes portfolios to files that were sent and checked."""
    wrong = file().replace(b"chance = 0.9", b"chance = 9")
    for name, content in (("nothing", b""), ("refused", wrong), ("check", file(cost=150))):
        page.goto(f"{base}/work/portfolios/upload/")
        if content:
            sent: FilePayload = {"name": "road.toml", "mimeType": "text/plain", "buffer": content}
            page.set_input_files("[name=file]", sent)
        page.click("main form button")
        yield f"portfolio {name}"
