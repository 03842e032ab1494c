"""`marra index scenario`: what the odds become if a country has other figures by an edition."""

from typing import TYPE_CHECKING

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
from marra.cli.projection import FUTURES, NOWCAST, TOP
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

if TYPE_CHECKING:
    from marra.index.projection.scenario import Scenario


class NotAValue(Invalid):
    """What follows --set is not a value."""

    sentence = gettext_noop("“{text}” is not a value. Write NAME=VALUE, as in osi=0.9.")


@click.command()
@COUNTRY
@click.option(
    "--set",
    "values",
    multiple=True,
    required=True,
    metavar="NAME=VALUE",
    help="What the country would have, such as osi=0.9 or tii.internet=95; may be repeated.",
)
@click.option("--by", type=int, help="The edition by which it has it; the last one by default.")
@click.option("--to", type=int, default=2030, help="The last edition; 2030 by default.")
@TOP
@FUTURES
@SEED
@NOWCAST
@DATABASE
@AS_JSON
def scenario(
    country: str,
    values: tuple[str, ...],
    by: int | None,
    to: int,
    top: int,
    futures: int,
    seed: int,
    *,
    nowcast: bool,
    database: bool,
    as_json: bool,
) -> None:
    """The odds of a place if a country has these figures by an edition; others move too."""
    from marra.index.projection import project as projection
    from marra.index.projection.ground import ground
    from marra.index.projection.record import written
    from marra.index.projection.scenario import scenario as answer

    simulate = projection.project_informed if nowcast else projection.project
    known, rng = surveys(database=database), np.random.default_rng(seed)
    everyone = simulate(known, to=to, rng=rng, futures=futures)
    changes = dict(_value(text) for text in values)
    found = answer(known[max(known)], ground(everyone, country, top), changes, by=by)
    if as_json:
        told = written(found)
        about = {"country": told.pop("place"), "name": name_of(country), "top": told.pop("k")}
        show_json({**about, **told})
        return
    _show(found)


def _show(found: "Scenario") -> None:
    told = ", ".join(f"{each.name}={each.value:g}" for each in found.given)
    show_table(
        f"{name_of(found.place)} with {told} by {found.by}: {found.futures} futures",
        ("edition", f"odds of {found.k}", "scenario", "median", "scenario", "middle 80 %"),
        [
            (
                at.edition,
                f"{at.before.p_top:.1%}",
                f"{at.after.p_top:.1%}",
                at.before.rank_median,
                at.after.rank_median,
                f"{at.after.rank_p10} to {at.after.rank_p90}",
            )
            for at in found.editions
        ],
    )
    for part in found.at(found.by).parts:
        click.echo(
            f"{part.part}: median {part.before:.4f} to {part.after:.4f}, "
            f"{part.points:+.4f} EGDI, {100 * part.odds:+.1f} points of the odds in {found.by}",
            err=True,
        )
    for each in found.given:
        if each.counted < each.value:
            click.echo(f"{each.name} counts up to {each.counts_to:g} only", err=True)
    click.echo(
        f"{found.futures} futures, seed {found.seed}; data {found.data_version}, "
        f"method {found.method_version}",
        err=True,
    )


def _value(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value.replace(",", "."))
    except ValueError:
        raise NotAValue(text=text) from None
