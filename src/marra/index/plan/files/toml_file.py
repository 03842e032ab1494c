"""TOML: a portfolio as developers and editors write it, with the line of every cell.

The parser keeps no lines, so they are found by reading the heads and keys of the text once more;
what is in several lines is told at its first.

Source: TOML 1.0.0.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from marra.index.plan.files.columns import LANGUAGES, MOST_COSTS, TABLES, Column, Kind, heads
from marra.index.plan.files.records import (
    MOST_ROWS,
    NO_TABLE,
    Record,
    Records,
    check_end,
    check_names,
)
from marra.kit import toml
from marra.kit.findings import Findings
from marra.kit.text import gettext_noop
from marra.kit.workbook_parts import TOO_MANY_ROWS

NO_LIST = gettext_noop("{table} must be tables. Write [[{table}]] above each.")
TOO_LONG = gettext_noop("Costs of more than {most} years are given. Leave the first ones.")
NO_LANGUAGE = gettext_noop(
    "“{name}” is not a language of a text. Write uz, and beside it uz_cyrl, ru and en."
)

PARTS: Final = tuple(table for table in TABLES if table not in {"portfolio", "effects"})

Place = tuple[str, int, str]  # table, row, key; the head of the row has no key


def records(content: bytes, findings: Findings) -> Records:
    """The records of a TOML file; what is no TOML is told with its line."""
    text = toml.text(content, findings)
    data = toml.parsed(text, findings) if text else {}
    if not data:
        return {}
    lines = _lines(text)
    found: dict[str, list[Record]] = defaultdict(list)
    head = {name: value for name, value in data.items() if name not in PARTS}
    if head:
        found["portfolio"] = [_record("portfolio", 0, head, lines, findings)]
    effect = 0
    for table in PARTS:
        for row, cells in enumerate(_rows(data, table, lines, findings)):
            effects = cells.pop("effects", []) if table == "initiatives" else []
            found[table].append(_record(table, row, cells, lines, findings))
            line = found[table][-1].lines.get("effects", found[table][-1].line)
            for each in _dicts(effects, "effects", line, findings):
                given = {"initiative": cells.get("code"), **each}
                found["effects"].append(_record("effects", effect, given, lines, findings))
                effect += 1
    check_end(text, found, findings)
    return found


def _rows(
    data: Mapping[str, Any], table: str, lines: Mapping[Place, int], findings: Findings
) -> Iterator[dict[str, Any]]:
    line = lines.get(("portfolio", 0, table), lines.get((table, 0, ""), 0))
    yield from _dicts(data.get(table, []), table, line, findings)


def _dicts(given: object, table: str, line: int, findings: Findings) -> list[dict[str, Any]]:
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        findings.refuse(NO_LIST, sheet=table, line=line, table=table)
        return []
    if len(given) > MOST_ROWS:
        findings.refuse(TOO_MANY_ROWS, sheet=table, line=line, most=MOST_ROWS)
        return []
    return [dict(each) for each in given]


def _record(
    table: str,
    row: int,
    given: Mapping[str, Any],
    lines: Mapping[Place, int],
    findings: Findings,
) -> Record:
    first = lines.get((table, row, ""), 1 if table == "portfolio" else 0)
    own = {name: lines.get((table, row, name), first) for name in given}
    cells: dict[str, object] = {}
    columns = {column.name: column for column in TABLES[table]}
    for name, value in given.items():
        if isinstance(value, dict) and table == "portfolio" and name not in columns:
            findings.refuse(NO_TABLE, line=own[name], name=name[:60], known=", ".join(PARTS))
        elif name in columns:
            told = dict(_cells(columns[name], value, table, own[name], findings))
            cells.update(told)
            own.update(dict.fromkeys(told, own[name]))
        else:
            check_names(table, [name], columns, findings, lambda key: own.get(key, first))
    return Record(table, first, cells, own)


def _cells(
    column: Column, value: object, table: str, line: int, findings: Findings
) -> Iterator[tuple[str, object]]:
    """A value under the names that its column has in a table."""
    if column.kind is Kind.AMOUNTS and isinstance(value, list):
        if len(value) > MOST_COSTS:
            findings.refuse(TOO_LONG, sheet=table, line=line, column=column.name, most=MOST_COSTS)
        yield from zip(heads(column, len(value)), value, strict=True)
    elif column.kind is Kind.AMOUNTS:
        yield heads(column)[0], value
    elif column.kind is Kind.WORDS and isinstance(value, dict):
        for name, text in value.items():
            if name == "uz":
                yield column.name, text
            elif name in LANGUAGES:
                yield f"{column.name}_{name}", text
            else:
                findings.refuse(
                    NO_LANGUAGE, sheet=table, line=line, column=column.name, name=name[:60]
                )
    else:
        yield column.name, value


def _lines(text: str) -> dict[Place, int]:
    """The line of each table's head and of each key below it."""
    found: dict[Place, int] = {("portfolio", 0, ""): 1}
    counts: dict[str, int] = defaultdict(int)
    table, row, quote, in_effects = "portfolio", 0, "", False
    for number, line in enumerate(text.split("\n"), start=1):
        if quote:
            quote = "" if line.count(quote) % 2 else quote
            continue
        if head := toml.HEAD.match(line):
            table = head[1].removeprefix("initiatives.")
            row, in_effects = counts[table], False
            counts[table] += 1
            found[table, row, ""] = number
        elif key := toml.KEY.match(line):
            in_effects = key[1] == "effects"
            found.setdefault((table, row, key[1]), number)
        if in_effects:
            for _ in range(line.count("{")):
                found["effects", counts["effects"], ""] = number
                counts["effects"] += 1
            in_effects = not line.rstrip().endswith("]")
        quote = next((q for q in ('"""', "'''") if line.count(q) % 2), "")
    return found
