"""`marra index`: recompute, rank, explain and change the index; everything with `--json`."""

import csv
import sys
from collections.abc import Iterator
from typing import Any, Final

import click

from marra.cli.climbers import climbers
from marra.cli.figures import (
    AS_JSON,
    COUNTRY,
    DATABASE,
    EDITION,
    CountryName,
    foot,
    name_of,
    show_json,
    show_table,
    survey,
    surveys,
    versions,
)
from marra.cli.nowcast import hindcast, nowcast
from marra.cli.odds import sensitivity, uncertainty
from marra.cli.plan import frontier, plan
from marra.cli.portfolio import portfolio
from marra.cli.projection import backtest, project
from marra.cli.scenario import scenario
from marra.index import Survey, explain, rank_shapley, what_if
from marra.index import verify as verify_one
from marra.index.survey import NO_INDEX
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop
from marra.language.search import one_place

MEASURES: Final = ("egdi", "osi", "tii", "hci", "epi")


class NotAChange(Invalid):
    """What follows --set is not a change."""

    sentence = gettext_noop(
        "“{text}” is not a change. Write NAME=VALUE, as in osi=0.9, or COUNTRY:NAME=VALUE."
    )


@click.group()
def index() -> None:
    """The index: ranks, gaps, what-if, uncertainty, checks."""


index.add_command(uncertainty)
index.add_command(climbers)
index.add_command(sensitivity)
index.add_command(portfolio)
index.add_command(project)
index.add_command(backtest)
index.add_command(plan)
index.add_command(frontier)
index.add_command(scenario)
index.add_command(nowcast)
index.add_command(hindcast)


@index.command()
@EDITION
@DATABASE
@AS_JSON
def verify(edition: int | None, *, database: bool, as_json: bool) -> None:
    """Recompute every edition and hold it against what was published; exit 1 if one fails."""
    checks = [verify_one(each) for each in _chosen(edition, database=database)]
    if as_json:
        show_json({"editions": checks, "passed": all(each.passed for each in checks)})
    else:
        head = ("edition", "countries", "max error", "rank mismatches", "exceptions", "result")
        show_table(
            "Every edition recomputed from its published parts",
            head,
            [
                (
                    each.edition,
                    each.countries,
                    f"{each.max_abs_error:.1e}",
                    each.rank_mismatches,
                    len(each.exceptions),
                    "passed" if each.passed else "FAILED",
                )
                for each in checks
            ],
        )
        for each in checks:
            for one in each.recomputed_rank_differences:
                click.echo(
                    f"{each.edition} {one.place}: rank {one.published}, recomputed "
                    f"{one.recomputed}. {one.explanation}",
                    err=True,
                )
    if not all(each.passed for each in checks):
        sys.exit(1)


def _chosen(edition: int | None, *, database: bool) -> list[Survey]:
    if edition is not None:
        return [survey(edition, database=database)]
    return [each for _year, each in sorted(surveys(database=database).items())]


@index.command()
@click.option("--country", type=CountryName(), help="Only this country: code or name.")
@EDITION
@DATABASE
@AS_JSON
def rank(country: str | None, edition: int | None, *, database: bool, as_json: bool) -> None:
    """Published ranks and values, of one country or of all."""
    found = survey(edition, database=database)
    rows = [_row(found, found.at(country))] if country else list(_rows(found))
    if as_json:
        told = {"data_version": found.version, "edition_version": found.edition.version}
        show_json({**rows[0], **told} if country else {"ranking": rows, **told})
        return
    show_table(
        f"{found.edition.title}: {len(rows)} of {len(found.places)} countries",
        ("rank", "country", "code", "EGDI", "OSI", "TII", "HCI", "EPI", "remarks"),
        [
            (r["rank"], name_of(r["country"]), r["country"], *(r[m] for m in MEASURES), _said(r))
            for r in rows
        ],
    )
    click.echo(f"Data {found.version}, method {found.edition.version}", err=True)


def _rows(found: Survey) -> Iterator[dict[str, Any]]:
    order = sorted(range(len(found.places)), key=lambda row: (found.ranks[row], row))
    return (_row(found, row) for row in order)


def _row(found: Survey, row: int) -> dict[str, Any]:
    osi, tii, hci = found.pillars[row].tolist()
    return {
        "country": found.places[row],
        "name": name_of(found.places[row]),
        "edition": found.year,
        "rank": int(found.ranks[row]),
        "egdi": float(found.egdi[row]),
        "osi": osi,
        "tii": tii,
        "hci": hci,
        "epi": float(found.epi[row]),
        "has_index": NO_INDEX not in found.flags[row],
        "flags": sorted(found.flags[row]),
    }


def _said(row: dict[str, Any]) -> str:
    return ", ".join(flag.replace("_", " ") for flag in row["flags"])


