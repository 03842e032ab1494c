"""Everything that is to be known of an address before it is judged.

Source: ours.
"""

from datetime import datetime
from typing import Final

from django.conf import settings

from marra.inventory.rules.page_checks.facts import Facts, Fetched, Seen
from marra.inventory.rules.page_checks.safety import NO_PAGE
from marra.kit.errors import Refusal
from marra.links.browser import see
from marra.links.certificate import shown
from marra.links.outside import CertificateRefused, Limits, NoAnswer, Page, TookTooLong, fetch
from marra.links.reach import NET, Net, NotReached, Target, judged

SHORT: Final = Limits(steps=5, seconds=8.0, most_bytes=256 * 1024)


def net() -> Net:
    """The Internet, and besides what whoever runs the house lets through by name."""
    return Net(also=settings.CHECKS_ALSO) if settings.CHECKS_ALSO else NET


def gather(address: str, at: datetime, net: Net = NET) -> Facts:
    """What was fetched and seen at an address; refuses as `fetch` does, but for certificates.

    A certificate that does not stand keeps the page away, and is told itself.
    """
    target = judged(address, net)
    certificate = shown(target, net) if target.scheme == "https" else None
    try:
        page = fetch(address, net=net)
    except CertificateRefused:
        return Facts(at, None, certificate, unseen=NO_PAGE)
    if certificate is None and page.address.startswith("https://"):
        certificate = shown(judged(page.address, net), net)
    seen, unseen = _seen(page.address, net)
    return Facts(at, _fetched(page), certificate, _plain(target, net), seen, unseen)


def _seen(address: str, net: Net) -> tuple[Seen | None, str]:
    """What a browser shows, or why none has looked."""
    try:
        return see(address, net), ""
    except Refusal as refusal:
        return None, type(refusal).sentence


def _plain(target: Target, net: Net) -> str | None:
    """Where somebody arrives who writes http://; "" if nobody answers, None if it is not known."""
    if target.port not in (80, 443):
        return None
    host = target.origin.partition("://")[2]
    try:
        return fetch(f"http://{host}{target.path}", limits=SHORT, net=net).address
    except (NotReached, NoAnswer, TookTooLong):
        return ""
    except Refusal:
        return None


def _fetched(page: Page) -> Fetched:
    return Fetched(
        address=page.address,
        status=page.status,
        headers=page.headers,
        text=page.text,
        sent=page.sent,
        size=len(page.body),
        steps=tuple(f"{each.status} {each.address}" for each in page.steps),
    )
