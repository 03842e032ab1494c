"""Published figures: the Data Center's own export, or our tidy form, as rows of one meaning.

The export names its columns in English prose and its countries by name; the tidy form has
`edition,iso3,country,rank,egdi,osi,tii,hci,epi,flag`. The head tells which one it is. A column
that is not read is named in a remark.

Source: United Nations E-Government Knowledgebase, Data Center, CSV export of one edition.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from marra.evidence.rules import cells
from marra.kit.findings import Findings
from marra.kit.tables import Row, Table
from marra.kit.text import gettext_noop

VALUES: Final = ("egdi", "osi", "tii", "hci", "epi")
FLAGS: Final = frozenset(
    {
        "no_index",
        "osi_missing",
        "tii_missing",
        "hci_missing",
        "epi_missing",
        "tii_missing_presumed",
        "hci_missing_presumed",
        "hci_above_1",
        "egdi_inconsistent",
    }
)

EXPORT: Final[Mapping[str, tuple[str, ...]]] = {
    "edition": ("survey year", "year"),
    "country": ("country name", "country"),
    "rank": ("e-government rank", "egdi rank", "rank"),
    "egdi": (
        "e-government index",
        "e-government development index",
        "e-government development index (egdi)",
        "e-government index (egdi)",
        "egdi",
    ),
    "epi": ("e-participation index", "e-participation index (epi)", "epi"),
    "osi": ("online service index", "online service index (osi)", "osi"),
    "hci": ("human capital index", "human capital index (hci)", "hci"),
    "tii": (
        "telecommunication infrastructure index",
        "telecommunication infrastructure index (tii)",
        "telecommunications infrastructure index",
        "tii",
    ),
}
TIDY: Final[tuple[str, ...]] = ("edition", "iso3", "rank", *VALUES)
READ_BESIDE: Final = frozenset({"country", "flag", "epi_rank_calc", ""})

NO_COLUMN = gettext_noop(
    "There is no column “{name}”. The head must name survey year, country name, e-government "
    "rank, EGDI, e-participation, online service, human capital and telecommunication "
    "infrastructure index; or edition, iso3, rank, egdi, osi, tii, hci, epi."
)
NOT_READ = gettext_noop("The column “{name}” is not read.")
NO_FLAG = gettext_noop("“{cell}” is not a known flag. Leave the cell empty or use: {known}.")
HCI_ABOVE_1 = gettext_noop("{place}: the HCI is {value}, above 1. It is kept as published.")


@dataclass(frozen=True, slots=True)
class Published:
    """One country's row of one edition; a value that was not published is None."""

    line: int
    place: str
    rank: int
    egdi: float | None
    osi: float | None
    tii: float | None
    hci: float | None
    epi: float | None
    flags: frozenset[str]


def columns(table: Table, findings: Findings) -> Mapping[str, str]:
    """The file's name of each column we read; empty when one is missing, which is noted."""
    tidy = "iso3" in table.head
    theirs = {name: (name,) for name in TIDY} if tidy else EXPORT
    found = {
        ours: next(name for name in names if name in table.head)
        for ours, names in theirs.items()
        if not set(names).isdisjoint(table.head)
    }
    for ours, names in theirs.items():
        if ours not in found:
            findings.refuse(NO_COLUMN, line=1, column=names[0], name=names[0])
    if len(found) < len(theirs):
        return {}
    for name in table.head:
        if name not in READ_BESIDE and name not in found.values():
            findings.remark(NOT_READ, line=1, column=name, name=name)
    return found


def read(table: Table, findings: Findings) -> dict[int, list[Published]]:
    """The rows of each edition in the table, in the order of the file."""
    names = columns(table, findings)
    editions: dict[int, list[Published]] = defaultdict(list)
    for row in table.rows if names else ():
        edition = cells.year(row, names["edition"], findings)
        place = (
            cells.country_by_code(row, findings)
            if "iso3" in names
            else cells.country_by_name(row, names["country"], findings)
        )
        published = _published(row, place, edition, names, findings)
        if edition and place:
            editions[edition].append(published)
    return dict(editions)


def _published(
    row: Row, place: str, edition: int, names: Mapping[str, str], findings: Findings
) -> Published:
    flags = _flags(row, findings)
    found = {
        name: cells.value(
            row,
            names[name],
            findings,
            least=0.0,
            most=1.5 if (name, edition) == ("hci", 2003) else 1.0,
            empty=name != "egdi",
        )
        for name in VALUES
    }
    hci = found["hci"]
    if hci is not None and hci > 1:
        flags |= {"hci_above_1"}
        findings.remark(HCI_ABOVE_1, line=row.line, column=names["hci"], place=place, value=hci)
    flags |= {
        f"{name}_missing"
        for name in VALUES[1:]
        if found[name] is None and f"{name}_missing_presumed" not in flags
    }
    rank = cells.rank(row, names["rank"], findings)
    return Published(row.line, place, rank, flags=frozenset(flags), **found)


def _flags(row: Row, findings: Findings) -> set[str]:
    given = {flag.strip() for flag in row.cells.get("flag", "").split(";") if flag.strip()}
    for flag in sorted(given - FLAGS):
        known = ", ".join(sorted(FLAGS))
        findings.refuse(NO_FLAG, line=row.line, column="flag", cell=flag[:40], known=known)
    return given