@index.command("explain")
@COUNTRY
@EDITION
@click.option("--to-rank", type=int, help="The place to measure the gap to; 30 by default.")
@click.option("--to-country", type=CountryName(), help="A country to measure the gap to.")
@click.option("--to-peers", help="Countries, with commas; the gap to their mean.")
@DATABASE
@AS_JSON
def explain_gap(
    country: str,
    edition: int | None,
    to_rank: int | None,
    to_country: str | None,
    to_peers: str | None,
    *,
    database: bool,
    as_json: bool,
) -> None:
    """What the gap to a place, a country or peers is made of; positive when behind."""
    peers = tuple(one_place(each) for each in to_peers.split(",")) if to_peers else None
    found = explain(
        survey(edition, database=database),
        country,
        to_rank=to_rank,
        to_place=to_country,
        to_peers=peers,
    )
    if as_json:
        show_json({"country": country, **_plain_explanation(found)})
        return
    aim = "place " + str(found.to_rank) + ", " if found.to_rank else ""
    names = ", ".join(name_of(each) for each in found.targets)
    way = "behind" if found.gap >= 0 else "ahead of"
    show_table(
        f"{name_of(country)} is {abs(found.gap):.5f} {way} {aim}{names} ({found.edition})",
        ("part", "points of EGDI", "from"),
        [(each.name, f"{each.value:+.5f}", each.basis) for each in found.contributions]
        + [("gap", f"{found.gap:+.5f}", "recomputed")],
    )
    foot(found)


def _plain_explanation(found: Any) -> dict[str, Any]:
    return {name: getattr(found, name) for name in found.__slots__ if name != "place"}


@index.command("what-if")
@COUNTRY
@EDITION
@click.option(
    "--set",
    "changes",
    multiple=True,
    required=True,
    metavar="[COUNTRY:]NAME=VALUE",
    help="A change, such as osi=0.9 or KAZ:tii.internet=95; may be repeated.",
)
@DATABASE
@AS_JSON
def what_if_changed(
    country: str, edition: int | None, changes: tuple[str, ...], *, database: bool, as_json: bool
) -> None:
    """Change any part or input of any country; everyone is renormalised and ranked again."""
    found = survey(edition, database=database)
    given = dict(_change(text, country) for text in changes)
    result = what_if(found, given)
    before, after = result.before.get(country), result.after.get(country)
    own = {name: value for (place, name), value in given.items() if place == country}
    gains = rank_shapley(found, country, own).gains if len(own) == len(given) else None
    if as_json:
        show_json(
            {
                "country": country,
                "edition": found.year,
                "changes": [
                    {"country": place, "name": name, "value": value}
                    for (place, name), value in given.items()
                ],
                "before": before,
                "after": after,
                "gains": gains,
                "moved": [
                    {"country": p, "before": result.before[p].rank, "after": result.after[p].rank}
                    for p in result.moved
                ],
                "not_renormalised": result.not_renormalised,
                **versions(result),
            }
        )
        return
    names = ("rank", *MEASURES[:4])
    show_table(
        f"{name_of(country)} in {found.year}; {len(result.moved)} countries change their place",
        ("figure", "before", "after"),
        [(name, getattr(before, name, None), getattr(after, name, None)) for name in names],
    )
    for gain in gains or ():
        click.echo(f"{gain.name} brings {gain.places:+.2f} places", err=True)
    foot(result)


def _change(text: str, country: str) -> tuple[tuple[str, str], float]:
    target, _, value = text.rpartition("=")
    place, _, name = target.rpartition(":")
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        raise NotAChange(text=text) from None
    if not name:
        raise NotAChange(text=text)
    return (one_place(place) if place else country, name.strip().lower()), number


@index.command()
@click.argument("countries", nargs=-1, required=True, type=CountryName())
@EDITION
@DATABASE
@AS_JSON
def compare(
    countries: tuple[str, ...], edition: int | None, *, database: bool, as_json: bool
) -> None:
    """Countries side by side in one edition."""
    found = survey(edition, database=database)
    rows = [_row(found, found.at(each)) for each in dict.fromkeys(countries)]
    if as_json:
        told = {"data_version": found.version, "edition_version": found.edition.version}
        show_json({"edition": found.year, "countries": rows, **told})
        return
    show_table(
        found.edition.title,
        ("figure", *(row["name"] for row in rows)),
        [(name, *(row[name] for row in rows)) for name in ("rank", *MEASURES)],
    )
    click.echo(f"Data {found.version}, method {found.edition.version}", err=True)


@index.command()
@EDITION
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv")
@DATABASE
@AS_JSON
def export(edition: int | None, form: str, *, database: bool, as_json: bool) -> None:
    """The published figures of an edition, or of all, as CSV or JSON."""
    chosen = _chosen(edition, database=database)
    rows = [row | {"data_version": each.version} for each in chosen for row in _rows(each)]
    if as_json or form == "json":
        show_json(rows)
        return
    lines = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]), lineterminator="\n")
    lines.writeheader()
    for row in rows:
        lines.writerow({**row, "flags": ";".join(row["flags"])})
