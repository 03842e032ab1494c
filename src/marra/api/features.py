"""`/api/v1/inventory/features`: features of the survey, what they come to, the cheapest next."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from marra.api.index.shapes import Shape
from marra.door import now
from marra.evidence.queries.sub_indices import known_weights
from marra.inventory.queries import feature_documents as documents
from marra.inventory.queries.bodies import bodies
from marra.inventory.rules.features import LOSI, OSI, NoSuchPortal
from marra.people.rules.rights import VISITOR, Role, Stamp

router = Router(tags=["inventory"])

StateName = Literal["yes", "partly", "no", "unknown"]


class Feature(Shape):
    """One feature of the survey's list with what is known of it."""

    code: str = Field(examples=["osi-074", "losi-1726-204"])
    number: str = Field(description="Code of the survey, without #")
    module: str
    about: str | None = Field(description="Sector or group of people")
    names: dict[str, str] = Field(description="By language: uz, uz-cyrl, ru, en")
    state: StateName = Field(description="As two assessors or a reviewer settled it")
    address: str | None = Field(description="Where it can be seen")
    body: str | None = Field(description="Code of the state body that answers")
    assessed_at: str | None
    round: int | None = Field(description="Of assessment: the one begun last")
    looked_at: str | None = Field(description="When a machine looked at the address")
    opens: bool | None = Field(description="Whether the address opened then")
    kept: bool | None = Field(description="Whether what a machine can try of it was kept")


class Bounds(Shape):
    """A figure that lies between two."""

    low: float
    high: float


class Module(Shape):
    """A sub-index: its features by state, its share, and its weight in the index."""

    module: str
    features: int
    states: dict[str, int]
    share: Bounds = Field(description="What is there, and what may be")
    weight: float | None


class Weights(Shape):
    """The weights of the sub-indices, and how well they are known."""

    edition: int
    basis: str = Field(description="recalled: from memory of the printed survey")
    source: str
    of: dict[str, float]


class Sums(Shape):
    """What the states of a list come to."""

    features: int
    states: dict[str, int]
    modules: list[Module]
    estimate: Bounds | None = Field(description="Of the OSI, before the survey stretches it")
    weights: Weights | None


class Assumed(Shape):
    """What features are assumed to take where nobody wrote it down."""

    days: dict[str, float]
    partly: float
    basis: str


class Step(Shape):
    """A missing feature with what having it would bring, and every factor of that."""

    code: str
    state: StateName
    weight: float = Field(description="Of its module")
    features: int = Field(description="In its module")
    gain: float = Field(description="Of the OSI: weight by features")
    gain_of_egdi: float
    effort: float = Field(description="Person-days")
    effort_is_assumed: bool
    gain_for_100_days: float


class Cheapest(Shape):
    """The cheapest next features."""

    weights: Weights | None
    assumed: Assumed
    steps: list[Step]


class Wanted(Schema):
    """The list of the country's portals, or that of the portal of a region."""

    portal: str = Field(
        "", description="SOATO code of a region; the country without", max_length=8
    )
    state: StateName | Literal[""] = Field("", description="Only those in this state")


@router.get("", response=list[Feature], summary="Features of the survey and where they stand")
def register(request: HttpRequest, wanted: Query[Wanted]) -> list[dict[str, Any]]:
    """Every feature of a list in its order; verdicts of assessors are never among it."""
    return documents.register(_visitor(), *_which(wanted.portal), wanted.state)


@router.get("/sums", response=Sums, summary="What the features come to")
def sums(request: HttpRequest, portal: Annotated[str, Query(max_length=8)] = "") -> dict[str, Any]:
    """Sub-indices between two bounds, and the index by the weights of the newest edition."""
    of_list, region = _which(portal)
    by = known_weights() if of_list == OSI else None
    return documents.sums(_visitor(), of_list, region, by)


@router.get("/next", response=Cheapest, summary="The cheapest next features")
def cheapest(request: HttpRequest) -> dict[str, Any]:
    """Features that are missing or partly there, the most gained for the least effort first."""
    return documents.cheapest(_visitor(), OSI, known_weights())


def _which(portal: str) -> tuple[str, str]:
    """The list and the region; refuses a region without a portal with `NoSuchPortal`."""
    if portal and portal not in {each.region for each in bodies() if each.region}:
        raise NoSuchPortal(portal=portal)
    return (LOSI, portal) if portal else (OSI, "")


def _visitor() -> Stamp:
    """What is open to all, whoever asks: answers may be kept and read by other sites."""
    return Stamp(by=VISITOR, at=now(), roles=frozenset({(Role.VISITOR, "")}))
