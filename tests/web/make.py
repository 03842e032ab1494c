"""Make people who come in by the door of pages, and files that they bring."""

import csv
import io
from importlib.resources import files

from django.test import Client

from marra.door import terminal_stamp
from marra.people import actions

PASSWORD = "olma anor behi"


def administrator(client: Client, name: str = "b.boshliq") -> str:
    """An administrator, signed in through the page; their code."""
    account = actions.register(terminal_stamp(), name=name, password=PASSWORD)
    actions.appoint(terminal_stamp(), account.code, role="administrator")
    sign_in(client, name)
    return account.code


def analyst(client: Client, name: str = "t.tahlilchi") -> str:
    """An analyst, signed in through the page; their code."""
    account = actions.register(terminal_stamp(), name=name, password=PASSWORD)
    actions.appoint(terminal_stamp(), account.code, role="analyst")
    sign_in(client, name)
    return account.code


def sign_in(client: Client, name: str, password: str = PASSWORD) -> object:
    """Send the form of the sign-in page."""
    return client.post("/en/sign-in/", {"name": name, "password": password})


def tidy(edition: int, changes: dict[str, dict[str, str]] | None = None, of: int = 2024) -> bytes:
    """A file of an edition in the tidy form, made from the packaged figures of `of`.

    `changes` gives other values by country: `{"UZB": {"egdi": "0.7998"}}`.
    """
    path = files("marra.index") / "figures" / "published.csv"
    out = io.StringIO()
    lines = path.read_text(encoding="utf8").splitlines()
    rows = [row for row in csv.DictReader(lines) if row["edition"] == str(of)]
    names = ["edition", "iso3", "country", "rank", "egdi", "osi", "tii", "hci", "epi", "flag"]
    writer = csv.DictWriter(out, names, extrasaction="ignore", restval="")
    writer.writeheader()
    for row in rows:
        code = row["place"]
        changed = (changes or {}).get(code, {})
        writer.writerow({**row, "iso3": code, "edition": edition, **changed})
    return out.getvalue().encode()
