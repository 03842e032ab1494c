"""`/api/v1/journal`: the newest seal of the journal, and proofs from it (RFC 9162)."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema
from ninja.security import django_auth

from marra.door import stamp
from marra.journal.queries import tree

router = Router(tags=["journal"])


class Seal(Schema):
    """A signed head of the tree over all entries."""

    size: int = Field(description="How many entries it stands for")
    root: str = Field(description="Root of the tree, SHA-256 in hexadecimal digits")
    at: datetime
    key: str = Field(description="Public key, as signed notes write it")
    note: str = Field(description="The head as a signed note (C2SP), Ed25519")


class Sizes(Schema):
    """Two sizes of the tree."""

    first: int = Field(ge=0, description="Entries under the older head", examples=[0])
    second: int = Field(ge=0, description="Entries under the newer head", examples=[1])


class Extension(Schema):
    """The proof that the newer tree only adds to the older one (RFC 9162, 2.1.4)."""

    first: int
    second: int
    path: list[str] = Field(description="SHA-256 in hexadecimal digits")


class Proof(Schema):
    """The proof that an entry is under the newest head (RFC 9162, 2.1.3)."""

    number: int = Field(description="Number of the leaf, from 0")
    size: int
    entry: str = Field(description="The bytes that are hashed, as UTF-8 text")
    path: list[str] = Field(description="SHA-256 in hexadecimal digits, from the leaf upwards")
    note: str


@router.get("/head", response=Seal, summary="The newest seal")
def head(request: HttpRequest) -> dict[str, Any]:
    """The newest signed head; 409 as long as nothing was sealed."""
    found = tree.latest_or_refuse()
    return {
        "size": found.size,
        "root": bytes(found.root).hex(),
        "at": found.at,
        "key": found.key,
        "note": found.note,
    }


@router.get("/extension", response=Extension, summary="That a newer seal extends an older one")
def extension(request: HttpRequest, asked: Query[Sizes]) -> dict[str, Any]:
    """The hashes that lead from both roots to each other."""
    path = tree.extension(asked.first, asked.second)
    return {**asked.model_dump(), "path": [step.hex() for step in path]}


@router.get("/entries/{number}", response=Proof, auth=django_auth, summary="Proof of an entry")
def entry(request: HttpRequest, response: HttpResponse, number: int) -> dict[str, Any]:
    """An entry that you may read, and the hashes that lead from it to the root."""
    response.headers["Cache-Control"] = "private, no-store"
    _, proof = tree.prove(stamp(request), number)
    return {
        "number": proof.position,
        "size": proof.size,
        "entry": proof.text.decode(),
        "path": [step.hex() for step in proof.path],
        "note": proof.note,
    }
