"""Make the packaged figures from the reference data, in our own schema.

    MARRA_REFERENCE_DATA=... python scripts/make_figures.py

Digits are kept as published. Written are `index/figures/published.csv` and `inputs.csv`; their
sources and licences stand in `SOURCES.toml` beside them.
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


def education(folder: Path) -> list[tuple[str, ...]]:
    newest: dict[tuple[int, str, str], tuple[int, int, dict[str, str]]] = {}
    for row in rows(folder / "components_education.csv"):
        series = HCI_SERIES.get(row["indicator"])
        if series is None or row["value"] == "":
            continue
        year, preferred = int(row["year"]), -PREFERRED.index(row["source"])
        for edition in HCI_EDITIONS:
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
        for edition in HCI_EDITIONS
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
    write("inputs.csv", tuple(head), sorted(lines + education(folder)))


if __name__ == "__main__":
    where = os.environ.get("MARRA_REFERENCE_DATA")
    if not where:
        sys.exit("Set MARRA_REFERENCE_DATA to the folder of the reference data.")
    published(Path(where) / "egdi")
    inputs(Path(where) / "egdi")
