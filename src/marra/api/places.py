"""`/api/v1/places`: the member states, their codes, names and groups."""

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from marra.api.index.shapes import Shape
from marra.kit.places import PLACES, Place, place
from marra.kit.text import LANGUAGES

router = Router(tags=["places"])


class MemberState(Shape):
    """A member state of the United Nations."""

    country: str = Field(description="ISO 3166-1 alpha-3 code", examples=["UZB"])
    iso2: str = Field(description="ISO 3166-1 alpha-2 code", examples=["UZ"])
    m49: int = Field(description="UN M49 code", examples=[860])
    names: dict[str, str] = Field(description="Name by language: uz, uz-cyrl, ru, en")
    region: str = Field(description="africa, americas, asia, europe or oceania")
    subregion: str
    income: str | None = Field(description="World Bank income group; null where it gives none")
    ldc: bool = Field(description="Least developed country")
    lldc: bool = Field(description="Landlocked developing country")
    sids: bool = Field(description="Small island developing state")


def told(each: Place) -> MemberState:
    """A place as the API tells it."""
    return MemberState(
        country=each.iso3,
        iso2=each.iso2,
        m49=each.m49,
        names={language: each.name.into(language) for language in LANGUAGES},
        region=each.region,
        subregion=each.subregion,
        income=each.income,
        ldc=each.ldc,
        lldc=each.lldc,
        sids=each.sids,
    )


@router.get("", response=list[MemberState], summary="All member states")
def places(request: HttpRequest) -> list[MemberState]:
    """The 193 member states in the order of their codes."""
    return [told(each) for each in PLACES.values()]


@router.get("/{country}", response=MemberState, summary="One member state")
def one(request: HttpRequest, country: str) -> MemberState:
    """A member state by its alpha-3 code."""
    return told(place(country))
