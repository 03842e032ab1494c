"""Make files as the Data Center and its readers write them, from the figures that came along."""

import csv
import io

from marra.evidence.queries import releases as queries
from marra.index.load import load
from marra.kit.places import place

HEAD = (
    "Survey Year",
    "Country Name",
    "E-Government Rank",
    "E-Government Index",
    "E-Participation Index",
    "Online Service Index",
    "Human Capital Index",
    "Telecommunication Infrastructure Index",
)
NAMES = {"GEO": "Georgia (Country)", "CIV": "Côte d'Ivoire", "TUR": "Türkiye"}


def rows(edition: int, year: int | None = None) -> list[list[object]]:
    """The packaged figures as rows of the Data Center's export; `year` passes them for another."""
    found = []
    for edition_, code, _, rank, egdi, osi, tii, hci, epi, _ in queries.tidy(load(edition)):
        name = NAMES.get(code) or place(code).name.en
        zeros = [value if value != "" else 0 for value in (egdi, epi, osi, hci, tii)]
        found.append([year or edition_, name, rank, *zeros])
    return found


def export(
    edition: int = 2024,
    *,
    year: int | None = None,
    delimiter: str = ",",
    encoding: str = "utf-8",
    comma: bool = False,
    changed: dict[str, dict[int, object]] | None = None,
) -> bytes:
    """A file as the Data Center exports it; `changed` replaces cells of a country by column."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(HEAD)
    for row in rows(edition, year):
        for column, cell in (changed or {}).get(str(row[1]), {}).items():
            row[column] = cell
        writer.writerow(
            [str(c).replace(".", ",") if comma and n > 2 else c for n, c in enumerate(row)]
        )
    return out.getvalue().encode(encoding, errors="replace")


def tidy(*editions: int) -> bytes:
    """A file in the tidy form."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(queries.TIDY)
    for edition in editions:
        writer.writerows(queries.tidy(load(edition)))
    return out.getvalue().encode()
