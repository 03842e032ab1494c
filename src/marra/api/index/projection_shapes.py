"""Shapes of projections in the API; names of fields are a public contract."""

from datetime import datetime

from pydantic import Field

from marra.api.index.scenario_shapes import Outlook
from marra.api.index.shapes import Shape


class Projected(Shape):
    """What an answer about futures was computed from."""

    origin: int = Field(description="The last edition that is known")
    futures: int
    seed: int
    nowcast: bool = Field(description="Inputs of the next edition that are out are in it")
    data_version: str
    edition_version: str
    method_version: str


class Projection(Projected):
    """A country in the editions to come, if nothing changes; everybody else moves too."""

    country: str
    top: int
    editions: list[Outlook]
    left_out: list[str] = Field(description="Countries that lack a part in the last edition")


class InputMove(Shape):
    """An input moved by itself until its part has risen as far."""

    name: str
    units: float = Field(description="In its own unit; negative where less is better")
    enough: bool = Field(description="Whether the survey counts so much")


class Way(Shape):
    """One way to reach the odds wished for."""

    name: str = Field(description="osi, tii or hci alone, profile, or equal")
    points: dict[str, float] | None = Field(
        description="Of each part, beyond what comes by itself; null where it cannot be done"
    )
    values: dict[str, float] | None = Field(description="Where the medians of the parts come")
    most: float = Field(description="The odds with the medians of this way's parts at 1")
    inputs: list[InputMove]


class Needed(Projected):
    """What odds of a place take, beyond what comes by itself."""

    country: str
    top: int
    edition: int
    odds: float = Field(description="Wished for")
    odds_now: float = Field(description="If nothing changes")
    rise: float = Field(description="Of EGDI; 0 where the odds are there")
    parts: dict[str, float] = Field(description="Medians, if nothing changes")
    company: dict[str, float] = Field(description="Mean parts of the countries about the place")
    ways: list[Way]


class Scores(Shape):
    """How good forecasts were, on average over the origins."""

    forecast: str = Field(
        description="nowcast-late is what is shown; nowcast with all inputs in time; "
        "projection without newer inputs; persistence, ridge and trend are rivals"
    )
    rank_mae: float
    rank_crps: float
    coverage_80: float
    width_80: float
    brier: float
    rank_crps_zone: float = Field(description="Of countries at places 20 to 100 at the origin")


class Horizon(Shape):
    """One horizon, every forecast beside the others."""

    horizon: int = Field(description="Years ahead")
    forecasts: list[Scores]


class Honest(Shape):
    """Forecasts by the odds they gave, and how many came true."""

    low: float
    high: float
    forecasts: int
    odds: float
    came: float


class Skill(Shape):
    """How good such forecasts were, made again for the past."""

    horizons: list[Horizon]
    top: int = Field(description="The place whose odds are told below")
    odds: list[Honest]
    origins: list[int]
    candidates: int = Field(description="Methods that were compared, on other origins only")
    futures: int
    seed: int
    holds: bool = Field(description="Whether figures and method in force are those of the test")
    data_version: str
    method_version: str


class Judged(Shape):
    """A sealed forecast by the figures of one release, good or bad."""

    release: str
    withdrawn: bool
    of: str = Field(description="projection, or persistence beside it")
    countries: int
    rank_mae: float
    rank_crps: float
    coverage_80: float
    width_80: float
    brier: float
    rank: int | None = Field(description="That the country came to hold")
    log_score: float | None


class SealedForecast(Shape):
    """A forecast that was sealed before its survey appeared."""

    code: str
    title: str
    edition: int
    origin: int
    country: str
    top: int
    p_top: float
    futures: int
    seed: int
    nowcast: bool
    method_version: str
    data_version: str
    edition_version: str
    sha256: str
    sealed_at: datetime
    document: str | None = Field(description="The sealed text, where one code was asked for")
    scores: list[Judged]
