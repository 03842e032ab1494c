"""`marra index plan` and `frontier`: what to begin when, at what cost, for which odds."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
import numpy as np

from marra.cli.figures import (
    AS_JSON,
    DATABASE,
    SEED,
    CountryName,
    name_of,
    show_json,
    show_table,
    surveys,
)
from marra.cli.projection import NOWCAST

if TYPE_CHECKING:
    from marra.index.plan.case import Case, Plan
    from marra.index.plan.frontier import Frontier
    from marra.index.plan.portfolio import Portfolio
    from marra.index.plan.relaxed import Relaxation

FRESH: Final = 1
"""How far the seed of the check lies from the seed of the plan."""

KINDS: Final = {
    "budget": "{amount} UZS more from {name} {year}",
    "capacity": "{amount} more hands in {name} {year}",
    "starts": "every start {amount} years earlier",
    "edition": "{amount} years more: the edition of {year}",
    "limits": "raising {amount} limits together, as --json lists them",
    "effects": "more or stronger initiatives: without any limit these reach {amount}",
    "odds": "lower odds: {amount} is the best within the limits",
}
Verb = Callable[..., None]


def asked(verb: Verb) -> Verb:
    """What both verbs are asked: the file, the goal, the country and the futures."""
    file = click.argument(
        "file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
    )
    options = (
        click.option("--top", type=int, default=30, help="The goal: this place or better; 30."),
        click.option("--by", type=int, default=2030, help="The edition; 2030 by default."),
        click.option("--country", type=CountryName(), help="The portfolio's own by default."),
        click.option(
            "--futures", type=int, default=10_000, help="How many futures; 10 000 by default."
        ),
        SEED,
        NOWCAST,
        DATABASE,
        AS_JSON,
    )
    for option in reversed((file, *options)):
        verb = option(verb)
    return verb


@click.command()
@asked
@click.option("--odds", type=float, help="The odds to reach, 0 to 1; 0.8 by default.")
@click.option("--budget", type=float, help="UZS in all: the best odds for it instead.")
def plan(file: Path, *, odds: float | None, budget: float | None, **asks: Any) -> None:
    """The cheapest plan for some odds of a place, or the best odds for some money."""
    from marra.index.plan.search import OutOfReach, best_for, cheapest
    from marra.index.projection.panel import EVERY

    if odds is not None and budget is not None:
        raise click.UsageError("Give --odds or --budget, not both.")
    wished = 0.8 if odds is None else odds
    with quiet():
        cases, fresh = _cases(file, **asks)
        of = cases[-1]
        try:
            found = cheapest(of, wished) if budget is None else best_for(of, budget)
        except OutOfReach as refusal:
            found, reached = refusal.best, str(refusal)
        else:
            reached = ""
        told = _told(cases, fresh, found, asks["seed"])
        later = {**asks, "by": asks["by"] + EVERY}
        ways = _ways(of, wished, _cases(file, **later)[0][-1:]) if reached else []
    if asks["as_json"]:
        show_json(told | ({"reached": False, "relax": ways} if reached else {"reached": True}))
    else:
        _show(of, found, told)
    if reached:
        _say_out_of_reach(reached, ways)
        sys.exit(1)


@click.command()
@asked
@click.option("--points", type=int, default=20, help="How many plans at most; 20 by default.")
def frontier(file: Path, *, points: int, **asks: Any) -> None:
    """What odds of a place cost, from doing nothing to the best within the limits."""
    from marra.index.plan.frontier import frontier as drawn

    with quiet():
        cases, fresh = _cases(file, **asks)
        found = drawn(cases[-1], points)
        rows = [_told(cases, fresh, each, asks["seed"]) for each in found.plans]
    if asks["as_json"]:
        show_json(rows)
        return
    _show_frontier(cases[-1], found, rows)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep from stdout what the solver's library writes there past Python, for its makers."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _cases(
    file: Path,
    *,
    top: int,
    by: int,
    country: str | None,
    futures: int,
    seed: int,
    nowcast: bool,
    database: bool,
    as_json: bool,  # noqa: ARG001 - one set of options serves both
) -> tuple[list["Case"], "Case"]:
    """The portfolio before the futures of each edition, and before fresh ones of the last."""
    from marra.index.plan.case import case
    from marra.index.plan.files import read
    from marra.index.projection import project as projection

    portfolio = read(file.name, file.read_bytes())
    known, place = surveys(database=database), country or portfolio.place
    simulate = projection.project_informed if nowcast else projection.project

    def before(given: int, *, last: bool) -> list["Case"]:
        drawn = simulate(known, to=by, rng=np.random.default_rng(given), futures=futures)
        return [
            case(
                portfolio,
                drawn.stakes(known[max(known)], place, edition, top),
                rng=np.random.default_rng([given, 1]),  # the same luck in every edition
            )
            for edition in drawn.editions[-last:]
        ]

    return before(seed, last=False), before(seed + FRESH, last=True)[0]


def _told(cases: "list[Case]", fresh: "Case", found: "Plan", seed: int) -> dict[str, Any]:
    """A plan as JSON tells it."""
    from marra.index.plan.case import odds_of

    portfolio = cases[-1].portfolio
    return {
        "country": found.place,
        "edition": found.edition,
        "top": found.k,
        "chosen": [
            {name: getattr(step, name) for name in step.__slots__}
            | {"title": _title(portfolio, step.code)}
            for step in found.steps
        ],
        "cost": found.cost,
        "odds": found.odds,
        "odds_check": odds_of(fresh, found),
        "odds_before": found.odds_before,
        "editions": [
            {
                "edition": each.stakes.edition,
                "odds": odds_of(each, found),
                "odds_before": each.before,
            }
            for each in cases
        ],
        "spending": [_use(use) for use in found.uses if use.kind == "budget"],
        "load": [_use(use) for use in found.uses if use.kind == "capacity"],
        "exact": found.exact,
        "futures": found.futures,
        "seed": seed,
        "seed_check": seed + FRESH,
        "data_version": found.data_version,
        "edition_version": found.edition_version,
        "method_version": found.method_version,
    }


def _use(use: Any) -> dict[str, Any]:
    return {"name": use.name, "year": use.year, "amount": use.amount, "limit": use.limit}


def _title(portfolio: "Portfolio", code: str) -> str:
    title = portfolio.named(code).title
    return title if isinstance(title, str) else title.into("en")


def _ways(of: "Case", odds: float, later: "Sequence[Case]") -> list[dict[str, Any]]:
    from marra.index.plan.relaxed import relaxations

    return [_way(each) for each in relaxations(of, odds, later)]


def _way(each: "Relaxation") -> dict[str, Any]:
    return {
        "kind": each.kind,
        "name": each.name,
        "year": each.year,
        "amount": each.amount,
        "raises": [
            {"name": one.name, "year": one.year, "amount": one.amount} for one in each.raises
        ],
        "cost": each.plan.cost,
        "odds": each.plan.odds,
    }


def _say_out_of_reach(reached: str, ways: Sequence[dict[str, Any]]) -> None:
    click.echo(reached, err=True)
    for way in ways:
        amount = (
            f"{way['amount']:.1%}"
            if way["kind"] in ("odds", "effects")
            else f"{way['amount']:,.6g}"
        )
        year = way["year"] or "in all years"
        said = KINDS[way["kind"]].format(amount=amount, name=way["name"] or "all", year=year)
        click.echo(f"Would do: {said}", err=True)


def _show(of: "Case", found: "Plan", told: dict[str, Any]) -> None:
    years = range(
        min((step.start for step in found.steps), default=found.edition), found.edition + 1
    )
    show_table(
        f"{name_of(found.place)}: place {found.k} or better in {found.edition} with odds of "
        f"{found.odds:.1%} (without a plan {found.odds_before:.1%}; "
        f"fresh futures {told['odds_check']:.1%}) for {found.cost:,.0f} UZS",
        ("code", "initiative", "start", "".join(f"{year % 100:02}" for year in years), "UZS"),
        [
            (
                step.code,
                _title(of.portfolio, step.code),
                step.start,
                "".join(_mark(step, year) for year in years),
                f"{step.cost:,.0f}",
            )
            for step in found.steps
        ],
    )
    show_table(
        "Taken of each source and group",
        ("of", "year", "taken", "limit"),
        [
            (use.name or "–", use.year, _amount(use.amount), _amount(use.limit))
            for use in found.uses
        ],
    )
    for each in told["editions"][:-1]:
        click.echo(
            f"In {each['edition']}: odds {each['odds']:.1%}, without a plan "
            f"{each['odds_before']:.1%}",
            err=True,
        )
    _foot(told, "every plan was looked at" if found.exact else "searched, not proved cheapest")


def _mark(step: Any, year: int) -> str:
    """Two cells of the timeline: at work, then waiting to be seen, then seen."""
    if step.start <= year <= step.end:
        return "██"
    if year < step.start:
        return "· "
    return "✓ " if year >= step.ready else "░░"


def _amount(amount: float | None) -> str:
    if amount is None:
        return "none"
    return f"{amount:,.0f}" if amount >= 1000 else f"{amount:g}"


def _show_frontier(of: "Case", found: "Frontier", rows: list[dict[str, Any]]) -> None:
    show_table(
        f"{name_of(of.stakes.place)}: what odds of place {of.stakes.k} or better "
        f"in {of.stakes.edition} cost",
        ("UZS", "odds", "fresh futures", "initiatives"),
        [
            (f"{row['cost']:,.0f}", f"{row['odds']:.1%}", f"{row['odds_check']:.1%}",
             len(row["chosen"]))
            for row in rows
        ],
    )  # fmt: skip
    _foot(rows[0], "every plan was looked at" if found.exact else "searched, not proved cheapest")


def _foot(told: dict[str, Any], how: str) -> None:
    click.echo(
        f"{told['futures']} futures, seed {told['seed']}, checked with seed "
        f"{told['seed_check']}; {how}; data {told['data_version']}, "
        f"method {told['method_version']}",
        err=True,
    )
