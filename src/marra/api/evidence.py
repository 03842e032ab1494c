"""`/api/v1/data`: which figures stand, from whom, checked how; taking a file in."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile
from ninja.security import django_auth
from pydantic import Field

from marra.api.index.shapes import Shape
from marra.door import finding, stamp
from marra.evidence.actions import releases as actions
from marra.evidence.queries import releases as queries
from marra.evidence.rules.reader import LARGEST

if TYPE_CHECKING:
    from marra.evidence.models.releases import Release

router = Router(tags=["data"])


class Checks(Shape):
    """What the checks of an edition found."""

    countries: int
    max_abs_error: float = Field(description="Largest difference of a recomputed EGDI")
    tolerance: float = Field(description="How large it may be")
    rank_mismatches: int = Field(description="Countries whose published rank and EGDI disagree")
    exceptions: int = Field(description="Countries that a flag exempts, each with its reason")
    passed: bool


class EditionData(Shape):
    """Where one edition's figures come from."""

    edition: int
    release: str = Field(description="Code of the release that stands")
    origin: str = Field(description="packaged or imported")
    file: str
    source: str
    taken_at: datetime
    countries: int
    provisional: bool = Field(description="The method of this edition is not known yet")
    data_version: str
    edition_version: str
    inputs: str | None = Field(description="Code of the release of raw inputs, if there is one")
    remarks: list[str]
    checks: Checks


class DataStatus(Shape):
    """Which data, from when, from whom, with which checks."""

    data_version: str
    editions: list[EditionData]


class TakenIn(Shape):
    """A release that was taken in."""

    release: str
    edition: int
    kind: str = Field(description="figures or inputs")
    countries: int
    provisional: bool
    remarks: list[str]


@router.get("", response=DataStatus, summary="Which data stand")
def status(request: HttpRequest) -> dict[str, Any]:
    """The releases that stand, with source, day, remarks and the result of their checks."""
    return {
        "data_version": queries.data_version(),
        "editions": [_told(each) for each in queries.status()],
    }


@router.post(
    "/releases", response={201: list[TakenIn]}, auth=django_auth, summary="Take a file in"
)
def take_in(
    request: HttpRequest, file: File[UploadedFile], source: Form[str] = ""
) -> Status[list[dict[str, Any]]]:
    """Take in a file of published figures, whole or not at all; for administrators.

    Needs the cookie of a session and the header `X-CSRFToken`. A refused file is told with all
    its faults, each with line and column, under `findings`.
    """
    made = actions.import_release(
        stamp(request), name=file.name or "file", content=file.read(LARGEST + 1), source=source
    )
    return Status(201, [_release(each) for each in made])


def _told(each: queries.Status) -> dict[str, Any]:
    release, checks = each.release, each.checks
    return {
        "edition": release.edition,
        "release": release.code,
        "origin": release.origin,
        "file": release.name,
        "source": release.source,
        "taken_at": release.taken_at,
        "countries": release.places,
        "provisional": release.provisional,
        "data_version": each.survey.version,
        "edition_version": each.survey.edition.version,
        "inputs": each.inputs and each.inputs.code,
        "remarks": _remarks(release),
        "checks": {
            "countries": checks.countries,
            "max_abs_error": checks.max_abs_error,
            "tolerance": each.survey.edition.tolerance,
            "rank_mismatches": checks.rank_mismatches,
            "exceptions": len(checks.exceptions),
            "passed": checks.passed,
        },
    }


def _release(release: "Release") -> dict[str, Any]:
    return {
        "release": release.code,
        "edition": release.edition,
        "kind": release.kind,
        "countries": release.places,
        "provisional": release.provisional,
        "remarks": _remarks(release),
    }


def _remarks(release: "Release") -> list[str]:
    return [finding(remark) for remark in queries.remarks(release)]
