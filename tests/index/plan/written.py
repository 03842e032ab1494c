"""Portfolios as files for the tests of the reader: a good one in each format, and faults."""

import csv
import io
from collections.abc import Callable

import openpyxl
import pytest

from marra.index.plan.files import read
from marra.kit.findings import FileRefused, Finding

TOML = """\
code = "road"
title = "Road"
place = "UZB"

[[budgets]]
source = "budget"
year = 2026
amount = "500 000 000 000,50"

[[capacities]]
group = "WG-1"
year = 2026
amount = 2

[[names]]
code = "budget"
title.uz = "Davlat byudjeti"
title.uz_cyrl = "Давлат бюджети"
title.ru = "Государственный бюджет"
title.en = "State budget"

[[initiatives]]
code = "a"
title = "First"
starts = [2026, 2027]
duration = 1
lag = 0
chance = 0.8
cost = [1_000_000_000, 0, 5]
group = "WG-1"
source = "budget"
effects = [
  { indicator = "osi", low = 0.01, likely = 0.02, high = 0.03, unit = "index points" },
  { indicator = "tii.affordability", low = -0.3, likely = -0.2, high = 0, unit = "%" },
]

[[initiatives]]
code = "b"
title = "Second"
starts = "2027-2029"
duration = 2
lag = 1
chance = 0.5
cost = 10
needs = ["a"]
effects = [{ indicator = "hci", low = 0, likely = 0.1, high = 0.1, unit = "index points" }]
"""

CSV = """\
# a comment, with a comma
[portfolio]
code,title,place
road,Road,UZB

[names]
code,title,title_uz_cyrl,title_ru,title_en
budget,Davlat byudjeti,Давлат бюджети,Государственный бюджет,State budget

[budgets]
source,year,amount
budget,2026,"500 000 000 000,50"

[capacities]
group,year,amount
WG-1,2026,2

[initiatives]
code,title,starts,duration,lag,chance,cost_1,cost_2,cost_3,needs,group,source,# my notes
a,First,2026; 2027,1,0,"0,8",1 000 000 000,0,5,,WG-1,budget,ask again
b,Second,2027-2029,2,1,0.5,10,,,a,,,

[effects]
initiative,indicator,low,likely,high,unit
# osi is only an example,,,,,
a,osi,0.01,0.02,0.03,index points
b,hci,0,0.1,0.1,index points
a,tii.affordability,-0.3,-0.2,0,%
"""


def toml(*changes: tuple[str, str]) -> bytes:
    """The good file with changes, each of which must be one."""
    return _changed(TOML, changes).encode()


def table(*changes: tuple[str, str]) -> bytes:
    """The good CSV with changes, each of which must be one."""
    return _changed(CSV, changes).encode()


def parted(sign: str) -> bytes:
    """The good CSV with another sign between the cells."""
    file = io.StringIO()
    csv.writer(file, delimiter=sign).writerows(csv.reader(io.StringIO(CSV)))
    return file.getvalue().encode()


def _changed(text: str, changes: tuple[tuple[str, str], ...]) -> str:
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def workbook(change: Callable[[openpyxl.Workbook], object] | None = None) -> bytes:
    """The good CSV as a workbook made by another program, changed."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for line in CSV.splitlines():
        if line.startswith("["):
            sheet = book.create_sheet(line.strip("[]"))
        elif line and not line.startswith("#"):
            sheet.append([_number(cell) for cell in next(csv.reader([line]))])
    if change:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _number(cell: str) -> str | float | None:
    try:
        return float(cell)
    except ValueError:
        return cell or None


def refused(content: bytes, name: str = "plan") -> tuple[Finding, ...]:
    """The findings for which a file is refused."""
    with pytest.raises(FileRefused) as refusal:
        read(name, content)
    assert refusal.value.facts["count"] >= len(refusal.value.findings)
    return refusal.value.findings
