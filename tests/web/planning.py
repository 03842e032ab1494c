"""Make a portfolio that can be planned with in a second, shown to everybody, and its answers."""

from marra.commission.actions import portfolios
from marra.commission.models.plans import PortfolioVersion
from marra.commission.queries import answers, futures
from marra.commission.queries.sources import source
from marra.commission.rules.questions import Question
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
