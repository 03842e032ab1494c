"""`marra index project` and `backtest`: where a country may stand, and how good such odds were."""

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import click
import numpy as np

from marra.cli.figures import (
    AS_JSON,
    COUNTRY,
    DATABASE,
    SEED,
    name_of,
    show_json,
    show_table,
    surveys,
)
from marra.cli.odds import progress

if TYPE_CHECKING:
    from marra.index.projection.backtest import Backtest
    from marra.index.projection.futures import Futures, Outlook
    from marra.index.projection.hindcast import Hindcast
    from marra.index.projection.scores import RankScores

TOP = click.option("--top", type=int, default=30, help="The goal: this place or better; 30.")
FUTURES = click.option(
    "--futures", type=int, default=10_000, help="How many futures; 10 000 by default."
)
NOWCAST = click.option(
    "--nowcast/--no-nowcast",
    default=True,
    help="Take inputs of the next edition into account that are out already; the default.",
)
RIVALS: Final = ("persistence", "trend", "ridge")
FEW_SHOCKS: Final = (
    "Twelve editions hold few independent shocks: {windows} pairs of editions lie {horizon} years "
    "apart, and pairs that overlap are not independent. Read the odds to the nearest few percent."
)


@click.command()
@COUNTRY
@click.option("--to", type=int, default=2030, help="The last edition; 2030 by default.")
@TOP
@FUTURES
@SEED
@NOWCAST
@DATABASE
@AS_JSON
def project(
    country: str,
    to: int,
    top: int,
    futures: int,
    seed: int,
    *,
    nowcast: bool,
    database: bool,
    as_json: bool,
) -> None:
    """Where a country may stand in the editions to come, if nothing changes; others move too."""
    from marra.index.projection import project as projection

    simulate = projection.project_informed if nowcast else projection.project
    rng = np.random.default_rng(seed)
    found = simulate(surveys(database=database), to=to, rng=rng, futures=futures)
    told = [found.outlook(country, edition, top) for edition in found.editions]
    if as_json:
        about = {"country": country, "name": name_of(country), "top": top, "origin": found.origin}
        show_json({**about, "editions": [_plain(each) for each in told], **_foot(found)})
        return
    show_table(
        f"{name_of(country)}, if nothing changes: {found.futures} futures from {found.origin}",
        ("edition", f"odds of {top}", "median", "middle 80 %", "EGDI", "needed"),
        [
            (
                each.edition,
                f"{each.p_top:.1%}",
                each.rank_median,
                f"{each.rank_p10} to {each.rank_p90}",
                each.egdi_median,
                each.goal_median,
            )
            for each in told
        ],
    )
    _say_what_it_rests_on(found)


def _plain(outlook: "Outlook") -> dict[str, Any]:
    return asdict(outlook)


def _foot(found: "Futures") -> dict[str, Any]:
    return {
        "futures": found.futures,
        "seed": found.seed,
        "left_out": found.left_out,
        "nowcast": found.evidence is not None,
        "windows": {world.edition: world.learnt.windows for world in found.worlds},
        "method": found.method.name,
        "data_version": found.data_version,
        "edition_version": found.edition_version,
        "method_version": found.method_version,
    }


def _say_what_it_rests_on(found: "Futures") -> None:
    last = found.worlds[-1]
    windows, horizon = len(last.learnt.windows), last.edition - found.origin
    click.echo(FEW_SHOCKS.format(windows=windows, horizon=horizon), err=True)
    if found.evidence is not None:
        click.echo(f"Inputs of {found.editions[0]} that are out already are in it.", err=True)
    click.echo(
        f"{found.futures} futures, seed {found.seed}; data {found.data_version}, "
        f"method {found.method_version}",
        err=True,
    )


@click.command()
@click.option("--futures", type=int, default=2000, help="Futures of each forecast; 2 000.")
@SEED
@DATABASE
@AS_JSON
def backtest(futures: int, seed: int, *, database: bool, as_json: bool) -> None:
    """How good such projections would have been, against today's place, trends and a ridge."""
    from marra.index.components import components
    from marra.index.projection import backtest as past
    from marra.index.projection.hindcast import hindcast

    known = surveys(database=database)
    with progress("Forecasting the past", past.steps(known)) as tell:
        found = past.backtest(known, seed=seed, futures=futures, progress=tell)
    informed = hindcast(known, components(), seed=seed, futures=futures)
    if as_json:
        show_json(_backtest(found, informed))
        return
    rows = [
        row
        for years in found.horizons
        for row in (
            *(_row(years, name, found.horizon) for name in ("projection", *RIVALS)),
            _row(years, "nowcast", informed.horizon, "informed"),
        )
    ]
    show_table(
        "Rank forecasts made from past editions, means over the origins; all 193 countries",
        ("years", "forecast", "MAE", "CRPS", "in 80 %", "width", "Brier", "CRPS 20-100"),
        rows,
    )
    click.echo(CHOSEN_HOW.format(candidates=found.candidates), err=True)
    click.echo(NOT_OF_THE_TIME, err=True)
    click.echo(
        f"{found.futures} futures, seed {found.seed}; data {found.data_version}, "
        f"method {found.method_version}",
        err=True,
    )


CHOSEN_HOW: Final = (
    "The method at each origin was chosen among {candidates} on the other origins only."
)


NOT_OF_THE_TIME: Final = (
    "nowcast: with inputs of the next edition that were out, by the formula known then; some of "
    "them were revised since. See marra index hindcast."
)


def _row(
    years: int, name: str, scores: Callable[..., "RankScores"], called: str = ""
) -> tuple[object, ...]:
    whole, zone = (scores(years, called or name, zone=zone) for zone in (False, True))
    return (
        f"+{years}",
        name,
        f"{whole.rank_mae:.2f}",
        f"{whole.rank_crps:.2f}",
        f"{whole.coverage_80:.1%}",
        f"{whole.width_80:.1f}",
        f"{whole.brier:.4f}",
        f"{zone.rank_crps:.2f}",
    )


def _backtest(found: "Backtest", informed: "Hindcast") -> dict[str, Any]:
    return {
        "horizons": [_horizon(found, informed, years) for years in found.horizons],
        "by_origin": [
            {
                "origin": cell.origin,
                "horizon": cell.horizon,
                "method": cell.method.name,
                **{name: asdict(scores) for name, scores in cell.scores.items()},
            }
            for cell in found.cells
        ],
        "chosen": CHOSEN_HOW.format(candidates=found.candidates),
        "nowcast": NOT_OF_THE_TIME,
        "futures": found.futures,
        "seed": found.seed,
        "data_version": informed.data_version,
        "edition_version": found.edition_version,
        "method_version": found.method_version,
    }


def _horizon(found: "Backtest", informed: "Hindcast", years: int) -> dict[str, Any]:
    def told(*, zone: bool) -> dict[str, Any]:
        rivals = {name: asdict(found.horizon(years, name, zone=zone)) for name in RIVALS}
        nowcast = asdict(informed.horizon(years, zone=zone))
        return {**asdict(found.horizon(years, zone=zone)), **rivals, "nowcast": nowcast}

    origins = [cell.origin for cell in found.cells if cell.horizon == years]
    return {
        "horizon": years,
        "origins": origins,
        **told(zone=False),
        "zone_20_100": told(zone=True),
    }
