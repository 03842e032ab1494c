"""Make the packaged figures from the reference data, in our own schema.

    MARRA_REFERENCE_DATA=... python scripts/make_figures.py

Digits are kept as published. Written are `index/figures/published.csv` and `inputs.csv`; their
sources and licences stand in `SOURCES.toml` beside them. Written too is `components.csv`: what a
nowcast needs beside them, namely inputs of editions whose inputs are not in `inputs.csv`, those of
the edition to come, and inputs that a formula had left out by then.
"""

import csv
import os
import sys
from pathlib import Path

FIGURES = Path(__file__).parent.parent / "src/marra/index/figures"
SERIES = {
    "internet": "tii.internet",
    "mobile": "tii.mobile",
    "mobile_bb": "tii.mobile_broadband",
    "fixed_bb": "tii.fixed_broadband",
    "fixed_tel": "tii.fixed_telephone",
    "basket_fixed_bb_5GB": "tii.basket_fixed_broadband",
    "basket_mobile_high_2GB": "tii.basket_mobile",
}
# The survey uses the education figures of two years before, as UNDP and UNESCO had them then; ours
# are of later revisions, so the recomputed HCI is near and not exact.
HCI_EDITIONS = (2014, 2016, 2018, 2020, 2022, 2024)
COMING = 2026
EARLIER = (2008, 2010, 2012)
HCI_SERIES = {
    "EYS": "hci.expected_years",
    "MYS": "hci.mean_years",
    "GER.1T8": "hci.enrolment",
    "SE.TOT.ENRR": "hci.enrolment",
    "LR.AG15T99": "hci.literacy",
    "SE.ADT.LITR.ZS": "hci.literacy",
}
BACK = 8
"""How many years before the data year a value may lie, literacy being measured rarely."""

PREFERRED = ("uis_2019", "uis_2024", "wdi_sg", "edstats_2019", "hdr_2122", "hdr_2324")
CONNECTIVITY = {
    "tii.internet": ("IT.NET.USER.ZS", "components_connectivity_wdi.csv"),
    "tii.mobile": ("IT.CEL.SETS.P2", "components_connectivity_wdi.csv"),
    "tii.fixed_broadband": ("IT.NET.BBND.P2", "components_connectivity_wdi.csv"),
    "tii.fixed_telephone": ("IT.MLT.MAIN.P2", "components_connectivity_wdi.csv"),
    "tii.mobile_broadband": ("i271mw_per100_derived", "components_connectivity_itu.csv"),
    "tii.basket_fixed_broadband": ("i154_FBB5_GNI", "components_affordability_itu.csv"),
    "tii.basket_mobile": ("i271mb_high_2GB_GNI", "components_affordability_itu.csv"),
}
WANTED = {
    2008: ("tii.internet", "tii.mobile", "tii.fixed_broadband", "tii.fixed_telephone"),
    2010: ("tii.internet", "tii.mobile", "tii.fixed_broadband", "tii.fixed_telephone"),
    2012: ("tii.internet", "tii.mobile", "tii.fixed_broadband", "tii.fixed_telephone"),
    2014: tuple(CONNECTIVITY)[:5],
    2016: tuple(CONNECTIVITY)[:5],
    2020: ("tii.fixed_telephone",),
    2024: ("tii.fixed_broadband",),
    COMING: (
        "tii.internet",
        "tii.mobile",
        "tii.mobile_broadband",
        "tii.basket_fixed_broadband",
        "tii.basket_mobile",
    ),
}
"""Inputs of TII that stand in no other table, by edition."""

BACK_OF_TII = 4
DECIMALS = 3
"""Of derived figures, which are only compared: more digits would say nothing."""

