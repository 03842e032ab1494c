"""Passkeys: a key in a telephone, a laptop or a token proves that its holder is there.

The browser signs a challenge together with the address of this house, so a page of strangers that
looks like ours gets nothing it could use. What a passkey gives away is its public part.

Source: W3C Web Authentication, level 2, 7.1 (registration) and 7.2 (authentication).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from marra.kit.errors import Conflict, NotAllowed
from marra.kit.text import gettext_noop

PASSKEY: Final = "passkey"
CHALLENGE_BYTES: Final = 32


class PasskeyRefused(NotAllowed):
    """What came is no proof of this key, for this house, for this challenge."""

    sentence = gettext_noop(
        "The passkey could not be checked. Load the page anew and try again, or use a code."
    )


class PasskeyKnown(Conflict):
    """The key is registered already."""

    sentence = gettext_noop("This passkey is registered already. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Site:
    """Where the browser says it is: the host without port, and the whole origin."""

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class Passkey:
    """The public part of a passkey, and how often it signed if it counts."""

    credential: bytes
    public_key: bytes
    count: int


def creation(site: Site, challenge: bytes, account: str, known: Sequence[bytes]) -> str:
    """What the browser needs to make a passkey, as JSON."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options = generate_registration_options(
        rp_id=site.host,
        rp_name="Marra",
        user_name=account,
        user_id=account.encode(),
        challenge=challenge,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    return options_to_json(options)


def request(site: Site, challenge: bytes, known: Sequence[bytes]) -> str:
    """What the browser needs to prove that a passkey is there, as JSON."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import (
        PublicKeyCredentialDescriptor,
        UserVerificationRequirement,
    )

    options = generate_authentication_options(
        rp_id=site.host,
        challenge=challenge,
        allow_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return options_to_json(options)


def made(answer: str, site: Site, challenge: bytes) -> Passkey:
    """The passkey that the browser made; refuses with `PasskeyRefused`."""
    from webauthn import verify_registration_response
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        found = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=False,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise PasskeyRefused from None
    return Passkey(found.credential_id, found.credential_public_key, found.sign_count)


def credential_of(answer: str) -> bytes:
    """Which passkey an answer says it is from; refuses with `PasskeyRefused`."""
    from webauthn.helpers import parse_authentication_credential_json
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        return parse_authentication_credential_json(answer).raw_id
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise PasskeyRefused from None


def proved(answer: str, site: Site, challenge: bytes, key: Passkey) -> int:
    """How often the key has signed by now; refuses with `PasskeyRefused`.

    A count that does not grow tells of a copied key, and is refused.
    """
    from webauthn import verify_authentication_response
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        found = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.count,
            require_user_verification=False,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise PasskeyRefused from None
    return found.new_sign_count
