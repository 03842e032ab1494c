"""Bundles: the executable definition of a service, as one document with a digest.

    {"forms": {"apply": {"schema": …, "ui": …}},   one form for each page that asks
     "bpmn": "<definitions …>",                     who does what, in lanes
     "dmn": {"discount": "<definitions …>"},        what is decided by a table
     "personas": [{…}]}                             who tries it out

The forms and models are run by `marra.flow` and checked there; here they are kept, bounded and
named by their digest. A version that was published is frozen: what changes is a new one.

Source: ours; RFC 8785 for the order of keys that the digest is made of.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

Bundle = Mapping[str, Any]

LARGEST: Final = 2_000_000
PARTS: Final[Mapping[str, type]] = {"forms": dict, "bpmn": str, "dmn": dict, "personas": list}
"""The parts of a bundle, and what each is."""


class NotABundle(Invalid):
    """The document is no definition of a service."""

    sentence = gettext_noop(
        "The definition cannot be taken; look at “{part}”. It is one JSON object with the parts "
        "forms, bpmn, dmn and personas, each as the guide shows it."
    )


class BundleTooLarge(Invalid):
    """A definition is a document, not an archive."""

    sentence = gettext_noop(
        "The definition has {size} bytes, and at most {most} are taken. Leave attachments out."
    )


def checked(document: object) -> dict[str, Any]:
    """The document as a bundle with all its parts; refuses with `NotABundle`, `BundleTooLarge`.

    >>> checked({"bpmn": "<definitions/>"})
    {'forms': {}, 'bpmn': '<definitions/>', 'dmn': {}, 'personas': []}
    """
    if not isinstance(document, dict):
        raise NotABundle(part="{}")
    for name in sorted(document.keys() - PARTS.keys()):
        raise NotABundle(part=str(name)[:40])
    told = {}
    for name, kind in PARTS.items():
        told[name] = document.get(name, kind())
        if not isinstance(told[name], kind):
            raise NotABundle(part=name)
    size = len(canonical(told))
    if size > LARGEST:
        raise BundleTooLarge(size=size, most=LARGEST)
    return told


def canonical(document: object) -> bytes:
    """The document as bytes that are the same whoever wrote it.

    >>> canonical({"b": 1, "a": "ў"}).decode()
    '{"a":"ў","b":1}'
    """
    try:
        return json.dumps(
            document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
        ).encode()
    except (ValueError, TypeError, RecursionError, UnicodeEncodeError):
        raise NotABundle(part="{}") from None


def digest(document: object) -> str:
    """What a bundle is named by: 64 hexadecimal digits.

    >>> digest({"a": 1}) == digest({"a": 1}), len(digest({}))
    (True, 64)
    """
    return sha256(canonical(document)).hexdigest()
