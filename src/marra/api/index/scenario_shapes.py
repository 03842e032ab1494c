"""Shapes of scenarios in the API; names of fields are a public contract."""

from pydantic import Field

from marra.api.index.shapes import Shape, Versioned


class Given(Shape):
    """One value that the country is said to have."""

    name: str
    value: float
    today: float | None = Field(description="As published in the latest edition")
    nothing: float | None = Field(
        description="What it has anyway: the median of a part in `by`, today's figure of an input"
    )
    counts_to: float | None = Field(description="Beyond this the survey sees no difference")
    counted: float = Field(description="The value that counts")
    part: str
    points: float = Field(description="How far its part moves by `by`, before it ends at 0 or 1")


class Outlook(Shape):
    """What the futures of an edition say; quantiles of the rank, best first."""

    edition: int
    p_top: float = Field(description="The chance of the place or a better one, 0 to 1")
    rank_median: int
    rank_p10: int
    rank_p25: int
    rank_p75: int
    rank_p90: int
    egdi_median: float
    egdi_p10: float
    egdi_p90: float
    goal_median: float | None = Field(description="Median of the score that must be reached")


class Carried(Shape):
    """What one part does; points and odds add up over the parts."""

    part: str
    before: float = Field(description="Median if nothing changes")
    after: float = Field(description="Median in the scenario")
    points: float = Field(description="Of EGDI, on average over the futures")
    odds: float = Field(description="Its Shapley share of the odds that are gained")
    at_most: float = Field(description="Share of futures in which the change ends at 1")


class Ahead(Shape):
    """One edition before and after."""

    edition: int
    share: float = Field(description="Of the change that is there by then")
    before: Outlook
    after: Outlook
    parts: list[Carried]


class Scenario(Versioned):
    """The odds of a place if a country has other figures by an edition."""

    country: str
    by: int = Field(description="The edition by which it has them")
    top: int = Field(description="The place whose odds are told")
    origin: int = Field(description="The latest published edition")
    given: list[Given]
    points: dict[str, float] = Field(description="How far each part moves by `by`")
    editions: list[Ahead]
    futures: int
    seed: int | None
    method_version: str
