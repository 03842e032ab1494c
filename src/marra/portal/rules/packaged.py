"""The passports that came along: real ones of the live portal, to begin a catalogue with.

Source: public service pages of my.gov.uz, read in November 2026 through muhammadmurodov/
my-gov-chatbot (`data/services.jsonl`), condensed by hand; 27 filled and 20 published empty. Three
windows of about 780 were read, so this is no random sample.
"""

from functools import cache
from importlib.resources import files
from typing import Final

from marra.kit.findings import Findings
from marra.portal.rules.passport_files import passports
from marra.portal.rules.passports import Passport

COUNTRY: Final = "UZB"
"""Whose services these are."""


@cache
def packaged() -> tuple[Passport, ...]:
    """The passports that came with the program.

    >>> len(packaged()), sum(each.is_empty for each in packaged())
    (47, 20)
    """
    content = (files("marra.portal.rules") / "passports.jsonl").read_bytes()
    return passports(content, Findings("passports.jsonl"))
