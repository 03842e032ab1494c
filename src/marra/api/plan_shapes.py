"""Shapes of plans in the API; names of fields are a public contract. Money is in soʻm (UZS)."""

from pydantic import Field

from marra.api.index.shapes import Shape


class Portfolio(Shape):
    """The portfolio a plan is chosen from."""

    code: str = Field(description="`example` is packaged: illustrative assumptions, not facts")
    title: str
    country: str
    initiatives: int
    digest: str = Field(description="The same for the same initiatives in another file")
    illustrative: bool


class Grounds(Shape):
    """What an answer was computed from."""

    futures: int
    seed: int
    seed_check: int = Field(description="Of the fresh futures on which the odds were checked")
    data_version: str
    edition_version: str
    method_version: str


class Step(Shape):
    """One chosen initiative."""

    code: str
    title: str
    start: int
    cost: float
    ready: int = Field(description="First year in whose survey its effect is seen")
    counts: bool = Field(description="Whether that is early enough for the edition")
    share: float = Field(description="Shapley share of what the plan adds to the odds")
    fails: float = Field(description="Odds of the plan if it fails")
    late: float = Field(description="Odds of the plan if it is a year late")


class Spent(Shape):
    """What a source pays in one year."""

    source: str
    year: int
    amount: float
    limit: float | None = Field(description="Without one, the source is not limited")


class Borne(Shape):
    """How much load a working group bears in one year."""

    group: str
    year: int
    amount: float
    limit: float | None


class Relax(Shape):
    """One thing that, giving way alone, brings the goal within reach."""

    kind: str = Field(description="budget, capacity or starts")
    subject: str = Field(description="Source or group; empty for all of them")
    year: int = Field(description="0 for all years")
    amount: float = Field(description="UZS, load, or years earlier")
    cost: float = Field(description="What the plan then costs")
    odds: float


class Added(Shape):
    """An initiative of the cheapest addition."""

    code: str
    start: int


class Addition(Shape):
    """The cheapest addition for odds some points higher."""

    steps: list[Added]
    cost: float
    odds: float = Field(description="Of the plan with it")


class Plan(Shape):
    """A plan, or, where the goal is out of reach, the best there is and what to relax."""

    portfolio: Portfolio
    top: int = Field(description="This place or better")
    edition: int
    odds_asked: float | None
    budget_asked: float | None
    feasible: bool
    steps: list[Step]
    cost: float
    odds: float
    odds_check: float = Field(description="Odds of the same plan on fresh futures")
    odds_without: float = Field(description="Odds of doing nothing")
    odds_best: float = Field(description="The best odds that the limits allow")
    spent: list[Spent]
    borne: list[Borne]
    relax: list[Relax]
    addition: Addition | None
    grounds: Grounds


class FrontierPoint(Shape):
    """One plan of the frontier."""

    cost: float
    odds: float
    chosen: list[Added]


class Frontier(Shape):
    """What odds cost, from doing nothing to the best there is."""

    portfolio: Portfolio
    top: int
    edition: int
    points: list[FrontierPoint]
    grounds: Grounds


class Waiting(Shape):
    """The answer is being worked out: ask again in some seconds."""

    state: str = Field(examples=["waiting"])
    retry_after: int = Field(description="Seconds")


class Checked(Shape):
    """A portfolio file in which nothing is wrong. It was not taken in."""

    code: str
    title: str
    country: str
    initiatives: int
    cost: float = Field(description="Of all initiatives together")
    digest: str
