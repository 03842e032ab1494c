"""Whether a page is safe to open: its connection, its certificate, the headers it sends.

Source: RFC 9325 (TLS), RFC 6797 (HSTS), W3C Content Security Policy 3, RFC 6265 (cookies), OWASP
Secure Headers Project; recalled. Two weeks before a certificate ends is ours.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from marra.inventory.rules.page_checks.facts import Certificate, Facts, Fetched, Found, bad, good
from marra.inventory.rules.page_checks.facts import not_run as unrun
from marra.kit.text import gettext_noop

SOON: Final = 14
HALF_A_YEAR: Final = 15_768_000
GOOD_PROTOCOLS: Final = ("TLSv1.2", "TLSv1.3")
GOOD_REFERRERS: Final = frozenset(
    {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
)
SESSIONS: Final = ("sess", "auth", "token", "sid", "jwt")

_HOST: Final = re.compile(
    r"[a-z]+://(?:[^/@?#]*@)?(?:\[(?P<six>[^\]]*)\]|(?P<plain>[^/:?#]*))", re.I
)

NO_CONNECTION = gettext_noop("There was no ciphered connection to look at.")
NO_PAGE = gettext_noop("The page did not come, so this was not looked at.")


def connection(facts: Facts) -> Iterator[Found]:
    """What is found in the connection and its certificate."""
    if facts.fetched is not None:
        yield _https(facts.fetched)
    else:
        yield unrun("ciphered.https", NO_PAGE)
    if facts.certificate is None:
        for rule in ("certificate", "expiry", "version"):
            yield unrun(f"ciphered.{rule}", NO_CONNECTION)
    else:
        yield from _certificate(facts.certificate, facts.at)
    yield _redirect(facts.plain)


def headers(page: Fetched) -> Iterator[Found]:
    """What is found in the headers of a page."""
    yield _hsts(page)
    yield _policy(page.header("content-security-policy"))
    told = page.header("x-content-type-options").strip().lower()
    yield (
        good("headers.sniffing", gettext_noop("The header is there."))
        if told == "nosniff"
        else bad(
            "headers.sniffing",
            gettext_noop("The header is missing. Send X-Content-Type-Options: nosniff."),
            "X-Content-Type-Options",
        )
    )
    yield _framing(page)
    yield _referrer(page.header("referrer-policy"))
    yield from _cookies(page.every("set-cookie"))


def _https(page: Fetched) -> Found:
    if page.address.startswith("https://"):
        return good("ciphered.https", gettext_noop("The page came by HTTPS."), page.address[:500])
    return bad(
        "ciphered.https",
        gettext_noop("The page comes in the clear. Serve it by HTTPS."),
        page.address[:500],
    )


def _certificate(shown: Certificate, at: datetime) -> Iterator[Found]:
    if shown.stands:
        told = gettext_noop("The certificate stands; {issuer} issued it.")
        yield good("ciphered.certificate", told, issuer=shown.issuer[:120])
    else:
        told = gettext_noop("Browsers warn of the certificate: {reason}. Renew it.")
        yield bad("ciphered.certificate", told, ", ".join(shown.names)[:500], reason=shown.reason)
    days = (shown.not_after - at).days
    facts: dict[str, str | int] = {"day": shown.not_after.date().isoformat(), "days": days}
    if days >= SOON:
        told = gettext_noop("The certificate is good until {day}.")
        yield good("ciphered.expiry", told, **facts)
    else:
        told = gettext_noop("The certificate ends on {day}. Renew it, best by a program.")
        yield bad("ciphered.expiry", told, **facts)
    if shown.protocol in GOOD_PROTOCOLS:
        told = gettext_noop("The connection is {protocol}.")
        yield good("ciphered.version", told, protocol=shown.protocol)
    else:
        told = gettext_noop(
            "The connection is {protocol}, which is broken. Offer TLS 1.2 and 1.3."
        )
        yield bad("ciphered.version", told, protocol=shown.protocol)


def _redirect(plain: str | None) -> Found:
    if plain is None:
        return unrun("ciphered.redirect", gettext_noop("Port 80 was not looked at."))
    if not plain:
        return good("ciphered.redirect", gettext_noop("Nobody answers in the clear."))
    if plain.startswith("https://"):
        return good("ciphered.redirect", gettext_noop("http:// leads to https://."), plain[:500])
    return bad(
        "ciphered.redirect",
        gettext_noop("Who types the address without https:// stays in the clear. Lead them on."),
        plain[:500],
    )


def _hsts(page: Fetched) -> Found:
    told = page.header("strict-transport-security").lower()
    age = next(
        (part.split("=", 1)[1].strip(' "') for part in told.split(";") if "max-age=" in part), ""
    )
    seconds = int(age) if age.isascii() and age.isdecimal() and len(age) < 12 else 0
    if seconds >= HALF_A_YEAR:
        sentence = gettext_noop("Browsers stay with HTTPS for {days} days.")
        return good("ciphered.hsts", sentence, days=seconds // 86400)
    return bad(
        "ciphered.hsts",
        gettext_noop(
            "Browsers are not told to stay with HTTPS for half a year. Send "
            "Strict-Transport-Security: max-age=31536000."
        ),
        "Strict-Transport-Security",
    )


def directives(policy: str) -> dict[str, tuple[str, ...]]:
    """The directives of a policy with their sources, the first of each name.

    >>> directives("default-src 'self'; script-src 'self' https://cdn.uz")["script-src"]
    ("'self'", 'https://cdn.uz')
    """
    found: dict[str, tuple[str, ...]] = {}
    for part in policy.lower().split(";"):
        name, *sources = part.split() or [""]
        if name:
            found.setdefault(name, tuple(sources))
    return found


def _policy(policy: str) -> Found:
    told = directives(policy)
    scripts = told.get("script-src", told.get("default-src"))
    if scripts is None:
        return bad(
            "headers.policy",
            gettext_noop(
                "No policy says which scripts may run. Send Content-Security-Policy with "
                "default-src 'self'."
            ),
            "Content-Security-Policy",
        )
    named = any(each.startswith(("'nonce-", "'sha")) for each in scripts)
    loose = [
        each
        for each in scripts
        if each in {"*", "http:", "https:", "data:", "'unsafe-eval'"}
        or (each == "'unsafe-inline'" and not named)
    ]
    if loose:
        return bad(
            "headers.policy",
            gettext_noop("The policy lets any script run by {loose}. Name the sources instead."),
            "Content-Security-Policy: script-src",
            loose=", ".join(loose),
        )
    return good("headers.policy", gettext_noop("The policy names the sources of scripts."))


def _framing(page: Fetched) -> Found:
    ancestors = directives(page.header("content-security-policy")).get("frame-ancestors")
    option = page.header("x-frame-options").strip().lower()
    if (ancestors is not None and "*" not in ancestors) or option in {"deny", "sameorigin"}:
        return good("headers.framing", gettext_noop("Frames of other sites are refused."))
    return bad(
        "headers.framing",
        gettext_noop(
            "Any site may put the page into a frame and lead clicks astray. Send "
            "Content-Security-Policy: frame-ancestors 'self'."
        ),
        "Content-Security-Policy: frame-ancestors",
    )


def _referrer(header: str) -> Found:
    told = [each.strip().lower() for each in header.split(",") if each.strip()]
    if told and told[-1] in GOOD_REFERRERS:
        return good("headers.referrer", gettext_noop("The policy is {policy}."), policy=told[-1])
    return bad(
        "headers.referrer",
        gettext_noop(
            "Other sites may learn addresses from here. Send Referrer-Policy: same-origin."
        ),
        "Referrer-Policy",
    )


def _cookies(given: tuple[str, ...]) -> Iterator[Found]:
    wrong = False
    for cookie in given[:20]:
        name, *parts = (part.strip() for part in cookie.split(";"))
        name = name.partition("=")[0][:80]
        marks = {part.lower().partition("=")[0] for part in parts}
        needed = ["Secure", "SameSite"]
        if any(each in name.lower() for each in SESSIONS):
            needed.append("HttpOnly")
        if missing := [each for each in needed if each.lower() not in marks]:
            wrong = True
            yield bad(
                "headers.cookies",
                gettext_noop("The cookie lacks {marks}. Add it."),
                f"Set-Cookie: {name}",
                marks=", ".join(missing),
            )
    if not wrong:
        told = gettext_noop("Cookies set: {count}, all guarded.")
        yield good("headers.cookies", told, count=len(given))


def host_of(address: str) -> str:
    """The host of an address, in small letters; empty if it has none.

    >>> host_of("https://My.gov.uz:443/uz"), host_of("http://[::1]/"), host_of("my.gov.uz")
    ('my.gov.uz', '::1', '')
    """
    found = _HOST.match(address)
    return (found["plain"] or found["six"] or "").lower() if found else ""
