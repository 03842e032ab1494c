"""`marra index nowcast` and `hindcast`: what inputs that are out say of an edition that is not."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from marra.cli.figures import (
    AS_JSON,
    COUNTRY,
    DATABASE,
    SEED,
    foot,
    name_of,
    show_json,
    show_table,
    surveys,
    versions,
)

if TYPE_CHECKING:
    from marra.index.projection.hindcast import Hindcast
    from marra.index.projection.nowcast import Nowcast
    from marra.index.projection.sheets import Series

INPUTS: Final = click.option(
    "--inputs",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A table of newer inputs: edition, place, indicator, value, source, data_year.",
)


@click.command()
@COUNTRY
@click.option("--edition", type=int, help="The edition to come; the next one by default.")
@INPUTS
@DATABASE
@AS_JSON
def nowcast(
    country: str, edition: int | None, inputs: Path | None, *, database: bool, as_json: bool
) -> None:
    """TII and HCI of the coming edition, from inputs that are published before it."""
    from marra.index.components import components
    from marra.index.projection.nowcast import nowcast as told
    from marra.index.projection.panel import EVERY

    known = surveys(database=database)
    found = told(edition or max(known) + EVERY, components(inputs), known)
    parts = found.of(country)
    if as_json:
        about = {"country": country, "name": name_of(country), "edition": found.target}
        show_json({**about, "parts": parts, **_about(found)})
        return
    show_table(
        f"{name_of(country)} in {found.target}, on the scale of {found.origin}",
        ("part", "published", "expected", "middle 80 %", "from inputs"),
        [
            (
                each.part.upper(),
                each.published,
                each.expected,
                f"{each.low:.3f} to {each.high:.3f}",
                "yes" if each.from_inputs else "no",
            )
            for each in parts
        ],
    )
    show_table("What is known of the inputs", HEAD, [_line(each) for each in found.series])
    foot(found)


HEAD: Final = ("input", "state", "countries", "data year", "sources")


def _line(series: "Series") -> tuple[object, ...]:
    return (
        series.name,
        series.state.value,
        series.countries,
        series.data_year,
        ", ".join(series.sources),
    )


def _about(found: "Nowcast") -> dict[str, Any]:
    return {
        "origin": found.origin,
        "formula": found.formula,
        "inputs": found.series,
        "missing": found.missing,
        "left_out": found.left_out,
        "method_version": found.method_version,
        **versions(found),
    }


@click.command()
@click.option("--futures", type=int, default=2000, help="Futures of each forecast; 2 000.")
@click.option("--own-formula", is_flag=True, help="As if changes of the formula were announced.")
@click.option("--as-late-as", type=int, help="Make inputs as late as they are for this edition.")
@INPUTS
@SEED
@DATABASE
@AS_JSON
def hindcast(
    futures: int,
    as_late_as: int | None,
    inputs: Path | None,
    seed: int,
    *,
    own_formula: bool,
    database: bool,
    as_json: bool,
) -> None:
    """What inputs known in advance would have been worth in past editions."""
    from marra.index.components import components
    from marra.index.projection.hindcast import NAMES
    from marra.index.projection.hindcast import hindcast as tested

    found = tested(
        surveys(database=database),
        components(inputs),
        seed=seed,
        futures=futures,
        own_formula=own_formula,
        as_late_as=as_late_as,
    )
    if as_json:
        show_json(_hindcast(found))
        return
    show_table(
        "Rank forecasts made from past editions, means over the origins; all 193 countries",
        ("years", "forecast", "MAE", "CRPS", "in 80 %", "width", "CRPS 20-100"),
        [_row(found, years, name) for years in found.horizons for name in NAMES],
    )
    foot(found)


def _row(found: "Hindcast", years: int, name: str) -> tuple[object, ...]:
    whole, zone = found.horizon(years, name), found.horizon(years, name, zone=True)
    return (
        f"+{years}",
        name,
        f"{whole.rank_mae:.2f}",
        f"{whole.rank_crps:.2f}",
        f"{whole.coverage_80:.1%}",
        f"{whole.width_80:.1f}",
        f"{zone.rank_crps:.2f}",
    )


def _hindcast(found: "Hindcast") -> dict[str, Any]:
    from marra.index.projection.hindcast import NAMES

    return {
        "horizons": [
            {"horizon": years, **{name: found.horizon(years, name) for name in NAMES}}
            for years in found.horizons
        ],
        "by_origin": found.cells,
        "inputs": {target: each.series for target, each in found.evidence.items()},
        "ridge": found.ridge,
        "own_formula": found.own_formula,
        "as_late_as": found.as_late_as,
        "futures": found.futures,
        "seed": found.seed,
        "method_version": found.method_version,
        **versions(found),
    }
