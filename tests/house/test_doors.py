"""Every address asks who you are, or stands in PUBLIC."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from marra.door import ASKS

PUBLIC = set(Path(__file__).with_name("public.txt").read_text("utf-8").split())


def pages(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            if each.namespace != "api":
                yield from pages(each)
        else:
            yield each


PAGES = list(pages(get_resolver()))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_a_page_asks_who_you_are_or_is_listed_as_public(page):
    asks = getattr(page.callback, ASKS, False)

    assert asks != (page.name in PUBLIC), f"{page.name}: either signed_in or public.txt"


def test_the_list_of_public_pages_names_only_pages_that_exist():
    assert {page.name for page in PAGES} >= PUBLIC


def test_no_two_pages_bear_one_name():
    named = Counter(page.name for page in PAGES if page.name)

    assert [name for name, count in named.items() if count > 1] == []
