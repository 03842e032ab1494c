"""`marra data seal`, `marra data forecasts`: say before a survey what comes, and be judged."""

import json
import sys
from typing import TYPE_CHECKING, Any

import click
from django.conf import settings
from rich.console import Console
from rich.table import Table

from marra.door import terminal_stamp
from marra.evidence.actions import forecasts as actions
from marra.evidence.queries import forecasts as queries

if TYPE_CHECKING:
    from marra.evidence.models.releases import Forecast, Score

PROOFS = ("intact", "in_journal")
FIGURES = ("rank_mae", "rank_crps", "coverage_80", "width_80", "brier", "rank", "log_score")


@click.command()
@click.option("--edition", type=int, required=True, help="The year of an edition to come.")
@click.option("--title", default="", help="What it is called; readers will see it.")
@click.option("--country", default=lambda: settings.COUNTRY, help="Whom it is made for (alpha-3).")
@click.option("--top", default=lambda: settings.GOAL_RANK, type=int, help="The goal: a place.")
@click.option("--seed", default=0, type=click.IntRange(0, 2**63 - 1), help="Seed of the draws.")
@click.option("--futures", default=10_000, help="How many futures are drawn.")
@click.option("--nowcast", is_flag=True, help="Take inputs that are out already into account.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def seal(
    edition: int,
    title: str,
    country: str,
    top: int,
    seed: int,
    futures: int,
    *,
    nowcast: bool,
    as_json: bool,
) -> None:
    """Seal a forecast of an edition that has not appeared; it is scored when it does."""
    made = actions.seal_forecast(
        terminal_stamp(),
        edition=edition,
        place=country.upper(),
        k=top,
        seed=seed,
        futures=futures,
        nowcast=nowcast,
        title=title or f"{country.upper()} {edition}",
    )
    if as_json:
        _print(_told(made))
    click.echo(f"Sealed as {made.code}. SHA-256 {made.digest}", err=True)


@click.command()
@click.option("--verify", is_flag=True, help="Take the digests anew, and draw anew where one can.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def forecasts(*, verify: bool, as_json: bool) -> None:
    """List the sealed forecasts with their scores, good or bad.

    With --verify: `intact` says that the text has the digest it was sealed under, `in_journal`
    that the journal has that digest from the same moment, `comes_again` that the same text was
    drawn anew; – where figures or method are others now.
    """
    rows = [
        (each, {**_told(each), **(_verified(each) if verify else {})})
        for each in queries.forecasts()
    ]
    if as_json:
        _print({"forecasts": [row for _, row in rows]})
    else:
        _table(rows, verify=verify)
    forged = [each.code for each, row in rows if not all(row.get(name, True) for name in PROOFS)]
    if forged:
        raise click.ClickException(f"Not as it was sealed: {', '.join(forged)}")


def _told(forecast: "Forecast") -> dict[str, Any]:
    return {
        "forecast": forecast.code,
        "title": forecast.title,
        "edition": forecast.edition,
        "origin": forecast.origin,
        "country": forecast.place,
        "top": forecast.k,
        "p_top": queries.sealed(forecast).chance(forecast.place, forecast.k),
        "futures": forecast.futures,
        "seed": forecast.seed,
        "nowcast": forecast.nowcast,
        "method_version": forecast.method_version,
        "data_version": forecast.data_version,
        "edition_version": forecast.edition_version,
        "sha256": forecast.digest,
        "sealed_at": forecast.sealed_at.isoformat(),
        "sealed_by": forecast.sealed_by,
        "scores": [_scored(each) for each in forecast.scores.all()],
    }


def _scored(score: "Score") -> dict[str, Any]:
    return {
        "release": score.release.code,
        "withdrawn": score.release.withdrawn_at is not None,
        "of": score.subject,
        "countries": score.countries,
        **{name: getattr(score, name) for name in FIGURES},
    }


def _verified(forecast: "Forecast") -> dict[str, bool | None]:
    return {
        "intact": queries.is_intact(forecast),
        "in_journal": queries.is_in_journal(terminal_stamp(), forecast),
        "comes_again": queries.comes_again(forecast),
    }


def _table(rows: list[tuple["Forecast", dict[str, Any]]], *, verify: bool) -> None:
    if not rows:
        click.echo("No forecast is sealed.", err=True)
        return
    asked = (*PROOFS, "comes_again") if verify else ()
    table = Table("forecast", "sealed", "chance", "rank CRPS (persistence)", *asked, box=None)
    for forecast, row in rows:
        table.add_row(
            forecast.code,
            row["sealed_at"][:10],
            f"{row['p_top']:.1%}",
            _crps(forecast) or "waits",
            *({True: "yes", False: "NO", None: "–"}[row[name]] for name in asked),
        )
    Console(width=None if sys.stdout.isatty() else 120).print(table)


def _crps(forecast: "Forecast") -> str:
    """Each release's score, and that of persistence behind it."""
    return "\n".join(
        f"{each.projection.rank_crps:.2f} ({each.persistence.rank_crps:.2f})"
        + (" withdrawn" if each.withdrawn else "")
        for each in queries.judged(forecast)
    )


def _print(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
