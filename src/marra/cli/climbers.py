"""`marra index climbers`: who stood where a country stands and reached the goal in time."""

from typing import Any

import click

from marra.cli.figures import (
    AS_JSON,
    COUNTRY,
    DATABASE,
    EDITION,
    foot,
    name_of,
    show_json,
    show_table,
    survey,
    surveys,
    versions,
)
from marra.index import RankGains, ReferenceClass, climb, rank_gains, reference_class
from marra.index.reference_class import SINCE, Episode, Share, band_of, read_band, widened

GROUPS = ("reached", "from_outside", "passed")
QUANTILES = (0.5, 0.75, 0.9, 0.95, 0.99)


@click.command()
@COUNTRY
@EDITION
@click.option("--to-rank", "goal", type=int, default=30, help="The goal; 30 by default.")
@click.option("--years", type=int, default=6, help="Between the editions; 6 by default.")
@click.option("--band", default="", help="Starting places, as in 50-75; around its own if none.")
@click.option("--since", type=int, default=SINCE, help=f"The first start; {SINCE} by default.")
@DATABASE
@AS_JSON
def climbers(
    country: str,
    edition: int | None,
    goal: int,
    years: int,
    band: str,
    since: int,
    *,
    database: bool,
    as_json: bool,
) -> None:
    """Who stood where a country stands and reached the goal in so many years."""
    now, known = survey(edition, database=database), surveys(database=database)
    places = read_band(band) or band_of(now, country, goal=goal)
    found = reference_class(known, places, goal=goal, years=years, since=since)
    told = {name: [_told(each, goal, known) for each in getattr(found, name)] for name in GROUPS}
    if as_json:
        wide = rank_gains(known, widened(places, len(now.places)), years=years, since=since)
        show_json({"country": country, "edition": now.year, **_counted(found, wide), **told})
        return
    _show(found, [row for name in GROUPS for row in told[name]])


def _counted(found: ReferenceClass, gains: RankGains) -> dict[str, Any]:
    quantiles = {str(share): gains.quantile(share) for share in QUANTILES if gains.values}
    return {
        "band": found.band,
        "goal": found.goal,
        "years": found.years,
        "since": found.since,
        "share": found.share,
        "within": found.within,
        "countries": found.countries,
        "by_edition": {
            year: {"starts": starts, "reached": reached}
            for year, (starts, reached) in found.by_edition.items()
        },
        "gains": {"band": gains.band, "starts": len(gains.values), "quantiles": quantiles},
        **versions(found),
    }


def _show(found: ReferenceClass, rows: list[dict[str, Any]]) -> None:
    show_table(
        f"From places {found.band[0]}-{found.band[1]} to place {found.goal} in {found.years} "
        f"years: {_written(found.share)}",
        ("country", "from", "to", "rank", "gained", "moved most", "stayed"),
        [
            (
                name_of(row["country"]),
                row["since"],
                row["until"],
                f"{row['rank_before']} > {row['rank_after']}",
                row["places"],
                row["moved_most"],
                {True: "yes", False: "no", None: "not known yet"}[row["stayed"]],
            )
            for row in rows
        ],
    )
    click.echo(f"In any edition until then: {_written(found.within)}", err=True)
    click.echo(f"Each country counted once: {_written(found.countries)}", err=True)
    click.echo("Starts overlap, so they are not independent.", err=True)
    foot(found)


def _told(each: Episode, goal: int, known: Any) -> dict[str, Any]:
    return {
        "country": each.place,
        "since": each.since,
        "until": each.until,
        "rank_before": each.start,
        "rank_after": each.end,
        "places": each.places,
        "moved_most": climb(known, each.place, each.since, each.until).leading.name,
        "stayed": each.stayed(goal),
        "later": dict(each.later),
    }


def _written(share: Share) -> str:
    percent = "-" if share.value is None else f"{share.value:.1%}"
    return (
        f"{share.reached} of {share.starts} ({percent}; 95 % interval "
        f"{share.low:.1%} to {share.high:.1%})"
    )
