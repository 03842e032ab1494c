"""What the lists of the Commission's work cost with ten thousand assignments, and a large import.

The assignments are made up: words drawn from a short list, so that many of them are alike; real
ones are easier to tell apart.
"""

import io
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import process_time
from typing import Any

import xlsxwriter

from benchmarks.record import Measure

FILES, ROWS, VISITS = 2, 5_000, 7
SEED = 0
WORDS = (
    "davlat", "xizmatlari", "reyestrini", "elektron", "shaklda", "ochish", "tashkil", "etish",
    "raqamli", "platforma", "joriy", "qilish", "tarmoq", "aloqa", "taʼlim", "maʼlumotlar",
    "almashinuvi", "monitoring", "hisobot", "tayyorlash", "mobil", "ilova", "aholi",
    "tadbirkorlik", "uchun", "soddalashtirish", "qonun", "loyihasi", "ishlab",
    "chiqish", "malaka", "oshirish",
)  # fmt: skip
HEADS = (
    "Topshiriq mazmuni", "Asos (bayon, band)", "Masʼul ijrochi", "Hamkor ijrochilar",
    "Ijro muddati", "Ishchi guruh", "Ijro holati",
)  # fmt: skip


def measures() -> Iterator[Measure]:
    """Seconds of an import, then milliseconds of each list."""
    with tempfile.TemporaryDirectory() as folder:
        opened(folder)
        rng = random.Random(SEED)
        spent = [_imported(rng, number) for number in range(FILES)]
        yield Measure(
            "import of 5 000 assignments from a workbook, checked and taken in",
            max(spent),
            "s CPU",
            must=10.0,
            facts={"files": FILES, "seconds": spent},
        )
        yield from _pages()
        yield _reported(folder)


def opened(folder: str) -> None:
    """The house opened over a fresh database in a folder."""
    for name in [name for name in os.environ if name.startswith("MARRA_")]:
        del os.environ[name]
    os.environ |= {
        "MARRA_DATA": folder,
        "MARRA_SECOND_FACTOR": "off",
        "DJANGO_SETTINGS_MODULE": "marra.settings",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    from marra.commission.actions.acts import adopt_acts
    from marra.commission.actions.groups import adopt_groups
    from marra.door import terminal_stamp
    from marra.evidence.actions.releases import adopt
    from marra.inventory.actions.bodies import adopt as adopt_bodies

    for each in (adopt, adopt_bodies, adopt_acts, adopt_groups):
        each(terminal_stamp())


def _imported(rng: random.Random, number: int) -> float:
    from marra.commission.actions.assignment_files import import_assignments
    from marra.door import terminal_stamp

    content = book(rng, number * ROWS, ROWS)
    began = process_time()
    import_assignments(terminal_stamp(), name="reja.xlsx", content=content, give=True)
    return process_time() - began


def book(rng: random.Random, first: int, rows: int) -> bytes:
    """A workbook of assignments, numbered from the first."""
    from marra.inventory.queries.bodies import bodies

    named = [each.names["uz"] for each in bodies()]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Reja")
        sheet.write_row(0, 0, HEADS)
        for at in range(rows):
            lead, *helpers = rng.sample(named, 3)
            due = date(2026, 1, 1) + timedelta(days=rng.randrange(700))
            title = f"{' '.join(rng.choices(WORDS, k=9))} {first + at}"
            row = (title, "PQ-308, P4-b" if at % 3 else "Bayon 5, 2-band", lead,
                   "; ".join(helpers), f"{due:%d.%m.%Y}", rng.choice(("WG-1", "2", "")),
                   rng.choice(("Ijroda", "Yangi")))  # fmt: skip
            sheet.write_row(at + 1, 0, row)
    return out.getvalue()


def _pages() -> Iterator[Measure]:
    clerk, body = (
        visitor("kotib", "secretary"),
        visitor("ijrochi", "body executor", body="digital"),
    )
    lists = {
        "all": (clerk, ""),
        "by words": (clerk, "?q=elektron"),
        "overdue of a body": (clerk, "?state=overdue&body=digital"),
        "last page": (clerk, f"?page={FILES * ROWS // 50}"),
        "of an executor": (body, ""),
        "what I owe": (body, "mine/"),
        "report on several": (body, "report/"),
        "to judge": (clerk, "to-judge/"),
    }
    spent = {name: _time(*visit) for name, visit in lists.items()}
    slowest = max(spent, key=lambda name: spent[name])
    yield Measure(
        f"slowest list of {FILES * ROWS:,} assignments: {slowest}",
        spent[slowest],
        "ms CPU",
        must=50.0,
        facts={"pages": spent},
    )
    for name, page in (("duplicates among all of them", "duplicates/"), ("as CSV", "list.csv")):
        yield Measure(name, _time(clerk, page, visits=1) / 1e3, "s CPU")


def _reported(folder: str) -> Measure:
    """Seconds of the quarterly report with its three files, each assignment with a cause."""
    from click.testing import CliRunner

    from marra.cli.commission import report

    _told()
    files = [
        each for kind in ("pdf", "docx", "xlsx") for each in (f"--{kind}", f"{folder}/{kind}")
    ]
    began = process_time()
    done = CliRunner().invoke(report, ["--quarter", "2026Q3", *files], catch_exceptions=False)
    if done.exit_code:
        raise SystemExit(done.output)
    name = f"report of a quarter with {FILES * ROWS:,} assignments as PDF, DOCX and XLSX"
    return Measure(name, process_time() - began, "s CPU", must=10.0)


def _told() -> None:
    """A report of the body on every assignment, so that causes are read as they would be."""
    from marra.commission.models.assignments import Assignment, Progress
    from marra.store import fresh_code

    at = datetime(2026, 9, 1, 9, tzinfo=UTC)
    rows = [
        Progress(
            code=fresh_code("progress"), assignment=each, percent=40, text="Tender kechikmoqda.",
            made_at=at, made_by="benchmark",
        )
        for each in Assignment.objects.all()
    ]  # fmt: skip
    Progress.objects.bulk_create(rows)


def visitor(name: str, *roles: str, body: str = "") -> Any:
    """Somebody with these roles, signed in: what answers to an address after the language."""
    from django.conf import settings
    from django.test import Client

    from marra.door import terminal_stamp
    from marra.people import actions as people

    settings.ALLOWED_HOSTS = ["testserver"]
    account = people.register(terminal_stamp(), name=name, password="olma anor behi uzum")
    for role in roles:
        people.appoint(terminal_stamp(), account.code, role=role, body=body)
    client = Client()
    client.force_login(account)

    def visit(page: str) -> Any:
        answer = client.get(f"/uz/{page}")
        if answer.status_code not in {200, 404}:
            raise SystemExit(f"{page} answers {answer.status_code}.")
        return answer

    return visit


def _time(visit: Callable[[str], Any], page: str, visits: int = VISITS) -> float:
    """Median CPU milliseconds of a visit."""
    spent = []
    for _ in range(visits):
        began = process_time()
        answer = visit(f"work/assignments/{page}")
        spent.append((process_time() - began) * 1e3)
        if answer.status_code != 200:
            raise SystemExit(f"{page} answers {answer.status_code}.")
    return median(spent)
