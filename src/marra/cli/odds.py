"""`marra index uncertainty` and `sensitivity`: how firm a place is, and what moves it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
import numpy as np
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from marra.cli.figures import (
    AS_JSON,
    COUNTRY,
    DATABASE,
    EDITION,
    SEED,
    foot,
    name_of,
    show_json,
    show_table,
    survey,
    versions,
)

if TYPE_CHECKING:
    from marra.index.sensitivity import Sensitivity
    from marra.index.uncertainty import Uncertainty

CERTAIN = click.option(
    "--certain",
    type=click.Choice(["weights", "normalisation", "data"]),
    multiple=True,
    help="Take this as certain; may be repeated.",
)
PLACE = click.option("--to-rank", "k", type=int, default=30, help="The goal; 30 by default.")
MIDDLES = (0.5, 0.8, 0.95)


@contextmanager
def progress(says: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on stderr while draws are made; silent where nobody watches."""
    console = Console(stderr=True)
    columns = (TextColumn(says), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(says, total=total)
        yield lambda done: bar.update(task, advance=done)


@click.command()
@COUNTRY
@EDITION
@click.option("--draws", type=int, default=10_000, help="How many draws; 10 000 by default.")
@PLACE
@CERTAIN
@SEED
@DATABASE
@AS_JSON
def uncertainty(
    country: str,
    edition: int | None,
    draws: int,
    k: int,
    certain: tuple[str, ...],
    seed: int,
    *,
    database: bool,
    as_json: bool,
) -> None:
    """How firmly a country stands if weights, scaling and figures are uncertain."""
    from marra.index.noise import sizes
    from marra.index.uncertainty import uncertainty as drawn

    of = survey(edition, database=database)
    with progress("Drawing", draws) as tell:
        found = drawn(
            of,
            country,
            rng=np.random.default_rng(seed),
            draws=draws,
            k=k,
            assumed=sizes(of).without(*certain),
            progress=tell,
        )
    if as_json:
        show_json(_told(found))
        return
    show_table(
        f"{name_of(country)} in {found.edition}: published rank {found.rank}, "
        f"median {found.median} of {found.draws} draws",
        ("of the draws", "best rank", "worst rank"),
        [(f"middle {share:.0%}", *found.interval(share)) for share in MIDDLES]
        + [(f"{found.chance:.1%}", 1, k)],
    )
    foot(found)


def _told(found: "Uncertainty") -> dict[str, Any]:
    last = np.flatnonzero(found.shares).max() + 1
    return {
        "country": found.place,
        "edition": found.edition,
        "rank": found.rank,
        "median": found.median,
        "mean": found.mean,
        "intervals": {f"{share:.0%}"[:-1]: found.interval(share) for share in MIDDLES},
        "k": found.k,
        "probability": found.chance,
        "distribution": [float(share) for share in found.shares[:last]],
        "draws": found.draws,
        "seed": found.seed,
        "left_out": found.left_out,
        "held": found.held,
        "sizes": found.sizes,
        **versions(found),
    }


@click.command()
@COUNTRY
@EDITION
@click.option("--n", type=int, default=1024, help="Points of the sample, a power of two.")
@PLACE
@SEED
@DATABASE
@AS_JSON
def sensitivity(
    country: str,
    edition: int | None,
    n: int,
    k: int,
    seed: int,
    *,
    database: bool,
    as_json: bool,
) -> None:
    """Which uncertainty moves a country's rank, and its odds of the goal: Sobol indices."""
    from marra.index.sensitivity import evaluations
    from marra.index.sensitivity import sensitivity as shared

    of = survey(edition, database=database)
    with progress("Evaluating", evaluations(of, n)) as tell:
        found = shared(
            of,
            country,
            rng=np.random.default_rng(seed),
            n=n,
            k=k,
            progress=tell,
        )
    if as_json:
        told = {name: getattr(found, name) for name in found.__slots__ if name != "place"}
        show_json({"country": country, **told})
        return
    _show(found)
    foot(found)


def _show(found: "Sensitivity") -> None:
    show_table(
        f"What moves the rank of {name_of(found.place)} in {found.edition} "
        f"(mean {found.rank_mean:.1f}, deviation {found.rank_deviation:.1f})",
        ("factor", "first", "total", "±", f"first, P(<= {found.k})", "total"),
        [
            (
                each.says,
                f"{each.rank.first:.3f}",
                f"{each.rank.total:.3f}",
                f"{each.rank.total_error:.3f}",
                _known(each.chance.first),
                _known(each.chance.total),
            )
            for each in found.strongest()
        ],
    )
    if found.chance in (0.0, 1.0):
        word = "Always" if found.chance else "Never"
        told = f"{word} place {found.k} or better in this sample: its odds do not vary."
        click.echo(told, err=True)


def _known(index: float) -> str:
    return "–" if np.isnan(index) else f"{index:.3f}"
