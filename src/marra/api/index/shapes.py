"""Shapes of the index in the API; names of fields are a public contract."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """What all shapes share: they are read from the index's own results."""

    model_config = ConfigDict(from_attributes=True)


class Versioned(Shape):
    """What an answer was computed from."""

    data_version: str = Field(description="Version of the figures")
    edition_version: str = Field(description="Version of the edition's method")


class Edition(Versioned):
    """One edition of the survey."""

    edition: int
    title: str
    members: int = Field(description="Member states with a row")
    ranked: int = Field(description="Member states with an index")
    provisional: bool = Field(description="The method is not known yet; three equal parts assumed")
    data_year: int | None
    breaks: list[str] = Field(description="What changed against the edition before")


class Statement(Shape):
    """A statement about the method."""

    says: str
    basis: str = Field(description="proved, quoted, recalled or assumed")
    source: str


class Input(Shape):
    """An indicator that enters a part of the index."""

    name: str
    weight: float
    unit: str
    cap: float | None = Field(description="Raw values are cut here from above")
    direction: int = Field(description="-1 where less is better")
    of: list[str] = Field(description="The series it is the mean of")
    data_year: int | None
    basis: str
    source: str


class Pillar(Shape):
    """OSI, TII or HCI in one edition."""

    name: str
    weight: float
    weight_exact: str = Field(description="As a fraction", examples=["1/3"])
    scaling: str
    standardised: bool
    basis: str
    source: str
    inputs: list[Input]
    statements: list[Statement]


class Method(Versioned):
    """How one edition is made, and how well that is known."""

    edition: int
    title: str
    tolerance: float = Field(description="How far a recomputed EGDI may lie from the published")
    provisional: bool
    pillars: list[Pillar]
    statements: list[Statement]
    breaks: list[str]


class Figures(Shape):
    """The published figures of a country; null where none was published."""

    country: str = Field(description="ISO 3166-1 alpha-3 code")
    name: str = Field(description="English name; other languages at /places")
    rank: int | None = Field(description="As published; null without an index")
    egdi: float | None
    osi: float | None
    tii: float | None
    hci: float | None
    epi: float | None
    level: Literal["very_high", "high", "middle", "low"] | None
    flags: list[str] = Field(description="no_index, hci_missing, egdi_inconsistent, …")


class Country(Figures, Versioned):
    """A country in one edition."""

    edition: int
    ranked: int = Field(description="Countries with an index in this edition")


class Ranking(Versioned):
    """The countries of an edition, filtered and sorted; those without an index stand last."""

    edition: int
    count: int
    without_index: list[str]
    rows: list[Figures]


class Group(Shape):
    """Countries of one group and the means of their figures."""

    name: str
    countries: list[str]
    egdi: float
    osi: float | None
    tii: float | None
    hci: float | None


class Grouping(Versioned):
    """An edition's countries by one criterion."""

    edition: int
    by: str
    groups: list[Group]


class Point(Shape):
    """A country in one edition of its trend."""

    edition: int
    rank: int | None
    ranked: int
    egdi: float | None
    osi: float | None
    tii: float | None
    hci: float | None
    epi: float | None
    breaks: list[str] = Field(description="Changes of method that lie before this point")
    provisional: bool


class Trend(Shape):
    """A country over the editions. Scores are relative to their own edition."""

    country: str
    data_version: str
    points: list[Point]


class Contribution(Shape):
    """What one part adds to a gap, in points of EGDI."""

    name: str
    value: float
    pillar: str
    basis: str = Field(description="published, recomputed from inputs, or residual")


class Explanation(Versioned):
    """A gap (target less own, positive when behind); the contributions sum to it."""

    country: str
    edition: int
    targets: list[str]
    to_rank: int | None
    score: float
    target_score: float
    gap: float
    contributions: list[Contribution]


class Standing(Shape):
    """Where a country stands."""

    rank: int
    egdi: float
    osi: float
    tii: float
    hci: float


class Move(Shape):
    """A country whose rank changes."""

    country: str
    before: int
    after: int


class WhatIf(Versioned):
    """A country before and after changes; everybody is scaled and ranked again."""

    country: str
    edition: int
    changes: dict[str, float]
    before: Standing
    after: Standing
    moved: list[Move] = Field(description="Every country whose rank changes, best first")
    not_renormalised: list[str] = Field(description="Countries whose inputs are not known")


class Peer(Shape):
    """A country to compare with."""

    country: str
    rank: int
    egdi: float
    distance: float = Field(description="Of the three parts, in standard deviations")
    climbed: int | None = Field(description="Places gained since three editions before")


class Peers(Versioned):
    """Countries to compare a country with, the most telling first."""

    country: str
    edition: int
    kind: str
    peers: list[Peer]


class Comparison(Versioned):
    """Countries side by side, and what divides the first from each other one."""

    edition: int
    rows: list[Figures]
    gaps: list[Explanation]


class RankShare(Shape):
    """How often a country held a rank."""

    rank: int
    share: float


class Interval(Shape):
    """The ranks between which the middle share of the draws lies, both included."""

    share: float
    best: int
    worst: int


class Uncertainty(Versioned):
    """How firmly a country stands at its place, under stated assumptions."""

    country: str
    edition: int
    rank: int = Field(description="As published")
    median: int
    mean: float
    intervals: list[Interval] = Field(description="Of 50, 80 and 95 %")
    k: int
    chance: float = Field(description="Share of draws with rank k or better")
    distribution: list[RankShare]
    draws: int
    seed: int
    assumptions: list[Statement]
    left_out: list[str] = Field(description="Countries without an index")
    held: list[str] = Field(description="Countries whose TII does not follow its inputs' weights")


class Share(Shape):
    """What a factor explains of an outcome's variance; null where the outcome never varies."""

    first: float | None
    first_error: float | None
    total: float | None
    total_error: float | None


class Factor(Shape):
    """An uncertain factor."""

    name: str
    says: str = Field(description="In words, in the language asked for")
    rank: Share
    chance: Share


class Sensitivity(Versioned):
    """What moves a country's rank, and its chance of reaching place k: Sobol indices."""

    country: str
    edition: int
    k: int
    rank_mean: float
    rank_deviation: float
    chance: float = Field(description="Probability of rank k or better")
    factors: list[Factor] = Field(description="By falling total index of the rank")
    evaluations: int
    seed: int
    assumptions: list[Statement]
    left_out: list[str]
    held: list[str]
