"""Shapes of what the API tells of observations, and of what a body's system reports."""

from datetime import date

from pydantic import Field

from marra.api.index.shapes import Shape

Texts = dict[str, str]


class ObservedBasis(Shape):
    """A way of counting."""

    code: str
    name: Texts
    survey: bool = Field(description="Whether the Survey counts so")


class ObservedValue(Shape):
    """One value of one indicator."""

    code: str
    indicator: str
    place: str = Field(description="A country by ISO 3166-1, a region by SOATO")
    value: float
    day: date = Field(description="The day, or the last day of the period, that it is of")
    basis: str
    unit: str
    source: str
    link: str | None
    note: str | None
    vintage: date = Field(description="Known since")
    origin: str = Field(description="manual, file, api, room or packaged")
    stands: bool = Field(description="Neither corrected nor withdrawn")
    corrects: str | None = Field(description="Code of the value it took the place of")
    withdrawn: str | None = Field(description="Why it was withdrawn")


class Oddity(Shape):
    """What is odd about a value."""

    flag: str = Field(description="stale, jump, basis, range or unit")
    before: float | None
    before_day: date | None
    before_basis: str | None
    bound: float | None


class IndicatorGoal(Shape):
    """What is to be reached, and by when."""

    value: float
    day: date
    source: str


class IndicatorLine(Shape):
    """An indicator as it stands."""

    indicator: str
    name: Texts
    unit: str
    better: str = Field(description="up or down")
    topic: str
    component: str | None = Field(description="The part or input of the index it is or feeds")
    bases: list[ObservedBasis]
    value: ObservedValue | None
    odd: list[Oddity]
    target: IndicatorGoal | None
    state: str = Field(description="reached, on_course, behind, missed, no_target or no_value")
    survey: float | None = Field(description="What the latest edition has of the country")
    place_30: float | None = Field(description="What the thirtieth-best country has")
    gap: float | None = Field(description="How much is missing to it; 0 where ahead")
    responsible: str | None = Field(description="Code of the state body")


class IndicatorBoard(Shape):
    """Every indicator as it stands."""

    place: str
    edition: int
    indicators: list[IndicatorLine]


class IndicatorSeries(IndicatorLine):
    """An indicator with its whole series, newest value first."""

    values: list[ObservedValue]


class ObservationPage(Shape):
    """A hundred observations, newest first."""

    count: int
    page: int
    values: list[ObservedValue]


class PlaceStanding(Shape):
    """Where a country stands."""

    rank: int
    egdi: float
    osi: float | None
    tii: float | None
    hci: float | None


class RenewedStanding(PlaceStanding):
    """Where it would stand with what is newer."""

    egdi_change: float
    rank_change: int = Field(description="Places won are positive")
    rank_range: list[int] = Field(description="Best and worst")
    egdi_range: list[float]
    others_renewed: int = Field(description="Countries renewed too at the worse end")


class FreshInput(Shape):
    """A value beside the Survey's own."""

    indicator: str
    survey_value: float | None
    survey_year: int | None
    value: float
    day: date
    basis: str
    unit: str
    source: str
    observation: str | None
    used: bool
    why_not: str | None = Field(
        description="basis, unit, older, superseded, no_part, incomplete or doubtful"
    )
    reason: str | None
    egdi_change: float | None
    rank_change: int | None
    estimated: bool


class FreshFigures(Shape):
    """Which inputs are newer than the Survey's, and what they would change."""

    country: str
    edition: int
    data_year: int
    published: PlaceStanding
    nowcast: RenewedStanding
    used: int
    inputs: list[FreshInput]
    data_version: str
    edition_version: str


class ReportedValue(Shape):
    """One value that a body's system reports."""

    indicator: str = Field(max_length=60, examples=["portal.services"])
    value: float
    day: date = Field(description="Of the value; never a day to come")
    basis: str = Field(max_length=60, examples=["announced"])
    place: str = Field("", max_length=10, description="The country of this house by default")
    source: str = Field("", max_length=500, description="The key's own name by default")
    unit: str = Field("", max_length=40, description="Refused if it is another than ours")
    link: str = Field("", max_length=500)
    note: str = Field("", max_length=500)
    kind: str = Field("", max_length=20, description="observed; anything else is refused")


class ReportedDelivery(Shape):
    """Values reported at once, taken in whole or not at all."""

    values: list[ReportedValue] = Field(max_length=1000)


class DeliveryAnswer(Shape):
    """What a delivery came to."""

    once: str = Field(description="The name of the delivery")
    is_new: bool = Field(description="False where it came before and was answered again")
    made: list[str] = Field(description="Codes of the observations it made")