LITERACY_OF_RICH_COUNTRIES = "99"
"""Most high-income states do not report literacy; the survey filled it with values not known."""


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, head: tuple[str, ...], lines: list[tuple[str, ...]]) -> None:
    with (FIGURES / name).open("w", encoding="utf8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(head)
        out.writerows(lines)
    print(f"{name}: {len(lines)} rows")


def published(folder: Path) -> None:
    lines = [
        (
            row["edition"], row["iso3"], row["rank"], row["egdi"], row["osi"], row["tii"],
            row["hci"], row["epi"], row["flag"],
            "un_datacenter_2024" if row["edition"] == "2024" else "un_datacenter_2022",
        )
        for row in rows(folder / "editions.csv")
    ]  # fmt: skip
    head = ["edition", "place", "rank", "egdi", "osi", "tii", "hci", "epi", "flag", "source"]
    write("published.csv", tuple(head), sorted(lines, key=lambda line: (line[0], line[1])))


def education(folder: Path, editions: tuple[int, ...]) -> list[tuple[str, ...]]:
    newest: dict[tuple[int, str, str], tuple[int, int, dict[str, str]]] = {}
    for row in rows(folder / "components_education.csv"):
        series = HCI_SERIES.get(row["indicator"])
        if series is None or row["value"] == "":
            continue
        year, preferred = int(row["year"]), -PREFERRED.index(row["source"])
        for edition in editions:
            if edition - 2 - BACK <= year <= edition - 2:
                key = (edition, row["iso3"], series)
                if key not in newest or (year, preferred) > newest[key][:2]:
                    newest[key] = (year, preferred, row)
    found = [
        (str(edition), place, series, row["value"], row["unit"], row["source"], str(year))
        for (edition, place, series), (year, _preferred, row) in newest.items()
    ]
    rich = {
        row["iso3"] for row in rows(folder / "groups.csv") if row["wb_income_2025"][:4] == "High"
    }
    return found + [
        (str(edition), place, "hci.literacy", LITERACY_OF_RICH_COUNTRIES, "%", "assumed", "")
        for edition in editions
        for place in sorted(rich)
        if (edition, place, "hci.literacy") not in newest
    ]


def inputs(folder: Path) -> None:
    lines = [
        (
            row["edition"], row["iso3"], SERIES[row["indicator"]], row["value"], row["unit"],
            row["source"], row["data_year"],
        )
        for row in rows(folder / "components_tii_inputs.csv")
    ]  # fmt: skip
    head = ["edition", "place", "indicator", "value", "unit", "source", "data_year"]
    write("inputs.csv", tuple(head), sorted(lines + education(folder, HCI_EDITIONS)))


def connectivity(folder: Path) -> list[tuple[str, ...]]:
    """The newest value of each wanted series that the survey of an edition could have used."""
    series = {(code, table): name for name, (code, table) in CONNECTIVITY.items()}
    newest: dict[tuple[int, str, str], tuple[int, dict[str, str]]] = {}
    for table in sorted({table for _, table in series}):
        for row in rows(folder / table):
            name = series.get((row["indicator"], table))
            for edition, wanted in WANTED.items():
                age = edition - 2 - int(row["year"])
                key = (edition, row["iso3"], name or "")
                if name in wanted and row["value"] and 0 <= age <= BACK_OF_TII:
                    newest[key] = max(
                        newest.get(key, (0, row)), (int(row["year"]), row), key=_year
                    )
    return [
        (str(edition), place, name, row["value"], row["unit"], row["source"], str(year))
        for (edition, place, name), (year, row) in newest.items()
    ]


def _year(found: tuple[int, dict[str, str]]) -> int:
    return found[0]


def components(folder: Path) -> None:
    members = {row["iso3"] for row in rows(folder / "groups.csv")}
    lines = [
        (edition, place, name, f"{float(value):.{DECIMALS}f}", source, year)
        for edition, place, name, value, _unit, source, year in (
            *connectivity(folder), *education(folder, (*EARLIER, COMING))
        )
        if place in members
    ]  # fmt: skip
    head = ("edition", "place", "indicator", "value", "source", "data_year")
    write("components.csv", head, sorted(lines))


if __name__ == "__main__":
    where = os.environ.get("MARRA_REFERENCE_DATA")
    if not where:
        sys.exit("Set MARRA_REFERENCE_DATA to the folder of the reference data.")
    published(Path(where) / "egdi")
    inputs(Path(where) / "egdi")
    components(Path(where) / "egdi")
