"""The plans of the example: a portfolio, a plan in force with its assignments, scenarios."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from django.conf import settings

from marra.cli.example.stage import Scene, Stage, marked, terminal, text
from marra.commission.actions import followup, plans, portfolios, proposals, scenarios
from marra.commission.queries import answers, futures
from marra.commission.rules.answers import Answer
from marra.commission.rules.plans import Goal, Made
from marra.commission.rules.portfolios import digest
from marra.commission.rules.questions import Question
from marra.evidence.actions.forecasts import seal_forecast
from marra.evidence.queries import releases
from marra.index.plan import document
from marra.index.plan.files import read
from marra.index.projection.ground import ground
from marra.index.projection.scenario import scenario
from marra.kit.errors import NotFound
from marra.kit.text import gettext_noop

ODDS: Final = 0.5
FILE: Final = "namuna.toml"
CHANGES: Final[tuple[tuple[str, Mapping[str, float]], ...]] = (
    ("Xizmatlar kuchaysa", {"osi": 0.9}),
    ("Taʼlim maʼlumotlari tuzatilsa", {"hci": 0.88}),
)
SEED, FUTURES = 1, 2_000


class NoAnswer(NotFound):
    """The planner did not come to its turn."""

    sentence = gettext_noop(
        "The planner is at work on something else, so the example has no plan yet. Try again."
    )


def scenes() -> Iterator[Scene]:
    """From the portfolio to the plan in force, its assignments and its review."""
    yield -60, _open
    yield -56, _keep
    yield -38, _adopt
    yield -37, _review
    yield -10, _imagine
    yield -9, _seal


def file(stage: Stage) -> bytes:
    """The portfolio, with the years of today."""
    year = stage.now.year
    told = text("plan.toml").replace("NOW", str(year)).replace("NEXT", str(year + 1))
    return told.replace("PLACE", stage.place).encode()


def work_out(stage: Stage) -> None:
    """Have the planner answer what the pages of the plan will ask of the portfolio."""
    portfolio = read(FILE, file(stage))
    for edition in futures.goal_editions():
        for odds in (0.8, ODDS):
            asked = _question(stage, edition, odds)
            answers.ask(asked, portfolio)
        answers.ask(asked.frontier(), portfolio)
    answers.work()


def _question(stage: Stage, edition: int, odds: float) -> Question:
    told = digest(document.written(read(FILE, file(stage))))
    return Question(told, stage.place, settings.GOAL_RANK, edition, odds=odds)


def _open(stage: Stage, at: datetime) -> None:
    analyst = stage.stamp("namuna.tahlilchi", at)
    made = portfolios.open_portfolio(analyst, name=FILE, content=file(stage), note=marked("Sinov"))
    portfolios.show_portfolio(analyst, made.portfolio.code, is_public=True)
    stage.made["toplam"] = made.code


def _keep(stage: Stage, at: datetime) -> None:
    """Two plans: one is proposed to a session, the other stays a draft."""
    analyst, version = stage.stamp("namuna.tahlilchi", at), stage.made["toplam"]
    last, *earlier = futures.goal_editions()
    plan = plans.keep_plan(
        analyst, version, made=_made(stage, last), title=marked("30-oʻringa yoʻl")
    )
    plans.move_plan(analyst, plan.code, move="propose")
    stage.made["reja"] = plan.code
    for edition in earlier:
        title = marked("30-oʻringa yoʻl, ertaroq")
        plans.keep_plan(analyst, version, made=_made(stage, edition), title=title)


def _made(stage: Stage, edition: int) -> Made:
    """What the planner found, as the Commission records it."""
    found = answers.find(_question(stage, edition, ODDS))
    if not isinstance(found, Answer):
        raise NoAnswer
    asked, grounds = found.question, found.grounds
    return Made(
        goal=Goal(asked.place, asked.k, asked.edition, asked.odds, asked.budget),
        chosen=tuple((step.code, step.start) for step in found.steps),
        odds=found.odds,
        odds_check=found.odds_check,
        seed=grounds.seed,
        futures=grounds.futures,
        data_version=grounds.data_version,
        edition_version=grounds.edition_version,
        method_version=grounds.method_version,
        seed_check=grounds.seed_check,
    )


def _adopt(stage: Stage, at: datetime) -> None:
    """The chair adopts what the session accepted; its initiatives become assignments."""
    chair, secretary = stage.stamp("namuna.rais", at), stage.stamp("namuna.kotib", at)
    plan = plans.move_plan(chair, stage.made["reja"], move="adopt")
    chosen = [each["initiative"] for each in plan.chosen]
    proposals.put_into_plan(secretary, stage.made["qidiruv"], plan=plan.code, initiative=chosen[0])
    written = tomllib.loads(file(stage).decode())["initiatives"]
    leads = {each["code"]: each["body"] for each in written}
    followup.open_assignments(secretary, plan.code, leads=leads)


def _review(stage: Stage, at: datetime) -> None:
    followup.review(terminal(at), stage.made["reja"])


def _imagine(stage: Stage, at: datetime) -> None:
    """Scenarios of an analyst; the first can be read by whoever has its address."""
    analyst, survey = stage.stamp("namuna.tahlilchi", at), releases.survey(releases.latest())
    own = ground(futures.futures(), stage.place, settings.GOAL_RANK)
    by = futures.goal_editions()[-1]
    made = [
        scenarios.keep_scenario(
            analyst, title=marked(title), found=scenario(survey, own, changes, by=by)
        )
        for title, changes in CHANGES
    ]
    scenarios.share_scenario(analyst, made[0].code, is_public=True)


def _seal(stage: Stage, at: datetime) -> None:
    """A forecast of the next edition, kept so that nobody can say later it was otherwise."""
    seal_forecast(
        stage.stamp("namuna.administrator", at),
        title=marked("Keyingi soʻrov"),
        edition=futures.editions()[0],
        place=stage.place,
        k=settings.GOAL_RANK,
        seed=SEED,
        futures=FUTURES,
    )
