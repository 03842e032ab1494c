"""What a browser shows: width, weight, other parties, what is left without scripts, barriers.

Source: WCAG 2.2 as axe-core tries it; 360 pixels, 1 MB, 50 files and half of the words are ours.
"""

from collections.abc import Iterator
from typing import Final

from marra.inventory.rules.page_checks.barriers import BARRIERS
from marra.inventory.rules.page_checks.facts import Found, Seen, bad, first, good, not_run
from marra.inventory.rules.page_checks.safety import host_of
from marra.kit.text import gettext_noop

MOST_BYTES: Final = 1_000_000
MOST_REQUESTS: Final = 50
LEAST_SHARE: Final = 0.5
FEW_WORDS: Final = 20
SITE_PARTS: Final = 2
"""Parts of a name that make one owner: my.gov.uz and data.gov.uz have three."""

PUBLIC_SUFFIXES: Final = frozenset({"gov.uz", "co.uz", "com.uz", "net.uz", "org.uz"})


def shown(seen: Seen, address: str, words: int) -> Iterator[Found]:
    """What is found in what a browser showed; `words` are those that were there without it."""
    yield from _width(seen)
    yield _weight(seen)
    yield _files(seen)
    yield from _parties(seen, address)
    yield _bare(seen, words)
    yield from _barriers(seen)


def site(host: str) -> str:
    """The name that belongs to one owner.

    >>> site("static.my.gov.uz"), site("cdn.example.com"), site("10.1.2.3")
    ('my.gov.uz', 'example.com', '10.1.2.3')
    """
    parts = host.split(".")
    if parts[-1].isdecimal() or ":" in host:
        return host
    count = SITE_PARTS + (".".join(parts[-2:]) in PUBLIC_SUFFIXES)
    return ".".join(parts[-count:])


def _width(seen: Seen) -> Iterator[Found]:
    if seen.needed <= seen.width:
        told = gettext_noop("The page fits {width} pixels.")
        yield good("phone.width", told, width=seen.width)
        return
    for place in first(seen.wide) or ("html",):
        told = gettext_noop(
            "At {width} pixels the page is {needed} wide. Let this break or shrink."
        )
        yield bad("phone.width", told, place, width=seen.width, needed=seen.needed)


def _weight(seen: Seen) -> Found:
    facts = {"kilobytes": round(seen.sent / 1000), "most": MOST_BYTES // 1000}
    if seen.sent <= MOST_BYTES:
        return good("light.bytes", gettext_noop("The page weighs {kilobytes} kB."), **facts)
    told = gettext_noop("The page weighs {kilobytes} kB; {most} are enough. Look at its pictures.")
    return bad("light.bytes", told, **facts)


def _files(seen: Seen) -> Found:
    facts = {"count": seen.requests, "most": MOST_REQUESTS}
    if seen.requests <= MOST_REQUESTS:
        return good("light.requests", gettext_noop("The page is made of {count} files."), **facts)
    told = gettext_noop("The page is made of {count} files; {most} are enough. Join some.")
    return bad("light.requests", told, **facts)


def _parties(seen: Seen, address: str) -> Iterator[Found]:
    own = site(host_of(address))
    others = sorted({host for host in seen.hosts if host and site(host) != own})
    for host in first(others):
        told = gettext_noop("Something is loaded from there. Keep it on your own site.")
        yield bad("parties.hosts", told, host)
    if not others:
        yield good("parties.hosts", gettext_noop("Everything comes from the site itself."))


def _bare(seen: Seen, words: int) -> Found:
    facts = {"bare": words, "words": seen.words}
    if seen.words < FEW_WORDS or words >= LEAST_SHARE * seen.words:
        told = gettext_noop("Of {words} words shown {bare} are there without scripts.")
        return good("bare.text", told, **facts)
    told = gettext_noop(
        "Of {words} words shown only {bare} are there without scripts. Let the server write them."
    )
    return bad("bare.text", told, **facts)


def _barriers(seen: Seen) -> Iterator[Found]:
    for each in seen.barriers:
        told = BARRIERS.get(each.rule) or gettext_noop(
            "The program found a barrier: {help}. Places: {count}."
        )
        yield bad(
            "accessible.axe",
            told,
            "; ".join(each.places)[:500],
            axe=each.rule,
            help=each.help,
            impact=each.impact,
            count=each.count,
        )
    if not seen.axe:
        yield not_run("accessible.axe", gettext_noop("axe-core was not built: run scripts/setup."))
    elif not seen.barriers:
        told = gettext_noop(
            "axe-core {version} finds none. It sees a part of them: a person looks too."
        )
        yield good("accessible.axe", told, version=seen.axe)
