"""Scenarios that an address names: by their codes, or by their whole questions.

`?s=scenario-1f2e…` is a kept one, `?s=place=UZB&osi=0.9` (encoded) a question; an address without
`s` is a question itself.

Source: ours.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from marra.commission.queries import scenarios
from marra.commission.rules.scenarios import comparable
from marra.door import stamp
from marra.index.projection.futures import Futures
from marra.index.projection.record import read
from marra.web.charts.future import futures
from marra.web.charts.scenario_fan import Seen
from marra.web.scenario.asking import answer, whole

if TYPE_CHECKING:
    from marra.commission.models.plans import Scenario as Kept


def sides(request: HttpRequest) -> list[Seen]:
    """The scenarios of an address, in its order; refuses those that may not be read."""
    if written := names(request):
        return those(request, written)
    query = request.GET.copy()
    for name in ("theme", "width", "whole"):
        query.pop(name, None)
    return [_side(request, query.urlencode(), futures())]


def those(request: HttpRequest, written: list[str]) -> list[Seen]:
    """The scenarios of these names, as `names` gives them; refuses those that may not be read."""
    everyone = futures()
    return [_side(request, each, everyone) for each in comparable(written)]


def names(request: HttpRequest) -> list[str]:
    """The codes and questions that the address holds, each once; whole addresses are cut to it."""
    given = [_cut(each.strip()) for each in request.GET.getlist("s")]
    return list(dict.fromkeys(each for each in given if each))


def _cut(written: str) -> str:
    """The code or the question in a copied address.

    >>> _cut("https://marra.uz/uz/scenario/scenario-1f2e/?done=kept")
    'scenario-1f2e'
    >>> _cut("https://marra.uz/uz/scenario/?place=UZB&osi=0.9"), _cut("osi=0.9")
    ('place=UZB&osi=0.9', 'osi=0.9')

    The page itself, where nothing is changed, is the scenario of the focal country:

    >>> _cut("https://marra.uz/uz/scenario/"), _cut("http://[")
    ('place=UZB', 'http://[')
    """
    code = re.search(r"(?:^|/)(scenario-[0-9a-f]+)(?:[/?#]|$)", written)
    if code:
        return code[1]
    path, _mark, query = written.partition("#")[0].partition("?")
    if query:
        return query
    return f"place={settings.COUNTRY}" if path.endswith("/scenario/") else written


def query_of(written: Sequence[str]) -> str:
    """The address of the scenarios of these names."""
    return urlencode([("s", each) for each in written])


def is_private(request: HttpRequest) -> bool:
    """Whether one of them is a kept one."""
    return any(is_code(each) for each in names(request))


def is_code(written: str) -> bool:
    """Whether a side is named by its code."""
    return written.startswith("scenario-") and "=" not in written


def address_of(side: Seen) -> str:
    """The page of a side."""
    code = QueryDict(side.query).get("s", "")
    if code:
        return reverse("scenario-kept", args=[code])
    return f"{reverse('scenario')}?{side.query}"


def kept(request: HttpRequest, code: str) -> "Kept":
    """A kept scenario that this person may read."""
    return scenarios.visible_to(stamp(request)).named(code)


def seen(row: "Kept") -> Seen:
    """A kept scenario as it was answered then."""
    return Seen(read(row.result), urlencode({"s": row.code}), title=row.title)


def _side(request: HttpRequest, written: str, everyone: Futures) -> Seen:
    if is_code(written):
        return seen(kept(request, written))
    question = whole(written, everyone)
    return Seen(answer(question, everyone), question.query)
