"""Build: from the records of a file to a portfolio, or every fault with its place.

Source: ours.
"""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from marra.index.plan import checked
from marra.index.plan.files import cells
from marra.index.plan.files.records import Record, Records
from marra.index.plan.indicators import units
from marra.index.plan.portfolio import Budget, Capacity, Effect, Initiative, Name, Portfolio
from marra.kit.findings import MOST, Fact, Findings
from marra.kit.text import gettext_noop

NO_RECORD: Final = Record("", 0, {})

RANGE: Final = ("low", "likely", "high")
MOST_FAULTS: Final = 500
"""Of meaning; no list longer than that helps anybody."""

ONE_PORTFOLIO = gettext_noop("A file holds one portfolio, and here are {found}. Leave one row.")
NO_OWNER = gettext_noop("There is no initiative “{code}”. Correct the code or add it.")
WRONG_UNIT = gettext_noop(
    "{indicator} is counted in “{unit}”, not in “{given}”. Write the numbers in that unit."
)
OTHER_COUNT = gettext_noop(
    "The file should have {said} initiatives and has {found}. If it was cut off, take it anew; "
    "if not, correct the number."
)


@dataclass(slots=True)
class _Kept:
    """The records from which the parts of a portfolio were made, in their order."""

    rows: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))


def build(records: Records, findings: Findings) -> Portfolio:
    """The portfolio in the records; what cannot be read is told in the findings and left out."""
    kept = _Kept()
    effects = _effects(records, findings)
    initiatives = tuple(_initiatives(records, effects, kept, findings))
    head = _head(records, findings, len(records["initiatives"]))
    whole = Portfolio(
        code=head.code,
        title=head.title,
        place=head.place,
        initiatives=initiatives,
        budgets=tuple(_budgets(records, kept, findings)),
        capacities=tuple(_capacities(records, kept, findings)),
        prices=head.prices,
        note=head.note,
        names=tuple(_names(records, kept, findings)),
    )
    _tell(whole, records, kept, findings)
    return whole


def _tell(whole: Portfolio, records: Records, kept: _Kept, findings: Findings) -> None:
    """Tell what makes no sense, at the line of the record it came from, unless told before."""
    told = {(each.sheet, each.line, each.column) for each in findings.wrong}
    if len(told) >= MOST:
        return
    kept.rows["portfolio"] = records["portfolio"][:1]
    also = frozenset(_codes(records))
    for spot, refusal in islice(checked.faults(whole, also), MOST_FAULTS):
        record = kept.rows[spot.table][spot.row] if kept.rows[spot.table] else NO_RECORD
        line = record.lines.get(spot.column, record.line)
        if (spot.table, line, spot.column) in told or (told and not spot.column):
            continue
        facts: dict[str, Fact] = {
            name: fact if isinstance(fact, (int, float)) else str(fact)
            for name, fact in refusal.facts.items()
        }
        findings.refuse(refusal.sentence, line=line, column=spot.column, sheet=spot.table, **facts)


def _codes(records: Records) -> set[str]:
    return {str(each.cells.get("code", "")).strip() for each in records["initiatives"]} - {""}


def _head(records: Records, findings: Findings, initiatives: int) -> Portfolio:
    rows = records["portfolio"]
    if len(rows) > 1:
        rows[1].refuse(findings, ONE_PORTFOLIO, "", found=len(rows))
    if not rows:
        return Portfolio("portfolio", "", "UZB", ())
    row = rows[0]
    if not cells.is_empty(row.cells.get("count")):
        said = cells.whole(row, "count", findings)
        if said not in (-1, initiatives):
            row.refuse(findings, OTHER_COUNT, "count", said=said, found=initiatives)
    return Portfolio(
        code=cells.label(row, "code", findings, required=True) or "portfolio",
        title=cells.words(row, "title", findings, required=True),
        place=cells.label(row, "place", findings, required=True).upper() or "UZB",
        initiatives=(),
        prices=cells.words(row, "prices", findings),
        note=cells.words(row, "note", findings),
    )


def _effects(records: Records, findings: Findings) -> dict[str, list[tuple[Effect, Record]]]:
    found: dict[str, list[tuple[Effect, Record]]] = defaultdict(list)
    known = _codes(records)
    for row in records["effects"]:
        owner = cells.label(row, "initiative", findings, required=True)
        if owner and known and owner not in known:
            row.refuse(findings, NO_OWNER, "initiative", code=owner)
        indicator = cells.label(row, "indicator", findings, required=True)
        low, likely, high = (cells.number(row, name, findings) for name in RANGE)
        unit, right = cells.unit(row, "unit", findings), units().get(indicator)
        if unit and right and unit is not right:
            row.refuse(
                findings,
                WRONG_UNIT,
                "unit",
                indicator=indicator,
                unit=right.value,
                given=unit.value,
            )
        overlap = cells.label(row, "overlap", findings)
        if indicator and not math.isnan(low + likely + high):
            found[owner].append((Effect(indicator, low, likely, high, overlap), row))
    return found


def _initiatives(
    records: Records,
    effects: dict[str, list[tuple[Effect, Record]]],
    kept: _Kept,
    findings: Findings,
) -> list[Initiative]:
    found = []
    for row in records["initiatives"]:
        code = cells.label(row, "code", findings, required=True)
        own = effects.pop(code, [])
        made = Initiative(
            code=code,
            title=cells.words(row, "title", findings, required=True),
            effects=tuple(effect for effect, _ in own),
            costs=cells.costs(row, "cost", findings),
            starts=cells.years(row, "starts", findings),
            duration=cells.whole(row, "duration", findings),
            lag=cells.whole(row, "lag", findings),
            chance=cells.number(row, "chance", findings),
            needs=cells.codes(row, "needs", findings),
            excludes=cells.codes(row, "excludes", findings),
            group=cells.label(row, "group", findings),
            body=cells.label(row, "body", findings),
            source=cells.label(row, "source", findings),
            load=cells.number(row, "load", findings, empty=1.0),
            basis=cells.basis(row, "basis", findings),
            reasoning=cells.words(row, "reasoning", findings),
        )
        found.append(made)
        kept.rows["initiatives"].append(row)
        kept.rows["effects"] += [record for _, record in own]
    return found


def _budgets(records: Records, kept: _Kept, findings: Findings) -> list[Budget]:
    found = []
    for row in records["budgets"]:
        before = findings.count
        source = cells.label(row, "source", findings, required=True)
        year = cells.year(row, "year", findings)
        amount = cells.number(row, "amount", findings)
        if findings.count == before:
            found.append(Budget(source, year, amount))
            kept.rows["budgets"].append(row)
    return found


def _capacities(records: Records, kept: _Kept, findings: Findings) -> list[Capacity]:
    found = []
    for row in records["capacities"]:
        before = findings.count
        group = cells.label(row, "group", findings, required=True)
        year = cells.year(row, "year", findings)
        amount = cells.number(row, "amount", findings)
        if findings.count == before:
            found.append(Capacity(group, year, amount))
            kept.rows["capacities"].append(row)
    return found


def _names(records: Records, kept: _Kept, findings: Findings) -> list[Name]:
    found = []
    for row in records["names"]:
        before = findings.count
        code = cells.label(row, "code", findings, required=True)
        title = cells.words(row, "title", findings, required=True)
        if findings.count == before:
            found.append(Name(code, title))
            kept.rows["names"].append(row)
    return found
