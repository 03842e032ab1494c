"""Shapes of climbs in the API; names of fields are a public contract."""

from pydantic import Field

from marra.api.index.shapes import Shape, Versioned


class Proportion(Shape):
    """So many of so many, with the exact 95 % interval of Clopper and Pearson."""

    reached: int
    starts: int
    value: float | None = Field(description="Null without a start")
    low: float
    high: float


class Later(Shape):
    """A rank in an edition after the end."""

    edition: int
    rank: int | None = Field(description="Null without an index")


class Episode(Shape):
    """A country from one edition to another."""

    country: str = Field(description="ISO 3166-1 alpha-3 code")
    since: int
    until: int
    rank_before: int
    rank_after: int
    places: int = Field(description="Places gained")
    stayed: bool | None = Field(
        description="At the goal or better in every later edition; null when there is none yet"
    )
    later: list[Later]


class Starts(Shape):
    """Starts in one edition."""

    edition: int
    starts: int
    reached: int


class Quantile(Shape):
    """The gain that this share of the starts did not exceed."""

    share: float
    places: float


class Gains(Shape):
    """Places gained by everyone who started within a wider band."""

    first: int
    last: int
    starts: int
    quantiles: list[Quantile]


class ReferenceClass(Versioned):
    """Who stood where the country stands, and who of them reached the goal in time."""

    country: str
    edition: int
    first: int = Field(description="The better end of the band of starting places")
    last: int
    goal: int
    years: int
    since: int = Field(description="The first edition that counts as a start")
    share: Proportion = Field(description="At the goal in the last edition")
    within: Proportion = Field(description="At the goal in any edition until then")
    countries: Proportion = Field(description="Each country counted once")
    by_edition: list[Starts]
    reached: list[Episode]
    from_outside: list[Episode] = Field(description="Started behind the band")
    passed: list[Episode] = Field(description="Reached it on the way, then fell back")
    gains: Gains


class ClimbMark(Shape):
    """One measure of a country in one edition."""

    value: float | None
    rank: int | None = Field(description="By this measure alone; of the EGDI as published")
    over_mean: float = Field(description="Less the mean of all countries with an index")


class ClimbStop(Shape):
    """A country in one edition of its climb."""

    edition: int
    rank: int
    egdi: ClimbMark
    osi: ClimbMark
    tii: ClimbMark
    hci: ClimbMark
    breaks: list[str] = Field(description="What changed against the edition before")


class PartMove(Shape):
    """What a part added to the EGDI; `rest` is change of weights and rounding."""

    name: str = Field(description="osi, tii, hci or rest")
    points: float
    over_mean: float = Field(description="More than the mean country's")


class ClimbStep(Shape):
    """From one edition to the next; the moves sum to its points."""

    since: int
    until: int
    places: int
    points: float
    over_mean: float
    moves: list[PartMove]


class Climb(Versioned):
    """How a country came from one edition's rank to another's."""

    country: str
    since: int
    until: int
    places: int
    points: float
    over_mean: float
    stops: list[ClimbStop]
    steps: list[ClimbStep]
    moves: list[PartMove] = Field(description="Of all steps together")
