"""The seal on papers: a PAdES signature of the house, or of a key that was bought for it.

MARRA_SEAL names a PKCS #12 file with the key and certificate of the body that seals, and
MARRA_SEAL_PASSWORD its password. Without it the house makes a key and a certificate of its own in
the data folder: they show that a paper was not changed since, and have no legal force.

Source: ETSI EN 319 142-1 (PAdES baseline B-B), RFC 5280 (certificates).
"""

import io
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator import ValidationContext

FIELD: Final = "Seal"
NAME: Final = "Marra stand-in seal, no legal force"
FILE: Final = "seal.p12"
YEARS: Final = 10
LARGEST: Final = 20 * 1024 * 1024


class SealUnreadable(Conflict):
    """The key that seals cannot be read."""

    sentence = gettext_noop(
        "The key in {path} cannot be read, so no document is sealed. Check MARRA_SEAL and its "
        "password."
    )


class NotSealed(Invalid):
    """The file is no sealed PDF."""

    sentence = gettext_noop(
        "This file bears no seal that can be checked. Give the PDF as it was downloaded."
    )


@dataclass(frozen=True, slots=True)
class Seal:
    """What a seal on a file says."""

    signer: str
    at: datetime | None
    is_intact: bool  # the bytes it covers are those that were sealed
    covers_all: bool  # nothing was added after it
    is_known: bool  # it is the certificate that seals here


def has_force() -> bool:
    """Whether papers are sealed with a key that was given, not with the stand-in."""
    return bool(settings.SEAL)


def sealed(content: bytes, *, at: datetime) -> bytes:
    """A PDF with the seal of the house; refuses with `SealUnreadable`."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    hidden = fields.InvisSigSettings(set_hidden_flag=True, set_print_flag=False)
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    signer = signers.PdfSigner(
        meta,
        signer=_signer(at),
        new_field_spec=fields.SigFieldSpec(FIELD, invis_sig_settings=hidden),
    )
    out = io.BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), output=out)
    return out.getvalue()


def checked(content: bytes, *, at: datetime) -> Seal:
    """What the last seal on a PDF says; refuses with `NotSealed`."""
    from pyhanko.pdf_utils.misc import PdfReadError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if len(content) > LARGEST:
        raise NotSealed
    try:
        found = PdfFileReader(io.BytesIO(content), strict=False).embedded_signatures
        if not found:
            raise NotSealed
        seal = found[-1]
        status = validate_pdf_signature(seal, _trusting(at))
    except (
        PdfReadError,
        SigningError,
        SignatureValidationError,
        ValueError,
        KeyError,
        RecursionError,
    ):
        raise NotSealed from None
    subject = seal.signer_cert.subject.native if seal.signer_cert else {}
    return Seal(
        signer=str(subject.get("common_name", ""))[:120],
        at=seal.self_reported_timestamp,
        is_intact=status.intact and status.valid,
        covers_all=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        is_known=status.trusted,
    )


def _trusting(at: datetime) -> "ValidationContext":
    """Only the certificate that seals here, asked without a line to anywhere."""
    from pyhanko_certvalidator import ValidationContext

    signer = _signer(at)
    return ValidationContext(trust_roots=[signer.signing_cert], allow_fetching=False)


def _signer(at: datetime) -> "SimpleSigner":
    from pyhanko.sign.signers import SimpleSigner

    path = Path(settings.SEAL) if settings.SEAL else _own(at)
    password = settings.SEAL_PASSWORD.encode() if settings.SEAL else None
    found: SimpleSigner | None = SimpleSigner.load_pkcs12(  # type: ignore[no-untyped-call]
        str(path), passphrase=password
    )
    if found is None:
        raise SealUnreadable(path=path.name)
    return found


def _own(at: datetime) -> Path:
    """The file with the key of this house; made at the first call."""
    path: Path = settings.DATA / FILE
    if path.exists():
        return path
    begun = path.with_name(f"{FILE}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(_made(at))
        out.flush()
        os.fsync(out.fileno())
    with suppress(FileExistsError):  # whoever is second takes the key of the first
        os.link(begun, path)
    begun.unlink()
    return path


def _made(at: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=False, crl_sign=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=365 * YEARS))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        NAME.encode(), key, certificate, None, NoEncryption()
    )
