"""The certificate that a server shows, whether it stands or not.

A certificate that does not stand is read all the same, over a connection that carries nothing
else: somebody has to be told what is wrong with it.

Source: RFC 5280 (certificates), RFC 9525 (names of servers).
"""

import ssl
from time import monotonic
from typing import Final

from cryptography import x509
from cryptography.x509.oid import NameOID

from marra.inventory.rules.page_checks.facts import Certificate
from marra.links.outside import ciphered
from marra.links.reach import NET, Net, NotReached, Target, connected

WAIT: Final = 8.0


def shown(target: Target, net: Net = NET) -> Certificate | None:
    """What the server of an address shows of itself; None if it agrees on no ciphered line."""
    try:
        content, protocol = _told(target, net.trust())
    except ssl.SSLCertVerificationError as wrong:
        reason = wrong.verify_message
    except (OSError, NotReached):
        return None
    else:
        return _read(content, protocol, "")
    try:
        content, protocol = _told(target, _trusting())
    except (OSError, NotReached):
        return None
    return _read(content, protocol, reason)


def _told(target: Target, trust: ssl.SSLContext) -> tuple[bytes, str]:
    until = monotonic() + WAIT
    with (
        connected(target.host, target.port, target.peers, wait=WAIT) as plain,
        ciphered(plain, target.host, trust, until) as line,
    ):
        return line.getpeercert(binary_form=True) or b"", line.version() or ""


def _trusting() -> ssl.SSLContext:
    """A context that takes whatever is shown: only the certificate is read, nothing is sent."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _read(content: bytes, protocol: str, reason: str) -> Certificate | None:
    try:
        found = x509.load_der_x509_certificate(content)
        return Certificate(
            stands=not reason,
            reason=reason[:200],
            issuer=_issuer(found),
            names=_names(found),
            not_before=found.not_valid_before_utc,
            not_after=found.not_valid_after_utc,
            protocol=protocol,
        )
    except ValueError:
        return None


def _issuer(found: x509.Certificate) -> str:
    for oid in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        if told := found.issuer.get_attributes_for_oid(oid):
            return str(told[0].value)[:120]
    return "–"


def _names(found: x509.Certificate) -> tuple[str, ...]:
    try:
        told = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return tuple(map(str, told.get_values_for_type(x509.DNSName)))[:10]
