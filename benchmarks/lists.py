"""What every list of the Commission's work costs when the house is full, and that none asks more.

10,000 assignments, 5,000 functions, 700 services of the inventory and as many of the portal, and
five years of monthly observations are taken in through the files that ministries bring. A fifth of
them first: what a page asks the database then, it must not ask more often with all of them.
"""

import csv
import io
import json
import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from statistics import median
from time import process_time
from typing import Any

from benchmarks.record import Measure
from benchmarks.work import SEED, WORDS, book, opened, visitor

FUNCTIONS, SERVICES, ASSIGNMENTS, YEARS, PARTS = 5_000, 700, 10_000, 5, 5
VISITS = 5
DRAWN = (
    "forecast",
    "climbers",
    "what-if",
    "scenario",
    "plan",
    "chart",
    "map",
    "work/portfolios",
    "work/reports/new",
)
"""What is computed for the page that is asked for, and is no list: measured elsewhere."""


def measures() -> Iterator[Measure]:
    """Milliseconds of the slowest list, and how many lists ask more often than with a fifth."""
    with tempfile.TemporaryDirectory() as folder:
        opened(folder)
        from tests.web.pages import OPEN, WORK

        pages = [each for each in (*OPEN, *WORK) if not each.startswith(DRAWN)]
        rng = random.Random(SEED)
        visit = visitor("kotib", "secretary", "administrator", "analyst")
        _fill(rng, range(1))
        few = {page: _asked(visit, page) for page in pages}
        _fill(rng, range(1, PARTS))
        many = {page: _asked(visit, page) for page in pages}
        spent = {page: _time(visit, page) for page in pages}
    slowest = sorted(spent, key=lambda page: spent[page], reverse=True)
    yield Measure(
        f"slowest of {len(pages)} lists in a full house, drawn anew: /{slowest[0]}",
        spent[slowest[0]],
        "ms CPU",
        must=50.0,
        facts={"ms": {page: round(spent[page], 1) for page in slowest}},
    )
    grown = {page: (few[page], many[page]) for page in pages if many[page] > few[page]}
    yield Measure(
        "lists that ask the database more often with five times as much",
        float(len(grown)),
        "pages",
        must=0.0,
        facts={"grown": grown, "most": max(many.values())},
    )


def _fill(rng: random.Random, parts: range) -> None:
    """Take in these parts of everything."""
    for part in parts:
        _assignments(rng, part)
        _inventory(rng, part)
        _passports(rng, part)
        _observations(rng, part)


def _assignments(rng: random.Random, part: int) -> None:
    from marra.commission.actions.assignment_files import import_assignments
    from marra.door import terminal_stamp

    content = book(rng, part * ASSIGNMENTS // PARTS, ASSIGNMENTS // PARTS)
    import_assignments(terminal_stamp(), name="reja.xlsx", content=content, give=True)


def _inventory(rng: random.Random, part: int) -> None:
    from marra.door import terminal_stamp
    from marra.inventory.actions.importing import import_list
    from marra.inventory.queries.bodies import bodies

    owners = [each.code for each in bodies()]
    rows: dict[str, list[list[str]]] = {}
    for at in range(FUNCTIONS // PARTS):
        number = part * FUNCTIONS + at
        service = [f"{_words(rng)} xizmati {number}", "record", "31.12.2027", "12 000"]
        has = at < SERVICES // PARTS
        decided = ["raqamlashtirish", "Koʻp soʻraladi"] if has else ["", ""]
        rows.setdefault(owners[at % len(owners)], []).append(
            [f"{_words(rng)} {number}", "01.3", f"{_words(rng)} jarayoni {number}", *decided]
            + (service if has else [""] * 4)
        )
    heads = ["funksiya", "COFOG kodi", "jarayon", "qaror", "qaror sababi", "xizmat", "toifa",
             "muddat", "yiliga murojaatlar soni"]  # fmt: skip
    for body, told in rows.items():
        import_list(
            terminal_stamp(), body, name="royxat.csv", content=_csv([heads, *told]), sure=True
        )


def _passports(rng: random.Random, part: int) -> None:
    from marra.door import terminal_stamp
    from marra.portal.actions.importing import import_passports

    lines = [
        json.dumps({
            "id": 100_000 + part * SERVICES + at, "title": f"{_words(rng)} xizmati {part}-{at}",
            "declared_term": "3 ish kuni", "declared_automatic": bool(at % 3), "fee": "Bepul",
            "documents_required": False, "audience": "both", "organisation": "Adliya vazirligi",
            "applications": rng.randrange(90_000), "avg_rating": 4.2, "form_minutes": 5,
            "steps": ["Ariza yuboriladi", "Ariza koʻrib chiqiladi"], "passport_empty": False,
        })
        for at in range(SERVICES // PARTS)
    ]  # fmt: skip
    import_passports(terminal_stamp(), "pasportlar.jsonl", content="\n".join(lines).encode())


def _observations(rng: random.Random, part: int) -> None:
    """A year of every month of every indicator that has a basis."""
    from marra.door import terminal_stamp
    from marra.evidence.actions.taking import import_file
    from marra.evidence.rules.indicators import indicators

    year = date.today().year - PARTS + part  # noqa: DTZ011  a year is enough
    rows = [
        [
            each.code,
            "UZB",
            _value(rng, each),
            f"01.{month:02d}.{year}",
            each.bases[0].code,
            "Namuna",
            "",
        ]
        for each in indicators().values()
        for month in range(1, 13)
    ]
    heads = ["indicator", "place", "value", "day", "basis", "source", "note"]
    import_file(terminal_stamp(), name="qiymatlar.csv", content=_csv([heads, *rows]), place="UZB")


def _value(rng: random.Random, indicator: Any) -> str:
    low, high = indicator.low or 0.0, min(indicator.high or 100.0, 1e6)
    return f"{low + (high - low) * (0.5 + 0.1 * rng.random()):.3g}"


def _words(rng: random.Random) -> str:
    return " ".join(rng.choices(WORDS, k=5)).capitalize()


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _asked(visit: Callable[[str], Any], page: str) -> int:
    """How often a page asks the database, once what it keeps is kept."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    visit(page)
    with CaptureQueriesContext(connection) as asked:
        visit(page)
    return len(asked)


def _time(visit: Callable[[str], Any], page: str) -> float:
    """Median CPU milliseconds of a visit."""
    spent = []
    for _ in range(VISITS):
        began = process_time()
        visit(page)
        spent.append((process_time() - began) * 1e3)
    return median(spent)
