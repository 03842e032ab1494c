"""`marra plan`: work out what the pages of plans ask for, before or when somebody asks."""

import os
from time import perf_counter
from typing import Final

import click
from django.conf import settings

from marra.commission.queries import answers, futures
from marra.commission.queries.sources import source
from marra.commission.rules.questions import USUAL, Question
from marra.door import terminal_stamp

GIVES_WAY: Final = 10
"""How far the planner stands back behind the server on a busy machine."""


@click.group()
def plan() -> None:
    """Plans: work out what pages ask for."""


@plan.command()
def warm() -> None:
    """Work out the plan that the page shows first, so that no reader waits for it."""
    found = source(terminal_stamp())
    for edition in futures.goal_editions():
        asked = Question(
            found.digest, found.portfolio.place, settings.GOAL_RANK, edition, odds=USUAL
        )
        answers.ask(asked, found.portfolio)
        answers.ask(asked.frontier(), found.portfolio)
    _work()


@plan.command()
@click.option("--held", is_flag=True, hidden=True, help="Whoever calls holds the lock for us.")
def work(*, held: bool) -> None:
    """Work out what pages have asked for, unless another process is at it."""
    _work(held=held)


def _work(*, held: bool = False) -> None:
    os.nice(GIVES_WAY)
    began = perf_counter()
    done = answers.work(_tell, held=held)
    click.echo(f"Worked out in {perf_counter() - began:.1f} s: {done}.", err=True)


def _tell(question: Question) -> None:
    asked = f"odds {question.odds}" if question.odds else question.kind.value
    click.echo(f"Place {question.k} in {question.edition}, {asked} …", err=True)
